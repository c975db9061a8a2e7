import { meaningOf, type NumberMeaning } from './number-format.js';
import { SheetRefused } from '../context.js';
import type { SheetLimits, SheetRow } from './sheet.js';
import { type RowSettings, rowReader } from './workbook-rows.js';
import { readXml, type Spent } from './xml.js';
import { readZip, type ZipEntry } from './zip.js';

interface Package {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly limits: SheetLimits;
  readonly spent: Spent;
}

/**
 * Rows of the first sheet that is shown, in parts. Strings, numbers and dates as text; of a formula what was last shown,
 * never worked out; links to other files, pictures and everything else in the package are not opened. Throws SheetRefused.
 */
export function* readWorkbook(bytes: Uint8Array, limits: SheetLimits): Generator<readonly SheetRow[]> {
  const entries = readZip(bytes, limits);
  const names = [...entries.keys()].map((name) => name.toLowerCase());
  if (names.some((name) => name.endsWith('vbaproject.bin'))) throw new SheetRefused('has-macros');
  const from: Package = { entries, limits, spent: { bytes: 0 } };
  const book = readBook(from);
  const entry = entries.get(book.sheet);
  if (!entry) throw new SheetRefused('not-a-table');
  const settings: RowSettings = {
    limits,
    from1904: book.from1904,
    strings: readStrings(from),
    meanings: readMeanings(from),
  };
  const reader = rowReader(settings);
  for (const _ of readXml(entry, reader, from)) if (reader.ready()) yield reader.take();
  const last = reader.take();
  if (last.length > 0) yield last;
}

function readBook(from: Package): { readonly sheet: string; readonly from1904: boolean } {
  const sheets: { readonly relation: string; readonly shown: boolean }[] = [];
  let from1904 = false;
  readWhole(from, 'xl/workbook.xml', (name, attribute) => {
    if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attribute('date1904') ?? '');
    if (name === 'sheet')
      sheets.push({
        relation: attribute('r:id') ?? '',
        shown: !['hidden', 'veryHidden'].includes(attribute('state') ?? ''),
      });
  });
  const targets = new Map<string, string>();
  readWhole(from, 'xl/_rels/workbook.xml.rels', (name, attribute) => {
    if (name === 'Relationship' && attribute('TargetMode') !== 'External')
      targets.set(attribute('Id') ?? '', attribute('Target') ?? '');
  });
  const first = sheets.find(({ shown }) => shown) ?? sheets[0];
  const target = targets.get(first?.relation ?? '') ?? 'worksheets/sheet1.xml';
  return { sheet: target.startsWith('/') ? target.slice(1) : `xl/${target}`, from1904 };
}

function readStrings(from: Package): readonly string[] {
  const strings: string[] = [];
  const entry = from.entries.get('xl/sharedStrings.xml');
  if (!entry) return strings;
  let [current, reading, spoken] = ['', false, false];
  const reader = {
    opened(name: string) {
      if (name === 'si') current = '';
      if (name === 'rPh') spoken = true;
      reading = name === 't' && !spoken;
    },
    text: (text: string) => {
      if (reading) current += text;
      if (current.length > from.limits.cell) throw new SheetRefused('cell-too-large', from.limits.cell);
    },
    closed(name: string) {
      if (name === 't') reading = false;
      if (name === 'rPh') spoken = false;
      if (name === 'si') strings.push(current);
    },
  };
  drain(readXml(entry, reader, from));
  return strings;
}

/** By the place of a cell's style: what its number means. */
function readMeanings(from: Package): readonly NumberMeaning[] {
  const codes = new Map<number, string>();
  const meanings: NumberMeaning[] = [];
  let inCells = false;
  const entry = from.entries.get('xl/styles.xml');
  if (!entry) return meanings;
  const reader = {
    opened(name: string, attribute: (name: string) => string | undefined) {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name !== 'xf' || !inCells) return;
      const id = Number(attribute('numFmtId') ?? 0);
      meanings.push(meaningOf(id, codes.get(id)));
    },
    closed(name: string) {
      if (name === 'cellXfs') inCells = false;
    },
  };
  drain(readXml(entry, reader, from));
  return meanings;
}

function readWhole(
  from: Package,
  name: string,
  opened: (name: string, attribute: (name: string) => string | undefined) => void,
): void {
  const entry = from.entries.get(name);
  if (!entry) throw new SheetRefused('not-a-table');
  drain(readXml(entry, { opened }, from));
}

function drain(reading: Generator<void>): void {
  for (const _ of reading);
}
