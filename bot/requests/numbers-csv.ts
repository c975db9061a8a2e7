import type { Numbers, NumbersRow } from './numbers-contract.js';

/**
 * A cell that a spreadsheet takes as text or a number and never as a formula. One that begins with = + - @, tab, CR or LF
 * gets a single quote in front (OWASP, CSV injection; LF added in 2025); everything that could end a cell is quoted. Pure.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^\s*[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",;\r\n\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (cells: readonly (string | number | null)[]) => `${cells.map(csvCell).join(',')}\r\n`;

const columns = [
  ...['key', 'name', 'asked', 'answered', 'open', 'otherwise', 'overdue', 'reopened', 'transferred', 'closed'],
  ...['helped_yes', 'helped_partly', 'helped_no', 'first_answer_n', 'first_answer_median_minutes'],
  ...['first_answer_90th_minutes', 'close_n', 'close_median_minutes', 'close_90th_minutes'],
];

/** What is withheld is an empty cell, and a line at the top says so. Lines one by one, for a stream. */
export function* numbersCsv(numbers: Numbers): Generator<string> {
  // A byte order mark: without it Excel reads names with accents as something else.
  yield `\uFEFF${csvLine(['requests', numbers.by, numbers.period.from, numbers.period.until, 'as of', numbers.asOf])}`;
  if (numbers.suppressed) yield csvLine(['Empty cells are under five, or would give away one that is.']);
  yield csvLine(columns);
  for (const row of numbers.rows) yield csvLine(cellsOf(row));
  yield csvLine(['total', ...cellsOf(numbers.total).slice(1)]);
}

function cellsOf(row: NumbersRow): (string | number | null)[] {
  const { helped, firstAnswer, close } = row;
  return [
    ...[row.key ?? 'none', row.name, row.asked, row.answered, row.open, row.otherwise, row.overdue, row.reopened],
    ...[row.transferred, row.closed, helped.yes, helped.partly, helped.no],
    ...[firstAnswer.n, firstAnswer.median, firstAnswer.ninetieth, close.n, close.median, close.ninetieth],
  ];
}
