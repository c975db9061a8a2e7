import { describe, expect, test } from '@jest/globals';
import type { PersonRow } from '../../../bot/people/contract.js';
import { findSlots, type ReviewProposal, scheduleReview } from '../../../bot/reviews/contract.js';
import { answersInShort, markOf, sayAnswer } from '../../../tab/reviews/answers.js';
import {
  adding,
  missingFrom,
  needsAsking,
  planFrom,
  reviewOf,
  slotQuestion,
  withPerson,
} from '../../../tab/reviews/plan.js';

const id = (last: number) => `0197f3a0-1111-7abc-8def-00000000000${last}`;
const person = (last: number, name: string, service: 'education' | 'social-work' | 'health', required: boolean) => ({
  ...{ id: id(last), name, service, why: 'asked', required },
  calendar: service === 'health' ? ('unknown' as const) : ('graph' as const),
});
const proposal: ReviewProposal = {
  learner: { id: id(9), label: 'Jamie McAllister', stage: 'S3' },
  request: { id: id(8), reference: 'VS-7K2M9Q' },
  people: [
    person(1, 'A. Murray', 'education', true),
    person(2, 'K. Lamont', 'social-work', true),
    person(3, 'H. Ferguson', 'health', false),
  ],
  cannotInvite: [],
};
const plan = planFrom(proposal, '2026-02-11', '2026-03-10');

describe('planning a review', () => {
  test('starts from what is proposed, and its question is one that the service takes', () => {
    expect(plan.purpose).toBe('support-request');
    expect(plan.people.map(({ calendarKnown }) => calendarKnown)).toEqual([true, true, false]);
    expect(findSlots.parse(slotQuestion(plan)).people).toHaveLength(3);
  });

  test('asks only for those invited, and needs two of them', () => {
    const fewer = withPerson(withPerson(plan, id(3), { invited: false }), id(2), { invited: false });
    expect(slotQuestion(fewer).people).toEqual([{ id: id(1), required: true }]);
    expect(missingFrom(fewer)).toBe('plan.atLeastTwo');
    expect(missingFrom(plan)).toBeNull();
    expect(missingFrom({ ...plan, latestOn: '2026-02-01' })).toBe('plan.window');
  });

  test('somebody added speaks for the service of their roles, and is not invited twice', () => {
    const row: PersonRow = {
      ...{ id: id(4), name: 'S. Worker', jobTitle: null, email: null, telephone: null, bound: true, leavesOn: null },
      ...{ version: 1, confirmed: null, roles: [{ role: 'social-worker' as const, school: null, team: null }] },
    };
    const more = adding(plan, row);
    expect(more.people.at(-1)).toMatchObject({ id: id(4), service: 'social-work', invited: true, required: false });
    expect(adding(more, row).people).toHaveLength(4);
    expect(adding(withPerson(more, id(4), { invited: false }), row).people.at(-1)?.invited).toBe(true);
  });

  test('the booking is one that the service takes; a place goes with it only when in a room', () => {
    const booked = reviewOf({ ...plan, place: ' Room 2 ' }, '2026-02-12T09:30:00Z', false);
    expect(scheduleReview.parse({ ...booked, nonce: '12345678' })).toMatchObject({ requestId: id(8), online: true });
    expect(booked).not.toHaveProperty('place');
    expect(reviewOf({ ...plan, online: false, place: ' Room 2 ' }, '2026-02-12T09:30:00Z', false).place).toBe('Room 2');
  });

  test('only somebody needed whose calendar is not known must have been asked', () => {
    const unknown = [{ id: id(3), name: 'H. Ferguson' }];
    const slot = { startsAt: '2026-02-12T09:30:00Z', endsAt: '2026-02-12T10:30:00Z', why: '', busy: [], unknown };
    expect(needsAsking(plan, slot)).toBe(false);
    expect(needsAsking(withPerson(plan, id(3), { required: true }), slot)).toBe(true);
  });
});

describe('answers by service', () => {
  const answer = { service: 'education' as const, invited: 2, accepted: 0, declined: 0, tentative: 0 };

  test.each([
    [{ ...answer, accepted: 1 }, 'yes', 'Education: 1 of 2 accepted'],
    [{ ...answer, accepted: 2 }, 'yes', 'Education: accepted'],
    [{ ...answer, declined: 1 }, 'wait', 'Education: no answer yet'],
    [{ ...answer, declined: 2 }, 'no', 'Education: declined'],
    [{ ...answer, tentative: 2 }, 'wait', 'Education: no answer yet'],
  ])('%p is %s', (given, mark, words) => {
    expect([markOf(given), sayAnswer(given)]).toEqual([mark, words]);
  });

  test('in short', () => {
    const social = { ...answer, service: 'social-work' as const };
    expect(answersInShort([{ ...answer, accepted: 1 }, social])).toBe('Education ✓ · Social work …');
  });
});
