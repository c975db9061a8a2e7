import { describe, expect, test } from '@jest/globals';
import {
  askFields,
  askSteps,
  chosenIndicators,
  firstMissing,
  mergeTyped,
  requestOf,
  stepBefore,
  type Typed,
} from '../../../bot/requests/asking.js';
import { submitRequest } from '../../../bot/requests/contract.js';
import { alertMoves, climbsAt, dutyAt } from '../../../bot/requests/exclusion.js';
import { Temporal } from 'temporal-polyfill';

const learner = '0198c5d0-0000-7000-8000-000000000001';
const at = (text: string) => Temporal.Instant.from(text);

describe('what a request needs', () => {
  test.each<[string, Typed, string | null]>([
    ['nothing typed', {}, 'who'],
    ['no such person', { who: 'the boy', what: 'x' }, 'who'],
    ['not in the list, without initials', { who: 'other', what: 'x' }, 'initials'],
    ['a learner and no story', { who: learner }, 'what'],
    ['a learner and a story', { who: learner, what: 'x' }, null],
    ['not in the list', { who: 'other', initials: 'A.B.', what: 'x' }, null],
    ['a school', { who: 'school', what: 'x' }, null],
    ['a level that is a learner’s', { who: 'learner', what: 'x' }, 'who'],
  ])('%s', (_name, typed, missing) => expect(firstMissing(typed)).toBe(missing));

  test('whatever is not missing is a request that the contract takes', () => {
    for (const who of [learner, 'other', 'school', 'cluster', 'authority'])
      for (const view of ['', 'They want a quiet place.']) {
        const typed = {
          who,
          initials: 'A.B.',
          class: '2C',
          what: 'Attendance has dropped.',
          view,
          viewKind: 'nonsense',
        };
        expect(submitRequest.safeParse(requestOf(typed)).success).toBe(true);
      }
  });

  test('the need is read from the words when it was left open, and how soon has a standard answer', () => {
    expect(requestOf({ who: learner, what: 'nae internet at hame' })).toMatchObject({
      need: 'digital',
      urgency: 'this-week',
    });
    expect(requestOf({ who: learner, what: 'nae internet', need: 'wellbeing' }).need).toBe('wellbeing');
    expect(requestOf({ who: learner, what: 'zzz' }).need).toBe('other');
  });

  test('several indicators come as one text, in any order and with strangers among them', () => {
    expect(chosenIndicators('included,safe,rich')).toEqual(['safe', 'included']);
    expect(chosenIndicators(undefined)).toEqual([]);
  });
});

describe('steps', () => {
  test('an input that was shown and emptied is empty; one that was not shown stays', () => {
    expect(mergeTyped({ what: 'Old', hoped: 'Kept' }, { what: ' New ' })).toEqual({ what: 'New', hoped: 'Kept' });
    expect(mergeTyped({ what: 'Old' }, { what: '' })).toEqual({ what: '' });
    expect(Object.keys(mergeTyped({}, Object.fromEntries(askFields.map((field) => [field, 'x']))))).toHaveLength(
      askFields.length,
    );
  });
  test('from every step Back leads to the first in at most three presses', () => {
    for (const who of [undefined, learner, 'other', 'school'])
      for (const step of askSteps) {
        let now = step;
        for (let presses = 0; presses < 3; presses += 1) now = stepBefore(now, who ? { who } : {});
        expect(now).toBe('who');
      }
  });
});

describe('duty', () => {
  const calendar = {
    officeHours: new Map([1, 2, 3, 4, 5].map((day) => [day, { opens: '09:00', closes: '17:00' }])),
    closedOn: (on: string) => on === '2026-11-30',
  };
  test.each<[string, string, boolean, string | null]>([
    ['in the morning before it opens', '2026-11-23T08:00:00Z', false, '2026-11-23T09:00:00Z'],
    ['when it opens', '2026-11-23T09:00:00Z', true, null],
    ['when it closes', '2026-11-23T17:00:00Z', false, '2026-11-24T09:00:00Z'],
    ['over a weekend and a closed Monday', '2026-11-27T18:00:00Z', false, '2026-12-01T09:00:00Z'],
    ['in summer time', '2026-06-15T08:30:00Z', true, null],
  ])('%s', (_name, now, open, opensAt) => {
    const duty = dutyAt(at(now), calendar);
    expect([duty.open, duty.opensAt?.toString() ?? null]).toEqual([open, opensAt]);
  });
  test('the ladder counts from when somebody could have seen it', () => {
    expect(climbsAt(at('2026-11-23T10:00:00Z'), 20, calendar)?.toString()).toBe('2026-11-23T10:20:00Z');
    expect(climbsAt(at('2026-11-27T18:00:00Z'), 20, calendar)?.toString()).toBe('2026-12-01T09:20:00Z');
    const never = { officeHours: new Map(), closedOn: () => false };
    expect(climbsAt(at('2026-11-23T10:00:00Z'), 20, never)).toBeNull();
  });
  test('what is settled stays settled', () => {
    expect(Object.values(alertMoves).map((moves) => moves['stood-down'])).toEqual([undefined, undefined]);
  });
});
