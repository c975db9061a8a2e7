import { Inflate } from 'fflate';
import { type SaxesAttributePlain, SaxesParser } from 'saxes';
import { SheetRefused } from '../context.js';
import type { SheetLimits } from './sheet.js';
import type { ZipEntry } from './zip.js';

/** What a reader of one part wants to be told; names come without their prefix. */
export interface XmlReader {
  opened(name: string, attribute: (name: string) => string | undefined): void;
  closed?(name: string): void;
  text?(text: string): void;
}

/** Unpacked bytes already counted against the limit of the whole package. */
export interface Spent {
  bytes: number;
}

const sliceBytes = 16 * 1024;
const deepest = 64;

/**
 * Reads one part as it is unpacked, handing control back after every few kilobytes. No document type, so no entities of its
 * own and nothing fetched; bytes are counted while they come out, whatever the directory said. Throws SheetRefused.
 */
export function* readXml(
  entry: ZipEntry,
  reader: XmlReader,
  { limits, spent }: { readonly limits: SheetLimits; readonly spent: Spent },
): Generator<void> {
  const decoder = new TextDecoder();
  let [silent, depth] = [0, 0];
  const parser = new SaxesParser({});
  parser.on('doctype', () => refuse('has-declarations'));
  parser.on('error', () => refuse('damaged'));
  parser.on('opentag', (tag) => {
    silent = 0;
    depth += 1;
    if (depth > deepest) refuse('damaged');
    reader.opened(bareName(tag.name), (name) => attributeOf(tag.attributes, name));
  });
  parser.on('closetag', (tag) => {
    silent = 0;
    depth -= 1;
    reader.closed?.(bareName(tag.name));
  });
  parser.on('text', (text) => reader.text?.(text));
  parser.on('cdata', (text) => reader.text?.(text));
  for (const part of unpacked(entry, limits, spent)) {
    const text = decoder.decode(part, { stream: true });
    silent += text.length;
    // One text this long is no cell: stop before the parser has put all of it together.
    if (silent > limits.cell * 2 + part.length) throw new SheetRefused('cell-too-large', limits.cell);
    parser.write(text);
    yield;
  }
  parser.close();
}

function refuse(code: 'has-declarations' | 'damaged'): never {
  throw new SheetRefused(code);
}

function* unpacked(entry: ZipEntry, limits: SheetLimits, spent: Spent): Generator<Uint8Array> {
  let produced = 0;
  const count = (part: Uint8Array) => {
    produced += part.length;
    spent.bytes += part.length;
    if (spent.bytes > limits.unpackedBytes) throw new SheetRefused('unpacks-too-large', limits.unpackedBytes);
    if (produced > entry.unpackedBytes) throw new SheetRefused('damaged');
    return part;
  };
  const ready: Uint8Array[] = [];
  const inflate = new Inflate((part) => void ready.push(count(part)));
  for (let at = 0; at < entry.packed.length; at += sliceBytes) {
    const slice = entry.packed.subarray(at, at + sliceBytes);
    if (entry.stored) ready.push(count(slice));
    else push(inflate, slice, at + sliceBytes >= entry.packed.length);
    yield* ready.splice(0);
  }
  if (produced !== entry.unpackedBytes) throw new SheetRefused('damaged');
}

function push(inflate: Inflate, slice: Uint8Array, last: boolean): void {
  try {
    inflate.push(slice, last);
  } catch (error) {
    throw error instanceof SheetRefused ? error : new SheetRefused('damaged');
  }
}

function bareName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function attributeOf(
  attributes: Readonly<Record<string, SaxesAttributePlain | string>>,
  name: string,
): string | undefined {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return typeof value === 'string' ? value : value?.value;
}
