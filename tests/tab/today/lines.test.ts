import { describe, expect, test } from '@jest/globals';
import type { TodayItem } from '../../../bot/requests/today-contract.js';
import { todayWords } from '../../../tab/today/lines.js';

const now = Date.parse('2026-02-10T09:00:00Z');
const id = '0197f3a0-1111-7abc-8def-000000000001';
const item: TodayItem = {
  ...{ id: 'a', kind: 'today', subject: { kind: 'request', id, reference: 'VS-7K2M9Q' }, learner: null, school: null },
  ...{ person: null, about: null, text: null, at: null, on: null, days: null },
};
const jamie = { id, label: 'Jamie McAllister', stage: 'S3' };
const murray = { id, name: 'A. Murray', telephone: '01632 960001' };
const ardmore = { id, name: 'Ardmore Academy' };

describe('a line of Today says', () => {
  test.each([
    [
      'due',
      { ...item, learner: jamie, about: 'attendance' },
      'VS-7K2M9Q · Jamie McAllister, S3',
      'Attendance · due today · Nobody yet',
    ],
    [
      'due',
      { ...item, kind: 'overdue', days: 2, about: 'attendance', person: murray },
      'VS-7K2M9Q',
      'Attendance · overdue, 2 working days · A. Murray',
    ],
    [
      'waiting',
      { ...item, kind: 'school', school: ardmore, person: murray, days: 1 },
      'Ardmore Academy · VS-7K2M9Q',
      'Waiting for the school · A. Murray · 1 working day',
    ],
    [
      'changed',
      { ...item, kind: 'request.taken', person: murray, at: '2026-02-10T08:00:00Z' },
      'VS-7K2M9Q',
      'Took it · A. Murray · 1 hour ago',
    ],
    [
      'agreed',
      { ...item, person: murray, text: 'sends the timetable', on: '2026-02-12' },
      'A. Murray',
      'sends the timetable · by Thu 12 Feb',
    ],
  ] as const)('%s', (section, line, title, says) => {
    expect(todayWords(section, line, now)).toMatchObject({ title, says });
  });

  test('and leads to the request or the review it speaks of, or nowhere', () => {
    const to = (subject: TodayItem['subject']) => todayWords('due', { ...item, subject }, now).to;
    expect(to(item.subject)).toBe('/requests/VS-7K2M9Q?view=everything');
    expect(to({ kind: 'review', id, reference: 'VR-R4T8M2' })).toBe('/reviews/VR-R4T8M2?view=everything');
    expect(to({ kind: 'learner', id, reference: null })).toBeNull();
  });

  test('a kind that this version does not know is still said', () => {
    expect(todayWords('changed', { ...item, kind: 'learner.teleported' }, now).says).toBe('Something changed');
    expect(todayWords('waiting', { ...item, kind: 'moon', days: 0 }, now).says).toBe('since today');
  });
});
