/** Rows of somebody else's file as text, and what one file may cost. Pure. */

/** Row numbers as a spreadsheet shows them: the first is 1, empty ones count. */
export interface SheetRow {
  readonly number: number;
  readonly fields: readonly string[];
}

/** What one file may cost. Source of the workbook's: reference performance-reliability-security C3 "XLSX in". */
export interface SheetLimits {
  readonly columns: number;
  readonly rows: number;
  /** Characters of one cell; a spreadsheet takes 32,767. */
  readonly cell: number;
  readonly textBytes: number;
  readonly workbookBytes: number;
  readonly entries: number;
  readonly unpackedBytes: number;
  /** Unpacked to packed, of any one part. */
  readonly ratio: number;
  readonly heapMb: number;
}

const megabyte = 1024 * 1024;

export const sheetLimits: SheetLimits = {
  columns: 500,
  rows: 2_000_000,
  cell: 100_000,
  textBytes: 500 * megabyte,
  workbookBytes: 25 * megabyte,
  entries: 500,
  unpackedBytes: 200 * megabyte,
  ratio: 100,
  heapMb: 160,
};

/**
 * A cell as text that every later place can hold: no NUL, no half of a surrogate pair, no control that turns the direction of
 * what is written after it, no space around it.
 */
export function cleanCell(text: string): string {
  const trimmed = text.trim();
  return suspicious.test(trimmed) ? trimmed.replaceAll(suspiciousAll, '').trim() : trimmed;
}

const suspicious = /(?![\t\n\r])\p{Cc}|[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/u;
const suspiciousAll = new RegExp(suspicious, 'gu');
