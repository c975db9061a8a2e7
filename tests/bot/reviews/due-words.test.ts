import { expect, test } from '@jest/globals';
import { movedBetween, togetherAs } from '../../../bot/reviews/due-compared.js';
import { dueClocks, type DueFact, type DuePolicy } from '../../../bot/reviews/due-dates.js';
import { ruleOf } from '../../../bot/reviews/due-rules.js';
import { movedBecause, sourceOf, whyOf } from '../../../bot/reviews/due-words.js';

const policy: DuePolicy = {
  ...{ newPlacementStartsAgain: true, periods: {} },
  ...{ isWorkingDay: () => true, isSchoolDay: () => true },
};
const clocks = (facts: readonly DueFact[]) => dueClocks(facts, policy);
const placed: DueFact = { id: 'p', event: 'placed-away', on: '2026-09-30' };
const held: DueFact = { id: 'h', event: 'review-held', on: '2026-11-04', series: 'looked-after' };
const whyFirst = (facts: readonly DueFact[]) => {
  const [clock] = clocks(facts);
  return clock ? `${whyOf(clock)} ${sourceOf(clock)}` : '';
};

test('why a date is what it is, in a sentence with its source', () => {
  expect(whyFirst([placed, held])).toBe(
    'Second review, within 3 months of the last review held on Wed 4 Nov 2026: by Thu 4 Feb 2027. Source: Looked After Children (Scotland) Regulations 2009 (SSI 2009/210), regulation 45(2)(b).',
  );
  expect(whyFirst([{ id: 'h', event: 'at-home', on: '2026-09-30' }])).toContain(
    'no frequency has been agreed for this child. A meeting can still be booked.',
  );
  expect(whyFirst([{ ...placed, on: null }])).toContain(
    'not known, because the date of the move away from home is not known',
  );
  expect(whyFirst([{ id: 's', event: 'school-change', on: '2027-08-18' }])).toContain(
    'Advice and views sought for a change of school, 12 months before the change of school on Wed 18 Aug 2027: by Tue 18 Aug 2026.',
  );
});

test('what a council sets is never shown as law', () => {
  expect(whyFirst([{ id: 'c', event: 'csp-proposed', on: '2026-09-30' }])).toContain(
    'Your council set this; it is not law.',
  );
});

test('a date that moved says what moved it', () => {
  const before = { facts: [placed], clocks: clocks([placed]) };
  const after = { facts: [placed, held], clocks: clocks([placed, held]) };
  const [moved] = movedBetween(before, after);
  expect(moved && movedBecause(moved)).toBe(
    'The date moved from Wed 11 Nov 2026 to Thu 4 Feb 2027, because the last review held on Wed 4 Nov 2026 was recorded.',
  );
  const corrected = [placed, { ...held, on: '2026-10-14' }];
  const [back] = movedBetween(after, { facts: corrected, clocks: clocks(corrected) });
  expect(back && movedBecause(back)).toBe(
    'The date moved from Thu 4 Feb 2027 to Thu 14 Jan 2027, because the date of the last review held was corrected to Wed 14 Oct 2026.',
  );
  expect(movedBetween(after, after)).toEqual([]);
});

test('meetings that fall due near each other are offered as one, by the earliest, and each keeps its clock', () => {
  const plan: DueFact = { id: 'c', event: 'csp-made', on: '2026-02-20' };
  const all = clocks([placed, held, plan]);
  const [offered] = togetherAs(all, ({ rule }) => ruleOf(rule).meeting, 42);
  expect(offered?.by).toBe('2027-02-04');
  expect(offered?.clocks.map(({ rule, dueOn }) => [rule, dueOn])).toEqual([
    ['away-second', '2027-02-04'],
    ['csp-first', '2027-02-20'],
  ]);
  expect(togetherAs(all, ({ rule }) => ruleOf(rule).meeting, 10)).toEqual([]);
});
