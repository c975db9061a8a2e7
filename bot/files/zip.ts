import { SheetRefused } from '../context.js';
import type { SheetLimits } from './sheet.js';

/** One part of a workbook, as the package's own directory lists it. */
export interface ZipEntry {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly stored: boolean;
  readonly unpackedBytes: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;

/**
 * The parts of a ZIP package by its central directory, held to the limits before anything is unpacked: count, declared
 * sizes, ratio, and no part lying over another (the trick of the smallest bombs). Names are keys to look up and never paths:
 * nothing is written anywhere. Source: APPNOTE.TXT 4.3. Throws SheetRefused.
 */
export function readZip(bytes: Uint8Array, limits: SheetLimits): ReadonlyMap<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  if (count === 0xffff || count > limits.entries) throw new SheetRefused('unpacks-too-large', limits.entries);
  let at = view.getUint32(end + 16, true);
  const entries = new Map<string, ZipEntry>();
  const spans: { readonly from: number; readonly until: number }[] = [];
  let unpacked = 0;
  for (let index = 0; index < count; index += 1) {
    const found = readEntry(view, bytes, at, limits);
    at = found.next;
    unpacked += found.entry.unpackedBytes;
    if (unpacked > limits.unpackedBytes) throw new SheetRefused('unpacks-too-large', limits.unpackedBytes);
    // Two parts of one name are read differently by different programs.
    if (entries.has(found.entry.name)) throw new SheetRefused('damaged');
    entries.set(found.entry.name, found.entry);
    spans.push(found.span);
  }
  refuseOverlaps(spans);
  return entries;
}

function findEnd(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= first; at -= 1) if (view.getUint32(at, true) === endMark) return at;
  throw new SheetRefused('damaged');
}

function readEntry(view: DataView, bytes: Uint8Array, at: number, limits: SheetLimits) {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== entryMark) throw new SheetRefused('damaged');
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const packedBytes = view.getUint32(at + 20, true);
  const unpackedBytes = view.getUint32(at + 24, true);
  const nameLength = view.getUint16(at + 28, true);
  const local = view.getUint32(at + 42, true);
  if ((flags & 1) !== 0) throw new SheetRefused('old-or-locked');
  if (method !== 0 && method !== 8) throw new SheetRefused('damaged');
  if (unpackedBytes > limits.unpackedBytes) throw new SheetRefused('unpacks-too-large', limits.unpackedBytes);
  if (unpackedBytes > 1_000_000 && unpackedBytes > packedBytes * limits.ratio)
    throw new SheetRefused('unpacks-too-large', limits.ratio);
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== localMark) throw new SheetRefused('damaged');
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (from + packedBytes > view.byteLength) throw new SheetRefused('damaged');
  const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
  return {
    entry: { name, packed: bytes.subarray(from, from + packedBytes), stored: method === 0, unpackedBytes },
    span: { from: local, until: from + packedBytes },
    next: at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true),
  };
}

function refuseOverlaps(spans: readonly { readonly from: number; readonly until: number }[]): void {
  const sorted = spans.toSorted((a, b) => a.from - b.from);
  for (const [index, span] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next && next.from < span.until) throw new SheetRefused('unpacks-too-large');
  }
}
