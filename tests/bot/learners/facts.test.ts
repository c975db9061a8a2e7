import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changeFrom, correction, type Fact, holdsOn, shownOn } from '../../../bot/learners/facts.js';

const fact = (factId: string, value: string, validFrom: string | null, validTo: string | null = null): Fact => {
  return { factId, attribute: 'school', value, source: 'education', validFrom, validTo };
};
const next = (value: string, validFrom: string | null) => ({
  attribute: 'school' as const,
  value,
  source: 'education' as const,
  validFrom,
});

describe('facts in two times', () => {
  test('a move shortens what held before, under a new knowledge', () => {
    const change = changeFrom([fact('a', 'one', '2025-08-18')], next('two', '2026-11-02'));
    expect(change).toEqual({
      superseded: ['a'],
      known: [
        { ...next('one', '2025-08-18'), validTo: '2026-11-01' },
        { ...next('two', '2026-11-02'), validTo: null },
      ],
    });
  });
  test('what is known already changes nothing', () => {
    expect(changeFrom([fact('a', 'one', '2025-08-18')], next('one', '2026-01-01'))).toEqual({
      superseded: [],
      known: [],
    });
  });
  test('a backdated move takes the place of what was thought since', () => {
    const change = changeFrom([fact('a', 'one', '2026-03-01')], next('two', '2026-01-10'));
    expect(change.superseded).toEqual(['a']);
    expect(change.known).toEqual([{ ...next('two', '2026-01-10'), validTo: null }]);
  });
  test('another source stands beside it', () => {
    const told = { ...next('two', '2026-11-02'), source: 'staff' as const };
    const change = changeFrom([fact('a', 'one', '2025-08-18')], told);
    expect(change.superseded).toEqual([]);
    const after = [fact('a', 'one', '2025-08-18'), { ...told, factId: 'b', validTo: null }];
    expect(shownOn(after, 'school', '2026-11-20')).toBe('one');
  });
  test('a correction keeps the time and changes the value', () => {
    expect(correction(fact('a', 'one', '2025-08-18', '2026-01-01'), 'three')).toEqual({
      superseded: ['a'],
      known: [{ ...next('three', '2025-08-18'), validTo: '2026-01-01' }],
    });
  });
  test('after any changes one value at most holds on any day, and the last said holds from its day on', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((date) => `2026-02-${String(date).padStart(2, '0')}`);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(day, fc.constantFrom('one', 'two', 'three')), { minLength: 1, maxLength: 8 }),
        (said) => {
          let facts: Fact[] = [];
          said.forEach(([from, value], index) => {
            const change = changeFrom(facts, next(value, from));
            facts = facts.filter(({ factId }) => !change.superseded.includes(factId));
            facts.push(...change.known.map((known, place) => ({ ...known, factId: `${index} ${place}` })));
            expect(shownOn(facts, 'school', from)).toBe(value);
            expect(shownOn(facts, 'school', '2026-12-01')).toBe(value);
            for (let date = 1; date <= 28; date++)
              expect(
                facts.filter((one) => holdsOn(one, `2026-02-${String(date).padStart(2, '0')}`)).length,
              ).toBeLessThan(2);
          });
        },
      ),
    );
  });
});
