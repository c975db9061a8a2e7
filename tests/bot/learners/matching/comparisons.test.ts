import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { comparisons } from '../../../../bot/learners/matching/comparisons.js';
import { createLeveller } from '../../../../bot/learners/matching/levels.js';
import { normalise, type FieldKind } from '../../../../bot/learners/matching/normalise.js';
import { addRecord, createRecords } from '../../../../bot/learners/matching/records.js';

const kinds = Object.keys(comparisons) as FieldKind[];

test.each(kinds)('%s: the same both ways, equal is exact, never missing', (kind) => {
  const { compare, levels, exact } = comparisons[kind];
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (one, other) => {
      const [a, b] = [normalise(kind, one), normalise(kind, other)];
      if (a === '' || b === '') return;
      expect(compare(a, b)).toBe(compare(b, a));
      expect(compare(a, a)).toBe(exact);
      expect(compare(a, b)).toBeGreaterThan(0);
      expect(compare(a, b)).toBeLessThan(levels.length);
    }),
    { numRuns: 200, seed: 5 },
  );
});

test.each(kinds)('%s: what is expected of one person adds up', (kind) => {
  const { expected, levels } = comparisons[kind];
  expect(expected).toHaveLength(levels.length - 1);
  expect(expected.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2);
});

test('missing on either side is level 0, and a known-as name counts as a name', () => {
  const records = createRecords([
    { name: 'forename', kind: 'forename' },
    { name: 'surname', kind: 'surname' },
  ]);
  const asked = [
    { forename: '', surname: 'Reid' },
    { forename: ['Iain', 'Robbie'], surname: 'Reid' },
    { forename: 'Robert', surname: 'Reid' },
    { forename: 'Reid', surname: 'Robert' },
  ];
  for (const raw of asked) addRecord(records, raw);
  const leveller = createLeveller(records);
  const levels = (a: number, b: number) => {
    const into = new Uint8Array(2);
    leveller.compare(a, b, into);
    return [...into];
  };
  expect(levels(0, 1)).toEqual([0, 5]);
  expect(levels(1, 2)).toEqual([4, 5]);
  expect(levels(2, 3)).toEqual([6, 0]);
  const into = Uint8Array.from([4, 5]);
  expect([...leveller.levelsOf(leveller.patternOf(into))]).toEqual([4, 5]);
});
