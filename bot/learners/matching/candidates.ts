import { type BlockingKey, blockingKeys } from './blocking.js';
import type { Records } from './records.js';

/**
 * Which records of the index to compare with one record: those that share a key with it, the rarest values first, until a
 * key's share of the work is used up. Pure. Shapes: record numbers of `records`.
 */
export interface CandidateIndex {
  /** Calls back once for each indexed record that shares a key with the record, itself excepted. */
  eachCandidate(record: number, visit: (other: number) => void): void;
  /** Adds one record to the index. */
  insert(record: number): void;
}

interface Postings {
  readonly key: BlockingKey;
  readonly mask: number;
  /** By bucket: where its run in `items` begins; the run ends where the next begins. */
  readonly starts: Int32Array;
  readonly items: Int32Array;
  readonly hashes: Uint32Array;
  /** Longer runs are not looked through. */
  readonly longest: number;
  /** What was inserted since. */
  readonly later: Map<number, number[]>;
}

const scratch = new Uint32Array(4);

/** Index of the records from..until. `askedFor` is how many records will be asked about, `work` pairs a key may cost. */
export function createCandidateIndex(
  records: Records,
  range: { readonly from: number; readonly until: number },
  load: { readonly askedFor: number; readonly work: number },
): CandidateIndex {
  const postings = postAll(blockingKeys(records), range, load);
  let stamps = new Int32Array(range.until).fill(-1);
  let stamp = 0;
  return {
    eachCandidate(record, visit) {
      stamp++;
      const see = (other: number) => {
        if (other === record || stamps[other] === stamp) return;
        stamps[other] = stamp;
        visit(other);
      };
      for (const posting of postings) {
        const found = posting.key.hashes(record, scratch);
        const hashes = found === 1 ? [scratch[0] ?? 0] : [...scratch.subarray(0, found)];
        for (const hash of hashes) lookThrough(posting, hash, see);
      }
    },
    insert(record) {
      if (record >= stamps.length) {
        const more = new Int32Array(Math.max(record + 1, stamps.length * 2)).fill(-1);
        more.set(stamps);
        stamps = more;
      }
      for (const { key, later } of postings) {
        const found = key.hashes(record, scratch);
        for (let at = 0; at < found; at++)
          later.set(scratch[at] ?? 0, [...(later.get(scratch[at] ?? 0) ?? []), record]);
      }
    },
  };
}

function lookThrough(
  { mask, starts, items, hashes, longest, later }: Postings,
  hash: number,
  see: (other: number) => void,
): void {
  const bucket = hash & mask;
  const [begin, end] = [starts[bucket] ?? 0, starts[bucket + 1] ?? 0];
  if (end - begin <= longest) for (let at = begin; at < end; at++) if (hashes[at] === hash) see(items[at] ?? 0);
  if (later.size > 0) for (const other of later.get(hash) ?? []) see(other);
}

/** A key of two features finds nothing new where one of the two alone is looked through in full. */
function postAll(
  keys: readonly BlockingKey[],
  range: Parameters<typeof post>[1],
  load: Parameters<typeof post>[2],
): Postings[] {
  const complete = new Set<string>();
  return keys.flatMap((key) => {
    if (key.parts.some((part) => complete.has(part))) return [];
    const { posting, all } = post(key, range, load);
    if (all && key.parts.length === 1) complete.add(key.parts[0] ?? '');
    return [posting];
  });
}

/** Counting sort of the records by bucket of their hashes. */
function post(
  key: BlockingKey,
  { from, until }: { readonly from: number; readonly until: number },
  load: { readonly askedFor: number; readonly work: number },
): { readonly posting: Postings; readonly all: boolean } {
  const buckets = 1 << Math.max(8, Math.ceil(Math.log2(Math.max(1, until - from) * 2)));
  const mask = buckets - 1;
  const starts = new Int32Array(buckets + 1);
  let total = 0;
  for (let record = from; record < until; record++) {
    const found = key.hashes(record, scratch);
    total += found;
    for (let at = 0; at < found; at++) {
      const bucket = ((scratch[at] ?? 0) & mask) + 1;
      starts[bucket] = (starts[bucket] ?? 0) + 1;
    }
  }
  const { longest, all } = longestRun(starts, load.work, load.askedFor / Math.max(1, until - from));
  for (let bucket = 0; bucket < buckets; bucket++)
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
  const [items, hashes] = [new Int32Array(total), new Uint32Array(total)];
  const ends = starts.slice(0, buckets);
  for (let record = from; record < until; record++) {
    const found = key.hashes(record, scratch);
    for (let at = 0; at < found; at++) {
      const hash = scratch[at] ?? 0;
      const to = ends[hash & mask] ?? 0;
      ends[hash & mask] = to + 1;
      items[to] = record;
      hashes[to] = hash;
    }
  }
  return { posting: { key, mask, starts, items, hashes, longest, later: new Map() }, all };
}

/** The longest run such that all runs up to it cost no more than `work` pairs, if who asks is spread like who is indexed. */
function longestRun(
  sizes: Int32Array,
  work: number,
  ratio: number,
): { readonly longest: number; readonly all: boolean } {
  let most = 0;
  for (const size of sizes) if (size > most) most = size;
  const bySize = new Float64Array(most + 1);
  for (const size of sizes) bySize[size] = (bySize[size] ?? 0) + 1;
  let spent = 0;
  for (let size = 1; size <= most; size++) {
    spent += (bySize[size] ?? 0) * size * size * ratio;
    if (spent > work) return { longest: size - 1, all: false };
  }
  return { longest: most, all: true };
}
