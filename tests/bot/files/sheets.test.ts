import { describe, expect, test } from '@jest/globals';
import { SheetRefused } from '../../../bot/context.js';
import { serialDate } from '../../../bot/files/number-format.js';
import { createSheets } from '../../../bot/files/sheets.js';
import { workbook } from '../../support/workbook.js';

async function* inParts(bytes: Uint8Array, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function rowsOf(file: Uint8Array | string, size = 7): Promise<string[][]> {
  const bytes = typeof file === 'string' ? Buffer.from(file, 'utf8') : file;
  const rows: string[][] = [];
  for await (const part of createSheets().read(() => inParts(bytes, size)))
    rows.push(...part.map(({ fields }) => [...fields]));
  return rows;
}

describe('text files', () => {
  const table = [
    ['SCN', 'Forename', 'Surname'],
    ['051234561', 'Seòras', 'MacAoidh'],
  ];
  const text = (delimiter: string) => table.map((row) => row.join(delimiter)).join('\r\n');

  test.each([',', ';', '\t', '|', '^', '~'])('are cut at %j', async (delimiter) => {
    expect(await rowsOf(text(delimiter))).toEqual(table);
  });

  test('are read in UTF-8, UTF-16 both ways and Windows-1252, with a mark or without', async () => {
    const plain = text(',');
    const little = Buffer.from(plain, 'utf16le');
    const big = Buffer.from(little).swap16();
    const files = [
      Buffer.from(`\uFEFF${plain}`),
      Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
      Buffer.from(plain, 'latin1'),
      little,
      big,
    ];
    for (const file of files) expect(await rowsOf(file)).toEqual(table);
  });

  test('keep line ends in quotes, doubled quotes, stray quotes, short and long rows, and their row numbers', async () => {
    const file = 'a,b,c,,\n"1\nstill 1","say ""hi""",3,,\n\n,,\nO"Brien,2\n1,2,3,4,5,6\n';
    const numbers: number[] = [];
    const rows: string[][] = [];
    for await (const part of createSheets().read(() => inParts(Buffer.from(file), 3)))
      for (const row of part) {
        numbers.push(row.number);
        rows.push([...row.fields]);
      }
    expect(rows).toEqual([
      ['a', 'b', 'c', '', ''],
      ['1\nstill 1', 'say "hi"', '3', '', ''],
      ['O"Brien', '2'],
      ['1', '2', '3', '4', '5', '6'],
    ]);
    expect(numbers).toEqual([1, 2, 5, 6]);
  });

  test('a character cut between two parts is one character', async () => {
    expect(await rowsOf('naïve,é\n😀,ß', 1)).toEqual([
      ['naïve', 'é'],
      ['😀', 'ß'],
    ]);
  });
});

describe('workbooks', () => {
  test('give strings, dates of three kinds, kept zeros, and what a formula last showed', async () => {
    const file = workbook(
      [
        ['SCN', 'Born', 'Long date', 'Inline', 'Shared', 'Formula', 'Yes', 'Error'],
        [
          { xml: '<c r="AT" s="2"><v>51234561</v></c>' },
          { xml: '<c r="AT" s="1"><v>41234</v></c>' },
          { xml: '<c r="AT" s="3"><v>41234.5</v></c>' },
          'Ò & <b>',
          { xml: '<c r="AT" t="s"><v>0</v></c>' },
          { xml: '<c r="AT" t="str"><f>HYPERLINK("http://x","y")</f><v>shown</v></c>' },
          { xml: '<c r="AT" t="b"><v>1</v></c>' },
          { xml: '<c r="AT" t="e"><v>#REF!</v></c>' },
        ],
      ],
      { 'xl/sharedStrings.xml': '<sst><si><r><t>one </t></r><r><t>two</t></r><rPh><t>no</t></rPh></si></sst>' },
    );
    expect((await rowsOf(file, 1000))[1]).toEqual([
      ...['051234561', '2012-11-21', '2012-11-21T12:00', 'Ò & <b>', 'one two', 'shown', 'TRUE'],
    ]);
  });

  test('serial numbers keep the day that never was out of the calendar', () => {
    expect(serialDate(1, false)).toBe('1900-01-01');
    expect(serialDate(59, false)).toBe('1900-02-28');
    expect(serialDate(60, false)).toBeNull();
    expect(serialDate(61, false)).toBe('1900-03-01');
    expect(serialDate(45351, false)).toBe('2024-02-29');
    expect(serialDate(0, true)).toBe('1904-01-01');
    expect(serialDate(-1, false)).toBeNull();
  });
});

test('what is refused is a SheetRefused', async () => {
  await expect(rowsOf('%PDF-1.7')).rejects.toBeInstanceOf(SheetRefused);
});
