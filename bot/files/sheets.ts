import type { Sheets } from '../context.js';
import { readCsv } from './csv.js';
import { SheetRefused } from '../context.js';
import { type SheetLimits, sheetLimits } from './sheet.js';
import { readXlsx } from './xlsx.js';

/**
 * Reads files that people upload: hostile input, whoever sent it. What it is, is told by its first bytes and never by a name.
 */
export function createSheets(limits: SheetLimits = sheetLimits): Sheets {
  return {
    async *read(open) {
      const start = await startOf(open());
      if (start.length === 0) throw new SheetRefused('empty');
      if (begins(start, 'PK\u0003\u0004')) {
        yield* readXlsx(open(), limits);
        return;
      }
      // Compound files: workbooks before 2007, and newer ones under a password.
      if (begins(start, '\u00D0\u00CF\u0011\u00E0')) throw new SheetRefused('old-or-locked');
      if (foreign.some((mark) => begins(start, mark))) throw new SheetRefused('not-a-table');
      yield* readCsv(open, limits);
    },
  };
}

/** PDF, gzip, 7z, RAR, PNG, JPEG, RTF; and pages that call themselves .xls. */
const foreign = [
  ...['%PDF', '\u001F\u008B', '7z\u00BC\u00AF', 'Rar!', '\u0089PNG', '\u00FF\u00D8\u00FF', '{\\rtf', 'PK\u0005\u0006'],
  ...['<html', '<HTML', '<!DOC', '<!doc', '<?xml', '<table', '<TABLE', '<script'],
];

function begins(start: Uint8Array, mark: string): boolean {
  return [...mark].every((letter, place) => start[place] === letter.charCodeAt(0));
}

async function startOf(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const part of bytes) if (part.length > 0) return part.subarray(0, 16);
  return new Uint8Array();
}
