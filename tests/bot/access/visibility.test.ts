import { describe, expect, test } from '@jest/globals';
import { type Role, roles } from '../../../bot/access/roles.js';
import { fieldsSeen, learnerFields, maySee } from '../../../bot/access/visibility.js';

const as = (...held: Role[]) => held.map((role) => ({ role, schoolId: null, teamId: null }));

describe('which field which role sees', () => {
  test.each(['administrator', 'information-officer'] as const)('%s sees none', (role) => {
    expect(fieldsSeen(as(role))).toEqual([]);
  });
  test('a class teacher sees who, where and whom to ask, and not why', () => {
    expect(fieldsSeen(as('class-teacher'))).toEqual(['name', 'stage', 'school', 'social-worker', 'non-disclosure']);
  });
  test('a review co-ordinator sees names and roles, no circumstances', () => {
    for (const field of ['status', 'home', 'birth-on', 'scn'] as const)
      expect(maySee(as('review-co-ordinator'), field)).toBe(false);
  });
  test('the virtual school, social work and the school’s leaders see all of it', () => {
    for (const role of ['virtual-school', 'social-worker', 'designated-manager'] as const)
      expect(fieldsSeen(as(role))).toEqual([...learnerFields]);
  });
  test('whoever reaches a learner sees that something may not be disclosed', () => {
    for (const role of roles) expect(maySee(as(role), 'non-disclosure')).toBe(maySee(as(role), 'name'));
  });
  test('several roles see what any of them does', () => {
    expect(maySee(as('class-teacher', 'school-head'), 'home')).toBe(true);
    expect(fieldsSeen([])).toEqual([]);
  });
});
