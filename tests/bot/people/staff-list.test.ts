import { describe, expect, test } from '@jest/globals';
import { CsvRefused, readCsv } from '../../../bot/people/csv.js';
import { foldedLetters, foldLetters, readRole } from '../../../bot/people/person.js';
import { decideRows, type Known, type KnownPerson, readStaffList, schoolKey } from '../../../bot/people/staff-list.js';

const head = 'Name,Email,Telephone,Job title,Role,School,Object id,Starts,Leaves\n';
const one = (row: string) => readStaffList(head + row);
const ailsa = 'Ailsa Murray,Ailsa@x.example,01632 960200,PT,pupil-support,Ardmore Academy,,,';

describe('reading comma-separated text', () => {
  const fields = (text: string) => readCsv(text).map((row) => row.fields);
  test('quotes, doubled quotes, separators and line ends inside them', () => {
    expect(fields('a,"b, ""c""\nd",e\r\nf,,')).toEqual([
      ['a', 'b, "c"\nd', 'e'],
      ['f', '', ''],
    ]);
  });
  test('a byte order mark, semicolons and a last line without an end', () => {
    expect(fields('\uFEFFname;role\nÅsa;dm')).toEqual([
      ['name', 'role'],
      ['Åsa', 'dm'],
    ]);
  });
  test('lines are counted as a spreadsheet does, empty ones included', () => {
    expect(readCsv('a\n\n"b\nc"\nd').map((row) => row.line)).toEqual([1, 3, 5]);
  });
  test('an unclosed quote is refused: what follows could be anybody', () => {
    expect(() => readCsv('a,"b\nc,d')).toThrow(CsvRefused);
  });
});

describe('reading a staff list', () => {
  test('a whole row', () => {
    expect(one(ailsa)).toEqual({
      rejected: [],
      missingColumns: [],
      rows: [
        {
          ...{ line: 2, name: 'Ailsa Murray', email: 'ailsa@x.example', telephone: '01632 960200', jobTitle: 'PT' },
          ...{ role: 'pupil-support', school: 'Ardmore Academy', objectId: null, startsOn: null, leavesOn: null },
        },
      ],
    });
  });

  test.each([
    ['no-name', ',a@x.example,,,dm,Ardmore,,,'],
    ['no-email', 'A,,,,dm,Ardmore,,,'],
    ['email-not-valid', 'A,a@x,,,dm,Ardmore,,,'],
    ['email-not-valid', '"A","a@x.example, b@x.example",,,dm,Ardmore,,,'],
    ['role-unknown', 'A,a@x.example,,,wizard,Ardmore,,,'],
    ['role-needs-school', 'A,a@x.example,,,dm,,,,'],
    ['role-has-no-school', 'A,a@x.example,,,social-worker,Ardmore,,,'],
    ['object-id-not-valid', 'A,a@x.example,,,dm,Ardmore,1234,,'],
    ['date-not-valid', 'A,a@x.example,,,dm,Ardmore,,31/02/2026,'],
    ['date-not-valid', 'A,a@x.example,,,dm,Ardmore,,,soon'],
    ['leaves-before-starting', 'A,a@x.example,,,dm,Ardmore,,2026-08-17,17/08/2026'],
  ])('%s: %s', (reason, row) => {
    expect(one(row)).toEqual({ rows: [], missingColumns: [], rejected: [{ line: 2, reason }] });
  });

  test('a missing column is named and nothing is read', () => {
    expect(readStaffList('Name,Role\nA,dm')).toEqual({ rows: [], rejected: [], missingColumns: ['email'] });
  });

  test('roles in the words that councils use', () => {
    expect(['Designated Manager', 'DM', 'head teacher', 'Review coordinator', 'class_teacher'].map(readRole)).toEqual([
      ...['designated-manager', 'designated-manager', 'school-head', 'review-co-ordinator', 'class-teacher'],
    ]);
  });

  test('letters fold one to one, so that SQL folds them alike', () => {
    expect(foldedLetters.from.normalize('NFC')).toHaveLength(foldedLetters.to.length);
    expect(foldLetters('Łukasz Wójcik, Mòrag')).toBe('lukasz wojcik, morag');
  });
});

describe('what a row means', () => {
  const held: KnownPerson = {
    ...{ personId: 'p1', name: 'Ailsa Murray', email: 'ailsa@x.example', telephone: '01632 960200', jobTitle: 'PT' },
    ...{ leavesOn: null, roles: [{ role: 'pupil-support', schoolId: 's1' }], accounts: [] },
  };
  const known: Known = {
    schools: new Map([[schoolKey('Ardmore Academy'), 's1']]),
    people: new Map([[held.email, held]]),
    ...{ accounts: new Map([[guid(9), 'p9']]), tenantGiven: true, mayGiveGuarded: false },
  };
  const decide = (rows: string, more: Partial<Known> = {}) =>
    decideRows(one(rows).rows, { ...known, ...more }).map((row) => ('reason' in row ? row.reason : row.outcome));

  test('the same again changes nothing', () => expect(decide(ailsa)).toEqual(['unchanged']));
  test('what a list leaves empty it does not take away', () => {
    expect(decide('Ailsa Murray,ailsa@x.example,,,pupil-support,ardmore  academy,,,')).toEqual(['unchanged']);
  });
  test('another telephone, another role, a leaving date and an account are changes', () => {
    expect(decide(ailsa.replace('960200', '960201'))).toEqual(['changed']);
    expect(decide(ailsa.replace('pupil-support', 'dm'))).toEqual(['changed']);
    expect(decide(`${ailsa}2026-12-01`)).toEqual(['changed']);
    expect(decide(ailsa.replace('Academy,', `Academy,${guid(1)}`))).toEqual(['changed']);
  });
  test('somebody new with two roles is one new person', () => {
    const rows = 'B,b@x.example,,,dm,Ardmore Academy,,,\nB,B@x.example,,,named-person,Ardmore Academy,,,';
    expect(decide(rows)).toEqual(['new', 'changed']);
  });
  test('a row twice is told the second time', () =>
    expect(decide(`${ailsa}\n${ailsa}`)).toEqual(['unchanged', 'listed-twice']));
  test('a school that is not ours', () =>
    expect(decide(ailsa.replace('Ardmore', 'Nowhere'))).toEqual(['school-unknown']));
  test('an administrator is not made by a list, unless an administrator loads it', () => {
    const row = 'B,b@x.example,,,administrator,,,,';
    expect(decide(row)).toEqual(['role-not-by-list']);
    expect(decide(row, { mayGiveGuarded: true })).toEqual(['new']);
  });
  test('an account that is somebody else’s, here or further up the list', () => {
    expect(decide(ailsa.replace('Academy,', `Academy,${guid(9)}`))).toEqual(['object-id-of-somebody-else']);
    const two = ['b', 'c'].map((name) => `${name},${name}@x.example,,,dm,Ardmore Academy,${guid(1)},,`).join('\n');
    expect(decide(two)).toEqual(['new', 'object-id-of-somebody-else']);
  });
  test('an object id means nothing without its tenant', () => {
    const row = ailsa.replace('Academy,', `Academy,${guid(1)}`);
    expect(decide(row, { tenantGiven: false })).toEqual(['object-id-without-tenant']);
  });
});

function guid(last: number): string {
  return `11111111-1111-4111-8111-00000000000${last}`;
}
