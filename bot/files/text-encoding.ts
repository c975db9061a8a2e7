import { SheetRefused } from '../context.js';

const [lineFeed, carriageReturn] = [10, 13];

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * How a text file is written, from its mark or, without one, from all of its bytes: valid UTF-8 is UTF-8 (nothing else
 * survives that by chance), every second byte nought is UTF-16, the rest is what Windows in Scotland writes. Reads the file
 * once through and keeps nothing of it. Throws SheetRefused for bytes that no text has and for a line that no table has.
 */
export async function encodingOf(bytes: AsyncIterable<Uint8Array>, longestLine: number): Promise<TextEncoding> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let valid = true;
  let line = 0;
  let marked: TextEncoding | null | undefined;
  for await (const part of bytes) {
    if (marked === undefined) {
      marked = encodingOfStart(part);
      if (marked !== null) return marked;
    }
    if (part.includes(0)) throw new SheetRefused('not-a-table');
    const end = Math.max(part.lastIndexOf(lineFeed), part.lastIndexOf(carriageReturn));
    line = end < 0 ? line + part.length : part.length - end;
    if (line > longestLine * 4) throw new SheetRefused('cell-too-large', longestLine);
    if (!valid) continue;
    try {
      utf8.decode(part, { stream: true });
    } catch {
      valid = false;
    }
  }
  if (valid) {
    try {
      utf8.decode();
    } catch {
      valid = false;
    }
  }
  return valid ? 'utf-8' : 'windows-1252';
}

function encodingOfStart(part: Uint8Array): TextEncoding | null {
  const [a, b, c] = part;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const start = part.subarray(0, 4096);
  const zeros = { even: 0, odd: 0 };
  start.forEach((byte, place) => {
    if (byte === 0) zeros[place % 2 === 0 ? 'even' : 'odd'] += 1;
  });
  const most = start.length * 0.35;
  if (zeros.odd > most && zeros.even === 0) return 'utf-16le';
  if (zeros.even > most && zeros.odd === 0) return 'utf-16be';
  return null;
}

/** The text, its mark left out; what is not valid becomes U+FFFD and is seen. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>, encoding: TextEncoding): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(encoding);
  for await (const part of bytes) yield decoder.decode(part, { stream: true });
  yield decoder.decode();
}
