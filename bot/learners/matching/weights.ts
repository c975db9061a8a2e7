import type { Comparison } from './comparisons.js';
import type { FieldKind } from './normalise.js';
import { asStrangers, canTell, firstLikeness, isShared, type Relatives } from './relatives.js';

/**
 * Fellegi-Sunter weights found from the records themselves, by expectation maximisation over the patterns of agreement of
 * the pairs compared (Fellegi & Sunter 1969; Winkler 1988). No labels. Pure.
 *
 * All pairs of the files are the universe: those that share no key count as different people. `chance` (chance.ts) is how
 * often levels occur among all pairs; what the matches among them contribute is taken out of it, so that a file full of
 * duplicates does not make its own agreement look common.
 */
export interface Model {
  /** The share of all pairs that are one person. */
  readonly prior: number;
  /** Of pairs of one person, the share at each level, by column and level; 0 at level 0. */
  readonly m: readonly Float64Array[];
  /** The same of pairs of two people. */
  readonly u: readonly Float64Array[];
  /** The same where the column's parent agrees exactly (dependence.ts); equal to u where there is none. */
  readonly uGiven: readonly Float64Array[];
  /** By column the parent, or -1. */
  readonly parents: readonly number[];
  readonly relatives: Relatives;
}

/** A column as the estimate needs it. */
export interface Compared {
  readonly kind: FieldKind;
  readonly comparison: Comparison;
}

export interface Patterns {
  /** Levels of each pattern, by column. */
  readonly levels: readonly Uint8Array[];
  readonly counts: readonly number[];
}

export interface Universe {
  readonly pairs: number;
  /** How many of them are one person, as a first guess. */
  readonly expected: number;
}

/** Pairs that agree on a column's parent. */
export interface Family {
  readonly parent: number;
  readonly agreeing: Patterns;
}

/** What is believed before counting weighs as much as this many pairs, or as this share of the pairs found. */
const belief = 20;
const beliefShare = 0.02;

/** Before anything is learnt: what is usual of people, and chance. */
export function firstModel(columns: readonly Compared[], chance: readonly Float64Array[], universe: Universe): Model {
  const prior = Math.min(0.5, universe.expected / universe.pairs);
  const tells = canTell(columns.map(({ kind }) => kind));
  return {
    prior,
    m: columns.map(({ comparison }) => Float64Array.from([0, ...comparison.expected])),
    ...{ u: chance, uGiven: chance, parents: columns.map(() => -1) },
    relatives: {
      share: tells ? prior / 2 : 0,
      k: columns.map(({ kind, comparison }, at) =>
        isShared(kind) ? firstLikeness(comparison) : asStrangers(kind, comparison, chance[at] ?? new Float64Array(0)),
      ),
    },
  };
}

export function estimate(
  columns: readonly Compared[],
  patterns: Patterns,
  chance: readonly Float64Array[],
  families: readonly Family[],
  universe: Universe,
): Model {
  const parents = families.map(({ parent }) => parent);
  let model: Model = { ...firstModel(columns, chance, universe), parents };
  for (let round = 0; round < 60; round++) {
    const weigh = weigher(model, columns);
    const uGiven = families.map((family, at) => strangersGiven(model.u[at] ?? new Float64Array(0), family, at, weigh));
    const next = improve({ ...model, uGiven }, columns, patterns, chance, universe.pairs);
    const moved = Math.abs(Math.log(next.prior / model.prior));
    model = next;
    if (round > 10 && moved < 5e-4) break;
  }
  return model;
}

function improve(
  model: Model,
  columns: readonly Compared[],
  patterns: Patterns,
  chance: readonly Float64Array[],
  pairs: number,
): Model {
  const empty = () => columns.map(({ comparison }) => new Float64Array(comparison.levels.length));
  const [agreed, alike] = [empty(), empty()];
  const weigh = weigher(model, columns);
  let [matches, relations] = [0, 0];
  for (const [index, levels] of patterns.levels.entries()) {
    const { match, relative } = weigh(levels);
    const [asMatch, asRelative] = [2 ** match, 2 ** relative];
    const count = (patterns.counts[index] ?? 0) / (1 + asMatch + asRelative);
    matches += count * asMatch;
    relations += count * asRelative;
    if (count * Math.max(asMatch, asRelative) < 1e-9) continue;
    for (let at = 0; at < levels.length; at++) {
      const level = levels[at] ?? 0;
      add(agreed[at], level, count * asMatch);
      add(alike[at], level, count * asRelative);
    }
  }
  const prior = Math.min(0.5, Math.max(matches, 0.5) / pairs);
  const share = model.relatives.share === 0 ? 0 : Math.min(0.2, Math.max(relations, 0.01) / pairs);
  const trust = Math.max(belief, matches * beliefShare);
  const m = agreed.map((sums, at) =>
    sharesOf(sums, Float64Array.from([0, ...(columns[at]?.comparison.expected ?? [])]), trust),
  );
  const k = alike.map((sums, at) => {
    const column = columns[at];
    if (!column) return sums;
    if (isShared(column.kind)) return sharesOf(sums, firstLikeness(column.comparison), belief);
    return asStrangers(column.kind, column.comparison, model.u[at] ?? sums);
  });
  const u = chance.map((shares, at) => withoutKnown(shares, m[at] ?? shares, prior, k[at] ?? shares, share));
  return { ...model, prior, m, u, relatives: { share, k } };
}

function add(sums: Float64Array | undefined, level: number, value: number): void {
  if (sums) sums[level] = (sums[level] ?? 0) + value;
}

/** Bits for being one person and for being relatives, each against being strangers, with how many there are of them. */
export interface Weighed {
  readonly match: number;
  readonly relative: number;
}

export function weigher(model: Model, columns: readonly Compared[]): (levels: Uint8Array) => Weighed {
  const usual = model.m.map((m, at) => levelWeights(m, model.u[at]));
  const given = model.m.map((m, at) => levelWeights(m, model.uGiven[at]));
  const kin = model.relatives.k.map((k, at) => levelWeights(k, model.u[at]));
  const kinGiven = model.relatives.k.map((k, at) => levelWeights(k, model.uGiven[at]));
  const strangers = 1 - model.prior - model.relatives.share;
  const prior = Math.log2(model.prior / strangers);
  const before = Math.log2(Math.max(model.relatives.share, 1e-30) / strangers);
  return (levels) => {
    let [match, relative] = [prior, before];
    for (let at = 0; at < levels.length; at++) {
      const parent = model.parents[at] ?? -1;
      const hangs = parent >= 0 && levels[parent] === columns[parent]?.comparison.exact;
      match += (hangs ? given : usual)[at]?.[levels[at] ?? 0] ?? 0;
      relative += (hangs ? kinGiven : kin)[at]?.[levels[at] ?? 0] ?? 0;
    }
    return { match, relative };
  };
}

/** Bits that each level says: log2 of m over u; 0 at level 0. */
export function levelWeights(m: Float64Array, u: Float64Array | undefined): Float64Array {
  return m.map((share, level) =>
    level === 0 ? 0 : Math.log2(Math.max(share, 1e-9) / Math.max(u?.[level] ?? 1, 1e-12)),
  );
}

/** What strangers who agree on the parent are like here, by the model as it stands. */
function strangersGiven(
  usual: Float64Array,
  { parent, agreeing }: Family,
  at: number,
  weigh: (levels: Uint8Array) => Weighed,
): Float64Array {
  if (parent < 0) return usual;
  const sums = new Float64Array(usual.length);
  for (const [index, levels] of agreeing.levels.entries()) {
    const { match, relative } = weigh(levels);
    add(sums, levels[at] ?? 0, (agreeing.counts[index] ?? 0) / (1 + 2 ** match + 2 ** relative));
  }
  // Never rarer than among all strangers: a sample that saw nothing proves little.
  const shares = sharesOf(sums, usual, belief);
  return shares.map((share, level) => (level > 1 ? Math.max(share, usual[level] ?? 0) : share));
}

/** Shares over the levels that say something; what was believed before weighs `trust` pairs. */
function sharesOf(sums: Float64Array, expected: Float64Array, trust: number): Float64Array {
  let known = trust;
  for (let level = 1; level < sums.length; level++) known += sums[level] ?? 0;
  return sums.map((sum, level) => (level === 0 ? 0 : (sum + trust * (expected[level] ?? 0)) / known));
}

function withoutKnown(
  chance: Float64Array,
  m: Float64Array,
  prior: number,
  k: Float64Array,
  kin: number,
): Float64Array {
  const left = chance.map((share, level) => {
    const rest = share - prior * (m[level] ?? 0) - kin * (k[level] ?? 0);
    return Math.max(rest / (1 - prior - kin), share * 0.05, 1e-9);
  });
  let all = 0;
  for (let level = 1; level < left.length; level++) all += left[level] ?? 0;
  return left.map((share, level) => (level === 0 ? 0 : share / all));
}

/** Probability of a match weight in bits: the base 2 logarithm of the odds. */
export function probabilityOf(weight: number): number {
  return 1 / (1 + 2 ** -weight);
}
