/**
 * Comma-separated text as spreadsheets write it (RFC 4180): quoted fields, doubled quotes, line ends inside quotes, CRLF or
 * LF, a byte order mark. A council's spreadsheet may use semicolons: the separator is whichever the first line has more of.
 */
export interface CsvRow {
  /** The line of the file on which the row begins, counted from 1 as a spreadsheet does. */
  readonly line: number;
  readonly fields: readonly string[];
}

export class CsvRefused extends Error {
  override readonly name = 'CsvRefused';
}

/** Rows that hold nothing are left out. Throws CsvRefused when a quote is never closed: what follows cannot be told apart. */
export function readCsv(text: string): CsvRow[] {
  const clean = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(clean);
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let [line, startedOn, at] = [1, 1, 0];
  const endRow = () => {
    if (fields.some((field) => field.trim() !== '')) rows.push({ line: startedOn, fields });
    fields = [];
    startedOn = line;
  };
  while (at <= clean.length) {
    const field = readField(clean, at, separator);
    fields.push(field.value);
    line += field.lines;
    const ended = clean[field.end];
    at = field.end + 1;
    if (ended === separator) continue;
    line += 1;
    endRow();
  }
  return rows;
}

interface Field {
  readonly value: string;
  /** Index of the separator or line end that closed it, or the text's length. */
  readonly end: number;
  /** Line ends inside it. */
  readonly lines: number;
}

function readField(text: string, from: number, separator: string): Field {
  if (text[from] !== '"') {
    let end = from;
    while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1;
    return { value: text.slice(from, end).replace(/\r$/, ''), end, lines: 0 };
  }
  let value = '';
  for (let at = from + 1; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (mark !== '"') value += mark;
    else if (text[at + 1] === '"') {
      value += mark;
      at += 1;
    } else {
      let end = at + 1;
      while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1;
      return { value, end, lines: value.split('\n').length - 1 };
    }
  }
  throw new CsvRefused('a quote is not closed');
}

function separatorOf(text: string): string {
  const first = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'));
  const count = (mark: string) => first.split(mark).length;
  return count(';') > count(',') ? ';' : ',';
}
