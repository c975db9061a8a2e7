import { type NumberMeaning, numberText } from './number-format.js';
import { SheetRefused } from '../context.js';
import { cleanCell, type SheetLimits, type SheetRow } from './sheet.js';
import type { XmlReader } from './xml.js';

export interface RowSettings {
  readonly limits: SheetLimits;
  readonly from1904: boolean;
  readonly strings: readonly string[];
  readonly meanings: readonly NumberMeaning[];
}

interface Cell {
  readonly column: number;
  readonly type: string;
  readonly meaning: NumberMeaning;
  text: string;
}

const rowsAtOnce = 1_000;
const charactersAtOnce = 1_000_000;

/**
 * Puts a sheet's rows together from what its XML tells. Characters are counted as they would be if written out: a workbook
 * may name one long string a million times.
 */
export function rowReader(settings: RowSettings): XmlReader & { ready(): boolean; take(): SheetRow[] } {
  const { limits } = settings;
  let rows: SheetRow[] = [];
  let [waiting, written, number] = [0, 0, 0];
  let fields: string[] = [];
  let cell: Cell | null = null;
  let reading = false;

  function endCell(done: Cell): void {
    const text = cellText(done, settings);
    if (text === '') return;
    if (done.column >= limits.columns) throw new SheetRefused('too-many-columns', limits.columns);
    while (fields.length < done.column) fields.push('');
    fields[done.column] = text;
  }

  function endRow(): void {
    const length = fields.reduce((sum, field) => sum + field.length, 0);
    if (length > limits.cell * 10) throw new SheetRefused('cell-too-large', limits.cell);
    written += length;
    waiting += length;
    if (written > limits.unpackedBytes) throw new SheetRefused('unpacks-too-large', limits.unpackedBytes);
    if (number > limits.rows) throw new SheetRefused('too-many-rows', limits.rows);
    if (fields.length > 0) rows.push({ number, fields });
    fields = [];
  }

  return {
    opened(name, attribute) {
      if (name === 'row') number = Number(attribute('r') ?? number + 1);
      if (name === 'c')
        cell = {
          column: columnOf(attribute('r')) ?? fields.length,
          type: attribute('t') ?? 'n',
          meaning: settings.meanings[Number(attribute('s') ?? 0)] ?? null,
          text: '',
        };
      reading = cell !== null && (name === 'v' || name === 't');
    },
    text(text) {
      if (!reading || !cell) return;
      cell.text += text;
      if (cell.text.length > limits.cell) throw new SheetRefused('cell-too-large', limits.cell);
    },
    closed(name) {
      if (name === 'v' || name === 't') reading = false;
      if (name === 'c' && cell) {
        endCell(cell);
        cell = null;
      }
      if (name === 'row') endRow();
    },
    ready: () => rows.length >= rowsAtOnce || waiting >= charactersAtOnce,
    take() {
      const taken = rows;
      [rows, waiting] = [[], 0];
      return taken;
    },
  };
}

function cellText({ type, text, meaning }: Cell, { strings, from1904 }: RowSettings): string {
  if (type === 's') return cleanCell(strings[Number(text)] ?? '');
  if (type === 'b') return text === '1' ? 'TRUE' : text === '' ? '' : 'FALSE';
  if (type === 'e') return '';
  if (type === 'n') return numberText(text.trim(), meaning, from1904);
  return cleanCell(text);
}

/** 'C7' is 2; null without letters. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (!letters) return null;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
