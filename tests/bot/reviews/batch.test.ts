import { describe, expect, test } from '@jest/globals';
import { type BatchPlan, type BatchProblem, gapOf } from '../../../bot/reviews/batch.js';
import { wrongWith } from '../../../bot/reviews/batch-checked.js';
import { searchBatch } from '../../../bot/reviews/batch-search.js';
import { type Instance, readInstance } from '../../bench/schedule-instance.js';
import { madeAuthority, seeded } from '../../bench/schedule-made.js';
import { solveByHighs } from '../../bench/schedule-highs.js';

function planOf(problem: BatchProblem, seed = 1, from?: readonly number[]): BatchPlan {
  let plan: BatchPlan | null = null;
  const options = { random: seeded(seed), tolerance: 1e-4, patience: 5, ...(from ? { from } : {}) };
  for (const progress of searchBatch(problem, options)) {
    if (plan) expect(progress.plan.objective).toBeLessThanOrEqual(plan.objective + 1e-6);
    plan = progress.plan;
  }
  if (!plan) throw new Error('no plan');
  return plan;
}

const size = { reviews: 20, people: 14, days: 6, daySlots: 8, attendees: 4, busy: 0.4, chaired: 0.5 };
const rich = (seed: number, reviews = 20): Instance => {
  const instance = madeAuthority({ ...size, reviews }, seed);
  return {
    ...instance,
    people: instance.people.map((person, index) => (index < 3 ? { ...person, mostADay: 2 } : person)),
    meetings: instance.meetings.map((meeting, index) => ({
      ...meeting,
      place: index % 3 === 0 ? 'north' : index % 3 === 1 ? 'south' : null,
      ...(index === 5 ? { apart: ['VR6'] } : {}),
    })),
    ...{ travel: 1, apart: 2, weights: { spread: 5, travel: 2, fairness: 3 } },
  };
};

describe('many reviews at once', () => {
  test.each([1, 2, 3])('nobody is in two places, whatever is asked for (%i)', (seed) => {
    const { problem } = readInstance(rich(seed));
    const plan = planOf(problem);
    expect(wrongWith(problem, plan)).toEqual([]);
    expect(plan.bound).toBeLessThanOrEqual(plan.objective + 1e-6);
    expect(gapOf(plan)).toBeGreaterThanOrEqual(0);
  });

  test.each([1, 2, 3])('as good as a proven optimum, and no date missed that need not be (%i)', async (seed) => {
    const { problem } = readInstance(seed === 3 ? rich(seed, 7) : madeAuthority(size, seed));
    const plan = planOf(problem);
    const proven = await solveByHighs(problem, 20);
    expect(proven).not.toBeNull();
    expect(plan.objective).toBeLessThanOrEqual((proven?.objective ?? 0) * 1.01 + 1e-6);
    expect(plan.objective).toBeGreaterThanOrEqual((proven?.objective ?? 0) * 0.999 - 1e-6);
    expect(plan.late + plan.unplaced).toBeLessThanOrEqual(proven?.missed ?? 0);
    expect(plan.bound).toBeLessThanOrEqual((proven?.objective ?? 0) + 1e-6);
  });

  test('the same chances give the same plan', () => {
    const { problem } = readInstance(madeAuthority(size, 9));
    expect(planOf(problem, 4)).toEqual(planOf(problem, 4));
  });

  test('one new clash moves little else', () => {
    const instance = madeAuthority(size, 11);
    const before = planOf(readInstance(instance).problem);
    const starts = before.placings.map(({ start }) => start);
    const clash = starts.findIndex((start) => start >= 0);
    const who = instance.meetings[clash]?.persons?.[0];
    const changed: Instance = {
      ...instance,
      people: instance.people.map((person) =>
        person.id === who
          ? { ...person, busy: [...(person.busy ?? []), [starts[clash] ?? 0, (starts[clash] ?? 0) + 1]] }
          : person,
      ),
      meetings: instance.meetings.map((meeting, m) => ({
        ...meeting,
        ...(starts[m] === -1 ? {} : { was: starts[m] }),
      })),
      weights: { moved: 100 },
    };
    const after = planOf(readInstance(changed).problem, 1, starts);
    const moved = after.placings.filter(({ start }, m) => m !== clash && start !== starts[m]).length;
    expect(moved).toBeLessThanOrEqual(2);
    expect(after.placings[clash]?.start).not.toBe(starts[clash]);
  });
});

describe('an instance from elsewhere', () => {
  const plain = { people: [{ id: 'a' }], meetings: [{ id: 'm', persons: ['a'] }] };

  test('dates and instants are read as well as slots, and said back as they came', () => {
    const read = readInstance({
      ...{ start: '2026-11-23T09:00:00Z', slotMinutes: 30, horizon: '2026-11-23T17:00:00Z' },
      people: [{ id: 'a', busy: [['2026-11-23T09:00:00Z', '2026-11-23T10:00:00Z']] }],
      meetings: [{ id: 'm', persons: ['a'], minutes: 60, due: '2026-11-23' }],
    });
    const plan = planOf(read.problem);
    expect(read.say(plan.placings[0]?.start ?? -1)).toBe('2026-11-23T10:00:00.000Z');
    expect(plan.late).toBe(0);
  });

  test.each([
    ['not an object', [], /cannot be read/],
    ['nobody', { ...plain, people: [] }, /people/],
    ['somebody unknown', { ...plain, meetings: [{ id: 'm', persons: ['b'] }] }, /m: 'b' is nowhere/],
    ['a role that nobody has', { ...plain, meetings: [{ id: 'm', roles: ['chair'] }] }, /nobody has the role 'chair'/],
    ['the same name twice', { ...plain, people: [{ id: 'a' }, { id: 'a' }] }, /'a' is there twice/],
    [
      'a date without a start',
      { ...plain, meetings: [{ id: 'm', persons: ['a'], due: '2026-11-23' }] },
      /needs a 'start'/,
    ],
    ['a word for a time', { ...plain, start: '2026-11-23T09:00:00Z', meetings: [{ id: 'm', due: 'soon' }] }, /'soon'/],
    ['a horizon without end', { ...plain, horizon: 1e9 }, /there may be 1 to/],
  ])('%s is refused by name', (_, value, message) => expect(() => readInstance(value)).toThrow(message));
});
