import { describe, expect, test } from '@jest/globals';
import { logRequest } from '../../../bot/requests/triage-contract.js';
import { callOf, emptyCall, missingOf } from '../../../tab/requests/log-call.js';

const id = '0197f3a0-1111-7abc-8def-000000000001';
const draft = { ...emptyCall, name: 'A. Murray', what: ' No bus. ', initials: 'J.M.', className: 'S3' };

describe('a call that is logged', () => {
  test('says who, what is happening, and for a learner whom', () => {
    expect(missingOf(emptyCall)).toEqual(['name', 'what', 'initials']);
    expect(missingOf({ ...draft, level: 'school', initials: '' })).toEqual([]);
    expect(missingOf(draft)).toEqual([]);
  });

  test('is as the service takes it, with nothing empty in it', () => {
    const call = callOf(draft, 'nonce-nonce', false);
    expect(logRequest.safeParse(call).success).toBe(true);
    expect(call).toMatchObject({ name: 'A. Murray', what: 'No bus.', learnerInitials: 'J.M.', learnerClass: 'S3' });
    expect(call).not.toHaveProperty('telephone');
    expect(call).not.toHaveProperty('schoolId');
  });

  test('somebody of the staff list is named by id alone', () => {
    const call = callOf({ ...draft, personId: id, telephone: '01632 960001' }, 'nonce-nonce', false);
    expect(call.personId).toBe(id);
    expect(call).not.toHaveProperty('name');
    expect(call).not.toHaveProperty('telephone');
  });

  test('about no one learner it names none', () => {
    const call = callOf({ ...draft, level: 'cluster' }, 'nonce-nonce', true);
    expect(call).not.toHaveProperty('learnerInitials');
    expect(call.notConcern).toBe(true);
  });
});
