import { describe, expect, test } from '@jest/globals';
import { mayBeConcern } from '../../../bot/requests/concern.js';

const held = [
  'Her dad hit her last night',
  'he has been beaten at home',
  'There are bruises on his arm',
  'She says she does not feel safe',
  'She says she doesn’t feel safe',
  'self-harm again this week',
  'talked about suicide',
  'he wants to die',
  'she was touched him inappropriately and said it was sexual',
  'he wis skelped by his uncle',
  'feart tae go hame',
  'she has run away from home again',
  'NEGLECTED',
  'neg\u200Blected',
  'county lines worry',
  'she made a disclosure to me',
  'there is no food in the house',
  'brought a knife',
];

const free = [
  'Attendance has dropped to 62 % since October',
  'He needs a part-time timetable reviewed',
  'We would like advice on trauma-informed practice for staff',
  'She hit a wall with her maths and gave up',
  'He was kicked out of the group chat',
  'The laptop was broken and she cannot join lessons',
  'Moving to Ardmore Academy after Easter',
  'He is beating his targets in reading',
  'Cut her timetable to mornings',
];

describe('phrases that hold a form', () => {
  test.each(held)('held: %s', (text) => expect(mayBeConcern([text])).toBe(true));
  test.each(free)('not held: %s', (text) => expect(mayBeConcern([text])).toBe(false));
  test('any of the texts is enough', () =>
    expect(mayBeConcern(['fine', null, undefined, 'he is in danger'])).toBe(true));
  test('nothing typed holds nothing', () => expect(mayBeConcern(['', null, undefined])).toBe(false));
});
