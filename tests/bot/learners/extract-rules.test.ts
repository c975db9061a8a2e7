import { describe, expect, test } from '@jest/globals';
import { alarmsOf } from '../../../bot/learners/extract-alarms.js';
import { codeIn } from '../../../bot/learners/extract-codes.js';
import { suggestKind, suggestMapping } from '../../../bot/learners/extract-mapping.js';
import { rowReaderOf } from '../../../bot/learners/extract-reader.js';
import { noCounts } from '../../../bot/learners/extract.js';
import { readDay, readNumber, readScnCell } from '../../../bot/learners/extract-values.js';
import { joinPerson } from '../../../bot/learners/joining.js';
import { csvLine } from '../../../bot/learners/spreadsheet.js';

const today = '2026-11-23';

describe('values', () => {
  test.each([
    ['12/02/2015', '2015-02-12'],
    ['1-2-15', '2015-02-01'],
    ['12.02.2015 00:00', '2015-02-12'],
    ['2015-02-12T09:30', '2015-02-12'],
    ['12 Feb 2015', '2015-02-12'],
    ['3rd March 2015', '2015-03-03'],
    ['42047', '2015-02-12'],
    ['29/02/2024', '2024-02-29'],
    ['29/02/2023', null],
    ['31/04/2023', null],
    ['02/13/2015', null],
    ['12/02/98', '1998-02-12'],
    ['0', null],
    ['soon', null],
  ])('the day %s', (text, day) => expect(readDay(text, 'day-first', today)).toBe(day));

  test('SCNs keep their leading nought, and get back one that a spreadsheet dropped when the check digit agrees', () => {
    expect(readScnCell('051234561')).toBe('051234561');
    expect(readScnCell('51234561')).toBe('051234561');
    expect(readScnCell('51234562')).toBeNull();
    expect(readScnCell('123 456 785')).toBe('123456785');
    expect(readScnCell('240000300')).toBeNull();
  });

  test('numbers, codes and lines for spreadsheets', () => {
    expect([readNumber('9,5'), readNumber('1e9'), readNumber('-1')]).toEqual(['9.5', null, null]);
    expect([codeIn('stage', 'Primary 7'), codeIn('stage', 's03'), codeIn('status', 'LAC')]).toEqual([
      'P7',
      'S3',
      undefined,
    ]);
    expect(csvLine(['=1+1', ' @x', '-5', '\n=2', 'a"b', '|cmd'])).toBe(`'=1+1,' @x,-5,"'\n=2","a""b",'|cmd\r\n`);
  });
});

describe('mapping', () => {
  const headings = ['SourceID', 'DOB', 'Surname', 'Forename', 'Gender', 'PostCode', '', 'Year', 'Base School', ''];
  const row = ['1001', '12/02/2012', 'MacAoidh', 'Seòras', 'M', 'KW1 5AA', '', 'S3', 'Ardmore Academy', ''];

  test('is suggested for a council’s headings, filler columns and all', () => {
    expect(suggestKind(headings)).toBe('pupils');
    const { columns } = suggestMapping('pupils', { headings, rows: [row] }, today);
    expect(Object.fromEntries(columns.map(({ field, heading }) => [field, heading]))).toEqual({
      ...{ personKey: 'SourceID', birthOn: 'DOB', familyName: 'Surname', givenName: 'Forename' },
      ...{ stage: 'Year', school: 'Base School' },
    });
    expect(suggestKind(['Pupil ID', 'Week Beginning', 'Possible', 'Actual'])).toBe('attendance');
    expect(suggestKind(['Client ID', 'Placement Type', 'Start', 'End'])).toBe('living');
    expect(suggestKind(['__proto__', 'constructor'])).toBeDefined();
  });

  test('reads a row, or says of each field why not', () => {
    const sample = { headings, rows: [row] };
    const read = rowReaderOf({
      ...{ kind: 'pupils', headings, mapping: suggestMapping('pupils', sample, today), today },
      schools: new Map([['ardmore-academy', 'school-1']]),
    });
    expect(read(row)).toMatchObject({
      ...{ reasons: [], personKey: '1001', recordKey: '1001' },
      content: { givenName: 'Seòras', birthOn: '2012-02-12', stage: 'S3', school: 'school-1' },
    });
    const bad = ['', '12/02/2030', '', 'A', '', '', '', 'Year 9', 'Elsewhere', ''];
    expect(
      read(bad)
        .reasons.map(({ field, why }) => `${field} ${why}`)
        .sort(),
    ).toEqual([
      ...['birthOn born-after-today', 'familyName missing', 'personKey no-person', 'school unknown-school'],
      'stage unknown-code',
    ]);
  });
});

test('alarms are numbers: 40 % fewer, many rejected, much changed; a first extract has none of the past', () => {
  const limits = { fewerPercent: 20, rejectedPercent: 10, changedPercent: 50 };
  const counts = { ...noCounts, read: 70, added: 0, changed: 5, unchanged: 55, rejected: 10 };
  expect(alarmsOf(counts, { before: 100, complete: true }, limits)).toEqual([
    { kind: 'fewer', now: 60, of: 100, percent: 40 },
    { kind: 'rejected', now: 10, of: 70, percent: 14 },
  ]);
  expect(alarmsOf({ ...noCounts, read: 9, added: 9 }, { before: 0, complete: true }, limits)).toEqual([]);
});

describe('joining', () => {
  const jamie = { givenName: 'Jamie', familyName: 'MacRae', birthOn: '2012-02-12', scn: '123456785' };
  const ask = (person: Partial<typeof jamie> | Record<string, string | null>, others: object = {}) =>
    joinPerson({
      ...{ person: { ...jamie, ...person }, candidates: [{ ...jamie, learnerId: 'j' }] },
      ...{ taken: new Set<string>(), judged: new Set<string>(), registers: true, ...others },
    }).kind;

  test('SCN and birth date together join; anything else alike waits; nobody alike is new where the source registers', () => {
    expect(ask({})).toBe('joined');
    expect(ask({ givenName: 'James', familyName: 'Other' })).toBe('joined');
    expect(ask({ birthOn: '2012-12-02' })).toBe('waits');
    expect(ask({ scn: null })).toBe('waits');
    expect(ask({ scn: null, givenName: 'Ailsa' })).toBe('waits');
    expect(ask({ scn: null, givenName: 'Mac Rae', familyName: 'Jamie' })).toBe('waits');
    expect(ask({ scn: null, birthOn: '2013-02-12' })).toBe('new');
    expect(ask({ scn: null, birthOn: '2013-02-12' }, { registers: false })).toBe('nobody');
    expect(ask({}, { taken: new Set(['j']) })).toBe('waits');
    expect(ask({ scn: null }, { judged: new Set(['j']) })).toBe('new');
  });
});
