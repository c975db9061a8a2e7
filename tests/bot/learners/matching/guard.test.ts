import { describe, expect, test } from '@jest/globals';
import { bandOf } from '../../../../bot/learners/matching/bands.js';
import { createGuard } from '../../../../bot/learners/matching/guard.js';
import { createLeveller } from '../../../../bot/learners/matching/levels.js';
import { registerFields } from '../../../../bot/learners/matching/match-extracts.js';
import { addRecord, createRecords, type RawRecord } from '../../../../bot/learners/matching/records.js';

const child = {
  forename: 'Isla',
  surname: 'Macrae',
  birthOn: '2014-03-09',
  sex: 'F',
  postcode: 'QX1 1AA',
  scn: '240000040',
};

/** The first record is education's, the second social work's, any more are others. */
function judge(education: RawRecord, socialWork: RawRecord, ...others: readonly RawRecord[]) {
  const records = createRecords(registerFields);
  for (const raw of [education, socialWork, ...others]) addRecord(records, raw);
  const levels = new Uint8Array(records.columns.length);
  createLeveller(records).compare(0, 1, levels);
  return bandOf(records, { a: 0, b: 1, levels, probability: 0.999 }, createGuard(records).reasonsFor(0, 1), 0.5);
}

describe('taken without a person', () => {
  test('same SCN, same birth date, nothing against', () => {
    expect(judge(child, child)).toEqual({ band: 'match', reasons: [] });
  });
  test('a changed surname and home do not matter', () => {
    expect(judge(child, { ...child, surname: 'Nowak', postcode: 'QX9 9ZZ' }).band).toBe('match');
  });
  test('a brother of another age does not matter', () => {
    const brother = { ...child, forename: 'Euan', sex: 'M', birthOn: '2016-01-02', scn: '123456785' };
    expect(judge(child, child, brother).band).toBe('match');
  });
});

describe('never without a person, and why', () => {
  test('no SCN, however sure', () => {
    expect(judge({ ...child, scn: '' }, child)).toEqual({ band: 'possible', reasons: [] });
    expect(judge({ ...child, scn: '' }, { ...child, scn: '' }).band).toBe('possible');
  });
  test('an SCN whose check digit is wrong', () => {
    expect(judge({ ...child, scn: '240000041' }, { ...child, scn: '240000041' }).band).toBe('possible');
  });
  test.each([
    ['birth-dates-differ', { birthOn: '2014-09-03' }],
    ['birth-date-missing', { birthOn: '' }],
    ['sexes-differ', { sex: 'M' }],
    ['first-names-not-alike', { forename: 'Skye', surname: 'Nowak', postcode: '' }],
    ['first-names-not-alike', { forename: 'Unknown' }],
  ])('%s', (reason, difference) => {
    const { band, reasons } = judge(child, { ...child, ...difference });
    expect([band, reasons]).toEqual(['possible', expect.arrayContaining([reason])]);
  });
  test('the two may be twins', () => {
    expect(judge(child, { ...child, forename: 'Skye' }).reasons).toContain('first-names-differ');
  });
  test.each([
    ['by surname, in either source, however it is written', { surname: 'Mac Rae', postcode: '' }, 'surname'],
    ['by home, with another surname', { surname: 'Nowak' }, 'home'],
  ])('a twin somewhere: %s', (_, difference, near) => {
    const twin = { ...child, ...difference, forename: 'Skye', scn: '123456785' };
    expect(judge(child, child, twin)).toEqual({
      ...{ band: 'possible', reasons: [`somebody-same-${near}-and-birth-date`] },
    });
  });
  test('another record with the same number', () => {
    const other = { ...child, forename: 'Rory', surname: 'Nowak', birthOn: '2011-01-01', postcode: '' };
    expect(judge(child, child, other)).toEqual({ band: 'possible', reasons: ['somebody-same-scn'] });
  });
  test('one first name, one birth date, two numbers: somebody else', () => {
    expect(judge(child, child, { ...child, scn: '123456785' }).band).toBe('possible');
  });
});

test('unlikely and without the same number is not shown', () => {
  const records = createRecords(registerFields);
  addRecord(records, child);
  addRecord(records, { ...child, scn: '' });
  const pair = { a: 0, b: 1, levels: new Uint8Array(7), probability: 0.4 };
  expect(bandOf(records, pair, [], 0.5).band).toBe('none');
});
