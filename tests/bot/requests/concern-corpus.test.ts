import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { mayBeConcern } from '../../../bot/requests/concern.js';
import { checkedLanguages, concernPhrases } from '../../../bot/requests/concern-phrases.js';

/** Sentences written for this purpose, one a line: nobody's words. */
const corpus = (name: string) =>
  readFileSync(new URL(`corpus/${name}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');

const holds = (text: string) => mayBeConcern([text]);

describe('the table of phrases', () => {
  test.each(concernPhrases.map((row) => [row.id, row] as const))('%s holds what it says', (_id, row) => {
    expect(row.phrase.test(row.says)).toBe(true);
  });
  test('every row has a name of its own', () => {
    expect(new Set(concernPhrases.map(({ id }) => id)).size).toBe(concernPhrases.length);
  });
  test('Gaelic is there, and marked as not yet read by a native speaker', () => {
    expect(concernPhrases.some(({ language }) => language === 'gd')).toBe(true);
    expect(checkedLanguages).not.toContain('gd');
  });
  test('no phrase takes long on a long text', () => {
    const long = 'she was left and he said that they were the at of to his dad is '.repeat(60);
    const before = process.cpuUsage().user;
    holds(long);
    expect((process.cpuUsage().user - before) / 1000).toBeLessThan(500);
  });
});

describe('sentences about a child at risk', () => {
  test('are all held', () => {
    const concerns = corpus('concerns');
    expect(concerns.length).toBeGreaterThanOrEqual(100);
    expect(concerns.filter((line) => !holds(line))).toEqual([]);
  });
  test('also shouted, and with another apostrophe, accents or hidden signs between the letters', () => {
    const disguised = corpus('concerns').flatMap((line) => [
      line.toUpperCase(),
      line.replaceAll("'", '’'),
      [...line].join('\u200b'),
      line.replaceAll(' ', '  '),
    ]);
    expect(disguised.filter((line) => !holds(line))).toEqual([]);
  });
});

describe('sentences that nobody had before them who wrote the table', () => {
  const unseen = corpus('concerns-unseen');
  const met = unseen.filter(holds);
  // A list of phrases misses things, and this is how many: the notice stands on every card for that reason.
  test(`are held at a rate of ${((met.length / unseen.length) * 100).toFixed(0)} % (${met.length} of ${unseen.length})`, () => {
    expect(unseen.length).toBeGreaterThanOrEqual(20);
  });
});

describe('honest requests that mention hard things', () => {
  const honest = corpus('honest');
  const held = honest.filter(holds);
  const rate = held.length / honest.length;

  test('there are enough of them to measure with', () => expect(honest.length).toBeGreaterThanOrEqual(150));
  test(`are held at a rate of ${(rate * 100).toFixed(1)} % (${held.length} of ${honest.length})`, () => {
    // Each hold costs one press. More than one in four would teach people to press No without reading.
    expect({ rate: rate <= 0.25, held: rate <= 0.25 ? [] : held }).toEqual({ rate: true, held: [] });
  });
});
