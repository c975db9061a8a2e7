import { describe, expect, test } from '@jest/globals';
import { explainPair } from '../../../../bot/learners/matching/evidence.js';
import { matchExtracts, registerFields } from '../../../../bot/learners/matching/match-extracts.js';
import { addRecord, createRecords, type RawRecord } from '../../../../bot/learners/matching/records.js';
import { createSearch } from '../../../../bot/learners/matching/search.js';
import { matchingWords } from '../../../../bot/language/en/matching.js';
import { drawLinkedExtracts } from '../../../../infra/local/demo/generator/linked-extracts.js';
import { rawOf } from '../../../bench/registers.js';

const extracts = drawLinkedExtracts({ seed: 'search', pupils: 600, known: 150, scnMissing: 1 });

function register() {
  const records = createRecords(registerFields);
  for (const row of extracts.education) addRecord(records, rawOf(row));
  return records;
}

function both() {
  const records = register();
  for (const row of extracts.socialWork) addRecord(records, rawOf(row));
  return matchExtracts(records, extracts.education.length, { least: 0.5 });
}

describe('one record against the register', () => {
  test.each([
    ['with the weights of the last full run', () => both().compared.model],
    ['before there was one', () => undefined],
  ])('finds whom a full run finds, %s', (_, model) => {
    const search = createSearch(register(), model());
    const known = new Map(extracts.educationTruth.map((child, at) => [child, at]));
    const forbidden = new Set(extracts.forbidden);
    let [right, all] = [0, 0];
    for (const [at, row] of extracts.socialWork.entries()) {
      const truth = known.get(extracts.socialWorkTruth[at] ?? -1);
      if (truth === undefined || forbidden.has(extracts.socialWorkTruth[at] ?? -1)) continue;
      all++;
      if (search.find(rawOf(row), 3)[0]?.record === truth) right++;
    }
    expect(right / all).toBeGreaterThan(0.95);
  });

  test('what is asked about is not kept, what is added is found', () => {
    const search = createSearch(register());
    const newcomer: RawRecord = {
      forename: 'Qwen',
      surname: 'Zabłocka',
      birthOn: '2015-05-17',
      sex: 'F',
      postcode: 'QX77 7ZZ',
    };
    const size = extracts.education.length;
    expect(search.find(newcomer, 3)).toEqual([]);
    expect(search.find(newcomer, 3)).toEqual([]);
    expect(search.add(newcomer)).toBe(size);
    const [found] = search.find({ ...newcomer, birthOn: '17/05/2015', postcode: '' }, 3);
    expect(found?.record).toBe(size);
    expect(found?.probability).toBeGreaterThan(0.9);
  });

  test('a twin in the register is named as a reason', () => {
    const search = createSearch(register());
    const one = { forename: 'Skye', surname: 'Zabłocka', birthOn: '2015-05-17', postcode: 'QX77 7ZZ' };
    search.add(one);
    expect(search.find({ ...one, forename: 'Ailsa' }, 1)[0]?.reasons).toContain('first-names-differ');
  });
});

describe('why', () => {
  const records = register();
  for (const row of extracts.socialWork) addRecord(records, rawOf(row));
  const { pairs, compared } = matchExtracts(records, extracts.education.length, { least: 0.5 });
  const written = (record: number, field: string) => `${field} of ${record}`;

  test('the waterfall adds up to the weight', () => {
    for (const { a, b, weight } of pairs.slice(0, 50)) {
      const why = explainPair(records, compared.scorer, a, b, written);
      expect(why.weight).toBeCloseTo(weight, 6);
      expect(why.steps.reduce((sum, { bits }) => sum + bits, 0)).toBeCloseTo(weight, 6);
      expect(why.steps.at(-1)?.sum).toBeCloseTo(weight, 6);
    }
  });

  test('every step is a sentence, and missing adds nothing', () => {
    const [pair] = pairs;
    const { steps } = explainPair(records, compared.scorer, pair?.a ?? 0, pair?.b ?? 0, written);
    for (const { sentence, bits } of steps) {
      expect(matchingWords[sentence.key]).toBeTruthy();
      if (sentence.key === 'evidence.missing') expect(bits).toBe(0);
    }
    expect(steps.map(({ sentence }) => sentence.key)).toContain('evidence.missing');
  });
});
