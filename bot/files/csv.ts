import { CsvError, type Options, parse, type Parser } from 'csv-parse';
import { delimiterOf } from './delimiter.js';
import { SheetRefused } from '../context.js';
import { cleanCell, type SheetLimits, type SheetRow } from './sheet.js';
import { decoded, encodingOf } from './text-encoding.js';

/** Enough for the first lines of any file. */
const startLength = 64 * 1024;
const rowsAtOnce = 1_000;

/**
 * Rows of delimited text as they come, in parts of a thousand; nothing of the file is kept. Quoted line ends, rows shorter or
 * longer than the first, stray quotes and lines without anything are as spreadsheets take them. The source is read twice.
 * Throws SheetRefused.
 */
export async function* readCsv(
  open: () => AsyncIterable<Uint8Array>,
  limits: SheetLimits,
): AsyncGenerator<readonly SheetRow[]> {
  const encoding = await encodingOf(open(), limits.cell * 10);
  const text = decoded(limited(open(), limits.textBytes), encoding);
  const start = await firstOf(text);
  const parser = parse(optionsOf(start, limits));
  const feeding = feed(parser, start, text);
  feeding.catch(() => undefined); // told through the parser, which is what is read
  yield* rowsOf(parser, limits);
  await feeding;
}

function optionsOf(start: string, limits: SheetLimits): Options {
  return {
    delimiter: delimiterOf(start),
    relax_column_count: true,
    relax_quotes: true,
    // A record may be no longer than its cells may be together, and a cell that long is told as what it is.
    max_record_size: limits.cell * 10,
    record_delimiter: start.includes('\r\n') ? ['\r\n', '\n'] : start.includes('\n') ? ['\n'] : ['\r'],
    skip_empty_lines: false,
    encoding: 'utf8',
  };
}

async function* rowsOf(parser: Parser, limits: SheetLimits): AsyncGenerator<readonly SheetRow[]> {
  let number = 0;
  let rows: SheetRow[] = [];
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      if (number > limits.rows) throw new SheetRefused('too-many-rows', limits.rows);
      const fields = fieldsOf(record, limits);
      if (fields) rows.push({ number, fields });
      if (rows.length < rowsAtOnce) continue;
      yield rows;
      rows = [];
    }
  } catch (error) {
    throw refusalOf(error, limits);
  }
  if (rows.length > 0) yield rows;
}

/** Null for a row that holds nothing. */
function fieldsOf(record: readonly string[], limits: SheetLimits): string[] | null {
  if (record.length > limits.columns && record.slice(limits.columns).some((field) => field.trim() !== ''))
    throw new SheetRefused('too-many-columns', limits.columns);
  const fields: string[] = [];
  let any = false;
  for (let place = 0; place < record.length && place < limits.columns; place += 1) {
    const raw = record[place] ?? '';
    if (raw.length > limits.cell) throw new SheetRefused('cell-too-large', limits.cell);
    const field = cleanCell(raw);
    any ||= field !== '';
    fields.push(field);
  }
  return any ? fields : null;
}

function refusalOf(error: unknown, limits: SheetLimits): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new SheetRefused('quote-not-closed');
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new SheetRefused('cell-too-large', limits.cell);
  return new SheetRefused('not-a-table');
}

async function firstOf(text: AsyncGenerator<string, void>): Promise<string> {
  let start = '';
  while (start.length < startLength) {
    const { value, done } = await text.next();
    if (done) break;
    start += value;
  }
  if (start.trim() === '') throw new SheetRefused('empty');
  return start;
}

/** Written as fast as the rows are read, so that a file of any length takes the same memory. */
async function feed(parser: Parser, start: string, rest: AsyncIterable<string>): Promise<void> {
  try {
    await write(parser, start);
    for await (const part of rest) if (part !== '') await write(parser, part);
    parser.end();
  } catch (error) {
    parser.destroy(error instanceof Error ? error : new Error('the file could not be read'));
    throw error;
  }
}

/** In small parts: a part that makes many rows would put all of them in memory at once. */
async function write(parser: Parser, text: string): Promise<void> {
  for (let from = 0; from < text.length; from += 16_384) {
    if (parser.destroyed) return;
    if (!parser.write(text.slice(from, from + 16_384))) await drained(parser);
  }
}

/** Resolves when there is room again, or nobody reads any more. */
function drained(parser: Parser): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      parser.off('drain', go).off('close', go);
      resolve();
    };
    parser.on('drain', go).on('close', go);
  });
}

async function* limited(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const part of bytes) {
    read += part.length;
    if (read > most) throw new SheetRefused('file-too-large', most);
    yield part;
  }
}
