import { createHash } from 'node:crypto';

/** Chance that repeats itself: the same seed and stream give the same draws on every machine. */
export interface Seeded {
  /** 0 <= n < 1 */
  next(): number;
  /** least <= n <= most, whole */
  int(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
  /** By weight; a weight of 0 is never picked. */
  weighted<T>(from: readonly (readonly [T, number])[]): T;
  shuffled<T>(from: readonly T[]): T[];
  /** Shaped as a UUIDv7. Its time is fixed, so that a person keeps their id whatever day the council is made for. */
  id(): string;
  /** Crockford base32 */
  code(length: number): string;
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const madeAt = Date.UTC(2026, 0, 5, 9).toString(16).padStart(12, '0');

/** Streams are independent of each other: a change in one part of the demo council does not reshuffle the rest. */
export function seeded(seed: string, stream: string): Seeded {
  const next = sfc32(createHash('sha256').update(`${seed}/${stream}`).digest());
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const hex = (length: number) => Array.from({ length }, () => int(0, 15).toString(16)).join('');

  function pick<T>(from: readonly T[]): T {
    const picked = from[int(0, from.length - 1)];
    if (picked === undefined) throw new RangeError('picked from nothing');
    return picked;
  }

  function weighted<T>(from: readonly (readonly [T, number])[]): T {
    let left = next() * from.reduce((total, [, weight]) => total + weight, 0);
    for (const [value, weight] of from) if ((left -= weight) < 0) return value;
    throw new RangeError('no weight to pick by');
  }

  function shuffled<T>(from: readonly T[]): T[] {
    const keyed = from.map((value) => ({ value, key: next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
  }

  return {
    ...{ next, int, pick, weighted, shuffled },
    chance: (probability) => next() < probability,
    id: () => `${madeAt.slice(0, 8)}-${madeAt.slice(8)}-7${hex(3)}-${pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`,
    code: (length) => Array.from({ length }, () => crockford.charAt(int(0, 31))).join(''),
  };
}

/** Small Fast Counter, 32 bit (Chris Doty-Humphrey, PractRand): public domain, and the same in every JavaScript engine. */
function sfc32(from: Buffer): () => number {
  let [a, b, c, count] = [from.readUInt32LE(0), from.readUInt32LE(4), from.readUInt32LE(8), 1];
  const step = () => {
    const sum = (a + b + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  for (let warmUp = 0; warmUp < 12; warmUp++) step();
  return step;
}
