import { gunzipSync, inflateSync } from 'node:zlib';

/**
 * Everything that a text could say to somebody who looks harder: JSON and HTML escapes, percent and quoted-printable
 * encoding, hexadecimal, base64 in both alphabets, and what is compressed inside those; in each other, three deep.
 */
export function* readings(text: string, depth = 3): Generator<string> {
  yield text;
  if (depth === 0) return;
  for (const decode of [unescaped, percentDecoded, entitiesDecoded, quotedPrintable]) {
    const read = decode(text);
    if (read !== text) yield* readings(read, depth - 1);
  }
  for (const bytes of hidden(text)) {
    const read = textOf(bytes);
    if (read !== null) yield* readings(read, depth - 1);
  }
}

/** The same of bytes off a wire, which may be compressed. */
export function* readingsOf(bytes: Uint8Array): Generator<string> {
  yield* readings(Buffer.from(bytes).toString('utf8'));
  for (const inner of inflated(bytes)) yield* readings(inner.toString('utf8'));
}

function unescaped(text: string): string {
  return text
    .replace(/\\+u\{?([0-9a-f]{4,6})\}?/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/\\+x([0-9a-f]{2})/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/\\(["'\\/])/g, '$1');
}

function percentDecoded(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
    .replace(/\+/g, ' ');
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function entitiesDecoded(text: string): string {
  return text
    .replace(/&#(\d{1,7});?/g, (_, code: string) => character(Number(code)))
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, code: string) => character(Number.parseInt(code, 16)))
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => named[name] ?? '');
}

function quotedPrintable(text: string): string {
  return text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code: string) => character(Number.parseInt(code, 16)));
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** Runs that could be bytes in disguise. */
function* hidden(text: string): Generator<Buffer> {
  for (const [run] of text.matchAll(/[0-9a-f]{16,}/gi)) if (run.length % 2 === 0) yield Buffer.from(run, 'hex');
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{12,}={0,2}/g)) yield Buffer.from(run, 'base64url');
}

/** Null for what reads like nothing. */
function textOf(bytes: Buffer): string | null {
  const [whole] = inflated(bytes);
  const text = (whole ?? bytes).toString('utf8');
  const readable = text.replace(/[^\x20-\x7e\u00a0-\u024f\r\n\t]/g, '').length;
  return readable >= text.length * 0.9 ? text : null;
}

/** gzip and zlib say by their first bytes what they are. */
function inflated(bytes: Uint8Array): Buffer[] {
  const [first, second] = bytes;
  const inflate = first === 0x1f && second === 0x8b ? gunzipSync : first === 0x78 ? inflateSync : null;
  try {
    return inflate ? [inflate(bytes)] : [];
  } catch {
    return []; // it only looked like it
  }
}
