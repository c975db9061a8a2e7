import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { SchoolDates } from '../../../bot/people/school-year.js';
import { workingMsBetween } from '../../../bot/people/working-time.js';
import { dueAfterPauses, requestDue } from '../../../bot/requests/due.js';
import { explainDue } from '../../../bot/requests/due-words.js';
import { type Climbed, plannedSteps } from '../../../bot/requests/ladder.js';
import type { RequestState } from '../../../bot/requests/request.js';
import { waitingPlan } from '../../../bot/requests/waiting.js';

const at = (text: string) => Temporal.Instant.from(text);
const calendar = {
  officeHours: new Map([1, 2, 3, 4, 5].map((day) => [day, { opens: '09:00', closes: '17:00' }])),
  closedOn: (on: string) => on === '2026-12-25' || on === '2026-12-28',
};
const terms: SchoolDates[] = [
  { kind: 'term', fromOn: '2026-10-26', untilOn: '2026-12-22' },
  { kind: 'term', fromOn: '2027-01-06', untilOn: '2027-04-02' },
];
const rules = { replyWithin: 3, managerAfter: 2, phoneAfter: 1 };
const planned = (asked: string, dates = terms, given: typeof rules | null = rules) =>
  waitingPlan(at(asked), given, dates).steps.map(({ step, at: when }) => [step, when.toString()]);

describe('what happens while the school does not answer', () => {
  test('a reminder at the school’s own target, then its manager, then we telephone; counted in school days', () => {
    expect(planned('2026-11-23T10:00:00Z').slice(0, 3)).toEqual([
      ['remind', '2026-11-26T15:30:00Z'],
      ['manager', '2026-11-30T15:30:00Z'],
      ['phone-them', '2026-12-01T15:30:00Z'],
    ]);
  });
  test('asked in the afternoon it counts from the next school day', () => {
    expect(planned('2026-11-23T13:00:00Z')[0]).toEqual(['remind', '2026-11-27T15:30:00Z']);
  });
  test('over the holidays nobody is reminded, but the end of the term comes first', () => {
    expect(planned('2026-12-21T10:00:00Z')).toEqual([
      ['term-end', '2026-12-22T15:30:00Z'],
      ['remind', '2027-01-07T15:30:00Z'],
      ['manager', '2027-01-11T15:30:00Z'],
      ['phone-them', '2027-01-12T15:30:00Z'],
    ]);
  });
  test('a question of the last afternoon ends the term at once; without terms or rules there is nothing to do', () => {
    expect(planned('2026-12-22T16:00:00Z')[0]).toEqual(['term-end', '2026-12-22T16:00:00Z']);
    expect(planned('2026-11-23T10:00:00Z', [], null)).toEqual([]);
    expect(waitingPlan(at('2026-11-23T10:00:00Z'), null, terms).schoolDueAt).toBeNull();
  });
});

describe('our clock and the child’s', () => {
  const dueAt = at('2026-11-26T17:00:00Z');
  test('ours is put back by the office time of the pause', () => {
    const pauses = [{ from: at('2026-11-24T10:00:00Z'), until: at('2026-11-25T12:00:00Z') }];
    expect(dueAfterPauses(dueAt, pauses, calendar).toString()).toBe('2026-11-30T11:00:00Z');
    expect(workingMsBetween(dueAt, dueAfterPauses(dueAt, pauses, calendar), calendar)).toBe(10 * 3_600_000);
  });
  test('a pause that began after the due time puts nothing back: what was late stays late', () => {
    const pauses = [{ from: at('2026-11-27T10:00:00Z'), until: at('2026-12-04T10:00:00Z') }];
    expect(dueAfterPauses(dueAt, pauses, calendar).toString()).toBe(dueAt.toString());
  });
  test('nights, weekends and closures of a pause put nothing back', () => {
    const pauses = [{ from: at('2026-11-20T17:00:00Z'), until: at('2026-11-23T09:00:00Z') }];
    expect(dueAfterPauses(dueAt, pauses, calendar).toString()).toBe(dueAt.toString());
  });
  const moment = fc.integer({ min: Date.parse('2026-01-05'), max: Date.parse('2027-06-30') });
  test('whatever is asked and answered when, over both clock changes: put back by exactly the office time that we waited', () => {
    fc.assert(
      fc.property(
        moment,
        fc.array(fc.tuple(fc.nat(40 * 3_600_000), fc.nat(90 * 3_600_000)), { maxLength: 4 }),
        (asked, gaps) => {
          const due = requestDue(
            { need: 'other', urgency: 'today', at: Temporal.Instant.fromEpochMilliseconds(asked) },
            { ...calendar, targets: { today: 5 }, byNeed: {} },
          ).at;
          if (!due) throw new Error('there are office hours');
          let from = asked;
          const pauses = gaps.map(([working, waiting]) => {
            const begun = from + working;
            from = begun + waiting;
            return {
              from: Temporal.Instant.fromEpochMilliseconds(begun),
              until: Temporal.Instant.fromEpochMilliseconds(from),
            };
          });
          let [expected, running] = [0, due];
          for (const pause of pauses) {
            if (pause.from.epochMilliseconds >= running.epochMilliseconds) continue;
            expected += workingMsBetween(pause.from, pause.until, calendar);
            running = dueAfterPauses(running, [pause], calendar);
          }
          const ours = dueAfterPauses(due, pauses, calendar);
          expect(ours.epochMilliseconds).toBeGreaterThanOrEqual(due.epochMilliseconds);
          expect(workingMsBetween(due, ours, calendar)).toBe(expected);
        },
      ),
      { numRuns: 120 },
    );
  });
});

describe('why a due time is what it is', () => {
  test('in sentences: the target, what it was counted from, what was not counted', () => {
    const asked = { need: 'attendance', urgency: 'this-week', at: at('2026-12-23T18:00:00Z') } as const;
    const due = requestDue(asked, {
      ...calendar,
      targets: { 'this-week': 1 },
      byNeed: { attendance: { 'this-week': 2 } },
    });
    expect(due.at?.toString()).toBe('2026-12-30T17:00:00Z');
    expect(explainDue(due.because, due.why, 90 * 60_000)).toEqual([
      'Your council answers this within 2 working days.',
      'The target is the one for this need.',
      'It was asked outside office hours: counted from Thu 24 Dec.',
      'Not counted, because the offices were closed: Fri 25 Dec, Mon 28 Dec.',
      'Put back by 1 h 30 min of office time, in which we waited for the school.',
    ]);
  });
});

describe('the ladder', () => {
  const request: Climbed = {
    ...{
      state: 'submitted',
      assigned: false,
      submittedAt: at('2026-11-23T10:00:00Z'),
      dueAt: at('2026-11-25T17:00:00Z'),
    },
    ...{ questions: 0, waiting: [], transferredAt: null, transfers: 0 },
  };
  const rungs = [
    { when: 'overdue', hours: 4, tell: 'head' },
    { when: 'untaken', hours: 8, tell: 'channel' },
    { when: 'before-due', hours: 2, tell: 'assignee' },
    { when: 'overdue', hours: 0, tell: 'assignee' },
  ] as const;
  const steps = (more: { state?: RequestState } = {}) =>
    plannedSteps({ ...request, ...more }, rungs, calendar).map(({ step, at: when }) => [step, when.toString()]);
  test('in office hours, in the order in which it comes; overdue is the moment after', () => {
    expect(steps()).toEqual([
      ['untaken:8:channel', '2026-11-24T10:00:00Z'],
      ['before-due:2:assignee', '2026-11-25T15:00:00Z'],
      ['overdue:0:assignee', '2026-11-25T17:00:00.001Z'],
      ['overdue:4:head', '2026-11-26T13:00:00.001Z'],
    ]);
  });
  test('once taken nobody is told that it is not; while we wait nothing of ours is due; once answered nothing is', () => {
    expect(steps({ state: 'assigned' }).map(([step]) => step)).not.toContain('untaken:8:channel');
    expect(steps({ state: 'waiting-on-school' })).toEqual([]);
    expect(steps({ state: 'answered' })).toEqual([]);
    expect(steps({ state: 'concern' })).toEqual([]);
  });
});
