import { describe, expect, test } from '@jest/globals';
import { assignOneToOne } from '../../../../bot/learners/matching/assignment.js';
import { competingProbabilities } from '../../../../bot/learners/matching/competition.js';
import { type Decided, matchExtracts, registerFields } from '../../../../bot/learners/matching/match-extracts.js';
import { addRecord, createRecords } from '../../../../bot/learners/matching/records.js';
import { drawLinkedExtracts } from '../../../../infra/local/demo/generator/linked-extracts.js';
import { matchRegister, rawOf } from '../../../bench/registers.js';

const small = { seed: 'small', pupils: 500, known: 120, scnMissing: 0.25 };

function matched(decided: (a: number, b: number) => Decided | null) {
  const extracts = drawLinkedExtracts(small);
  const records = createRecords(registerFields);
  for (const row of [...extracts.education, ...extracts.socialWork]) addRecord(records, rawOf(row));
  return matchExtracts(records, extracts.education.length, { least: 0.5, decided });
}

test.each(['one', 'two'])(
  'a made-up register, seed %s: nothing wrong is taken, and what is shown as sure is',
  (seed) => {
    const found = matchRegister({ seed, pupils: 1500, known: 300, scnMissing: 0.25 });
    expect(found.wrongAutomatic).toBe(0);
    expect(found.forbiddenShown).toBe(0);
    expect(found.automaticWithScn / found.trueWithScn).toBeGreaterThan(0.85);
    expect(found.sureTrue / found.sure).toBeGreaterThanOrEqual(0.985);
    expect(found.sureTrueWithout / found.trueWithout).toBeGreaterThanOrEqual(0.6);
  },
);

test('the same making gives the same rows, and leading zeros are kept', () => {
  const made = drawLinkedExtracts(small);
  expect(drawLinkedExtracts(small)).toEqual(made);
  expect(drawLinkedExtracts({ ...small, seed: 'other' })).not.toEqual(made);
  expect(made.education.every(({ scn }) => scn === '' || /^\d{9}$/.test(scn))).toBe(true);
});

const before = matched(() => null).pairs;

describe('what a person has said', () => {
  const asked = before.find(({ band }) => band === 'possible');
  if (!asked) throw new Error('nothing was asked');
  const isIt = (a: number, b: number) => a === asked.a && b === asked.b;
  const after = (said: Decided) => matched((a, b) => (isIt(a, b) ? said : null)).pairs.filter(({ a, b }) => isIt(a, b));

  test.each<Decided>(['not-same', 'forbidden', 'cannot-tell'])('%s is not asked again', (said) => {
    expect(after(said)).toEqual([]);
  });
  test('same is a match', () => {
    expect(after('same')).toEqual([expect.objectContaining({ band: 'match', reasons: [] })]);
  });
});

test('a record is in one pair at most', () => {
  expect(new Set(before.flatMap(({ a, b }) => [a, b])).size).toBe(before.length * 2);
});

test('a figure is shown only where nobody else may be meant', () => {
  for (const { reasons, shown } of before) expect(shown === null).toBe(reasons.length > 0);
});

test('two that fit equally well are both at most even', () => {
  const edges = [
    { a: 0, b: 5, weight: 20 },
    { a: 0, b: 6, weight: 20 },
    { a: 1, b: 7, weight: 20 },
  ];
  const [one, other, alone] = competingProbabilities(edges);
  expect(one).toBeCloseTo(0.5, 3);
  expect(other).toBeCloseTo(0.5, 3);
  expect(alone).toBeGreaterThan(0.999);
  expect(assignOneToOne(edges, 0)).toEqual([edges[0], edges[2]]);
});

test('two empty extracts have nobody in common', () => {
  expect(matchExtracts(createRecords(registerFields), 0, { least: 0.5 }).pairs).toEqual([]);
});
