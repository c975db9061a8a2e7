import type { Comparison } from './comparisons.js';
import type { FieldKind } from './normalise.js';

/**
 * Brothers and sisters are neither one person nor strangers: they share surname, home and school, and are as different as
 * any two children in first name, sex and number. Counted as strangers, their agreement looks like proof; so pairs of relatives
 * are a third kind of pair, whose share and likeness are estimated with the rest (weights.ts). Pure.
 */
export interface Relatives {
  /** The share of all pairs that are relatives. 0 where nothing would tell them from one person. */
  readonly share: number;
  /** Of pairs of relatives, the share at each level, by column and level; 0 at level 0. */
  readonly k: readonly Float64Array[];
}

const shared: readonly FieldKind[] = ['surname', 'postcode', 'text', 'number', 'category'];

export function isShared(kind: FieldKind): boolean {
  return shared.includes(kind);
}

/** About 15 in 1,000 maternities are of twins, so about this share of pairs of brothers and sisters. */
const twins = 0.025;

/** What relatives are like in a field that they do not share: any two people, but for twins' birth date. */
export function asStrangers(kind: FieldKind, { exact }: Comparison, u: Float64Array): Float64Array {
  if (kind !== 'birth-date') return u;
  return u.map((share, level) => (level === exact ? twins + (1 - twins) * share : (1 - twins) * share));
}

/** Before anything is learnt of a field that relatives share. */
export function firstLikeness({ exact, levels }: Comparison): Float64Array {
  const others = levels.length - 2;
  return Float64Array.from(levels, (_, level) => (level === 0 ? 0 : level === exact ? 0.8 : 0.2 / others));
}

/** First name and birth date are what tells a relative from the same person. */
export function canTell(kinds: readonly FieldKind[]): boolean {
  return kinds.includes('forename') && kinds.includes('birth-date') && kinds.some((kind) => isShared(kind));
}
