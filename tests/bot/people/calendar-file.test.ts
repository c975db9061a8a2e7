import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCalendarFile } from '../../../bot/people/calendar-file.js';

const csv = (...rows: string[]) => readCalendarFile('csv', ['Kind,From,Until,Name,School', ...rows].join('\r\n'));
const ics = (...lines: string[]) =>
  readCalendarFile('ics', ['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n'));
const event = (...lines: string[]) => ics('BEGIN:VEVENT', ...lines, 'END:VEVENT');

describe('a table of school dates', () => {
  test('days as councils write them, one day without an end, a school of its own', () => {
    expect(
      csv('term,17/08/2026,09/10/2026,Autumn term,', 'In-service,2026-11-16,,In-service day,Ardmore Academy'),
    ).toEqual([
      {
        line: 2,
        kind: 'term',
        fromOn: '2026-08-17',
        untilOn: '2026-10-09',
        name: 'Autumn term',
        school: null,
        why: null,
      },
      {
        line: 3,
        kind: 'in-service',
        fromOn: '2026-11-16',
        untilOn: '2026-11-16',
        name: 'In-service day',
        school: 'Ardmore Academy',
        why: null,
      },
    ]);
  });
  test.each([
    ['party,2026-01-01,,New year,', 'kind-unknown'],
    ['holiday,2026-02-30,,No such day,', 'date-unreadable'],
    ['holiday,2026-02-03,2026-02-02,Backwards,', 'ends-before-it-begins'],
    ['holiday,2026-02-03,2029-02-02,For years,', 'too-long'],
    ['holiday,2026-02-03,,,', 'no-name'],
  ])('%s: %s', (row, why) => expect(csv(row)[0]?.why).toBe(why));
  test('without its columns nothing is guessed', () => {
    expect(readCalendarFile('csv', 'When,What for\n2026-01-01,x')).toMatchObject([{ line: 1, why: 'columns-missing' }]);
  });
});

describe('an iCalendar file', () => {
  test('an all-day event ends the day before its DTEND; folded lines and escapes are joined', () => {
    const [read] = event(
      'DTSTART;VALUE=DATE:20261012',
      'DTEND;VALUE=DATE:20261024',
      'SUMMARY:October holiday\\, schools',
      '  closed',
    );
    expect(read).toMatchObject({
      kind: 'holiday',
      fromOn: '2026-10-12',
      untilOn: '2026-10-23',
      name: 'October holiday, schools closed',
      why: null,
    });
  });
  test('without an end it is that day alone; an in-service day in a term is in service', () => {
    expect(event('DTSTART;VALUE=DATE:20261116', 'SUMMARY:Term 2 in-service day')).toMatchObject([
      { kind: 'in-service', fromOn: '2026-11-16', untilOn: '2026-11-16', line: 2, why: null },
    ]);
  });
  test('a time in UTC is London’s day, in summer too', () => {
    expect(event('DTSTART:20260630T233000Z', 'SUMMARY:Holiday')).toMatchObject([{ fromOn: '2026-07-01' }]);
    expect(event('DTSTART;TZID=Europe/London:20260630T233000', 'SUMMARY:Holiday')).toMatchObject([
      { fromOn: '2026-06-30' },
    ]);
  });
  test.each([
    [['DTSTART;VALUE=DATE:20261012', 'RRULE:FREQ=YEARLY', 'SUMMARY:Holiday'], 'repeats'],
    [['DTSTART;VALUE=DATE:20261012', 'STATUS:CANCELLED', 'SUMMARY:Holiday'], 'cancelled'],
    [['DTSTART;VALUE=DATE:20260817', 'SUMMARY:Term begins'], 'term-in-two-events'],
    [['DTSTART;VALUE=DATE:20260817', 'SUMMARY:School show'], 'kind-unknown'],
    [['DTSTART:next Monday', 'SUMMARY:Holiday'], 'date-unreadable'],
    [['DTSTART;VALUE=DATE:20260817', 'DURATION:P3D', 'SUMMARY:Holiday'], 'date-unreadable'],
    [['SUMMARY:Holiday'], 'date-unreadable'],
    [['DTSTART;VALUE=DATE:20261012', 'DTEND;VALUE=DATE:20261399', 'SUMMARY:Holiday'], 'date-unreadable'],
  ])('%j is refused: %s', (lines, why) => expect(event(...lines)[0]?.why).toBe(why));
  test('an alarm inside an event says nothing of the event; an event that is never closed is refused', () => {
    const lines = [
      'BEGIN:VEVENT',
      'DTSTART;VALUE=DATE:20261012',
      'BEGIN:VALARM',
      'SUMMARY:Ring',
      'END:VALARM',
      'SUMMARY:Holiday',
    ];
    expect(ics(...lines, 'END:VEVENT')).toMatchObject([{ name: 'Holiday', why: null }]);
    expect(ics(...lines)).toMatchObject([{ why: 'not-closed' }]);
  });
  test('whatever is in the file, it is answered and every event has one row', () => {
    const line = fc.oneof(
      fc.constantFrom(
        'BEGIN:VEVENT',
        'END:VEVENT',
        'DTSTART;VALUE=DATE:20261012',
        'SUMMARY:Holiday',
        'DTEND:20261013T000000Z',
        'RRULE:X',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const begun = lines.filter((one) => one === 'BEGIN:VEVENT').length;
        expect(ics(...lines.filter((one) => !/^\s/.test(one) || one === ''))).toHaveLength(begun);
      }),
      { numRuns: 200 },
    );
  });
});
