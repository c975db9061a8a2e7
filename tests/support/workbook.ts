import { strToU8, type Zippable, zipSync } from 'fflate';

export type TestCell = string | number | { readonly xml: string };

const letters = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : letters(Math.floor(column / 26) - 1) + letters(column % 26);

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function cellXml(cell: TestCell, at: string): string {
  if (typeof cell === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  return cell.xml.replace('AT', at);
}

export function sheetXml(rows: readonly (readonly TestCell[])[]): string {
  const lines = rows.map(
    (row, index) =>
      `<row r="${index + 1}">${row.map((cell, column) => cellXml(cell, `${letters(column)}${index + 1}`)).join('')}</row>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

const relations = (inner: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`;

/** The parts of a small workbook; `more` adds to them or takes their place. */
export function workbookParts(sheet: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'xl/workbook.xml':
      '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Pupils" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations('<Relationship Id="rId1" Target="worksheets/sheet1.xml"/>'),
    // Styles: 0 plain, 1 a built-in date, 2 nine digits, 3 a date of the council's own.
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="000000000"/><numFmt numFmtId="165" formatCode="[$-809]dd\\ mmmm\\ yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  };
}

export function zipped(parts: Readonly<Record<string, string | Uint8Array>>, level: 0 | 6 = 6): Uint8Array {
  const files: Zippable = {};
  for (const [name, part] of Object.entries(parts))
    files[name] = [typeof part === 'string' ? strToU8(part) : part, { level }];
  return zipSync(files);
}

export function workbook(
  rows: readonly (readonly TestCell[])[],
  more: Readonly<Record<string, string>> = {},
): Uint8Array {
  return zipped(workbookParts(sheetXml(rows), more));
}
