import { compareDates, dateLevels } from './dates.js';
import { compareForenames, compareSurnames, nameLevels } from './names.js';
import type { FieldKind } from './normalise.js';
import { isAnagram, jaroWinkler, withinOneEdit } from './strings.js';

/**
 * How two values of a field agree, in a few levels: 0 is missing on either side and is no evidence, 1 is different, more is
 * more alike. Symmetric. Pure.
 */
export interface Comparison {
  readonly levels: readonly string[];
  /** The level of two equal values. */
  readonly exact: number;
  /** Takes two different or equal values, both known. */
  compare(a: string, b: string): number;
  /** Cheaper to compare again than to look up. */
  readonly quick: boolean;
  /** Rare values that agree say more than common ones. */
  readonly byFrequency: boolean;
  /** m before anything is known: of two records of one person, how often each level is expected; from level 1. */
  readonly expected: readonly number[];
}

const plainLevels = ['missing', 'different', 'exact'] as const;
const slipLevels = ['missing', 'different', 'slip', 'exact'] as const;
const postcodeLevels = ['missing', 'different', 'area', 'sector', 'slip', 'exact'] as const;
const textLevels = ['missing', 'different', 'a word', 'close', 'exact'] as const;

const equal: Comparison = {
  ...{ levels: plainLevels, exact: 2, quick: true, byFrequency: true, expected: [0.05, 0.95] },
  compare: (a, b) => (a === b ? 2 : 1),
};

const slipped: Comparison = {
  ...{ levels: slipLevels, exact: 3, quick: true, byFrequency: true, expected: [0.1, 0.05, 0.85] },
  compare: (a, b) => (a === b ? 3 : isSlip(a, b) ? 2 : 1),
};

function isSlip(a: string, b: string): boolean {
  return Math.min(a.length, b.length) > 1 && (withinOneEdit(a, b) || isAnagram(a, b));
}

/** The part before the last three of a British postcode is its area; of other codes, all but the last two. */
export function postcodeArea(code: string): string {
  return code.length >= 5 ? code.slice(0, -3) : code.slice(0, -2);
}

function comparePostcodes(a: string, b: string): number {
  if (a === b) return 5;
  if (isSlip(a, b)) return 4;
  const keptA = a.length >= 5 ? 3 : 2;
  const sameLength = a.length === b.length && keptA === (b.length >= 5 ? 3 : 2);
  if (!sameLength || !startsAlike(a, b, a.length - keptA)) return 1;
  return keptA === 3 && startsAlike(a, b, a.length - 2) ? 3 : 2;
}

function startsAlike(a: string, b: string, length: number): boolean {
  for (let at = 0; at < length; at++) if (a.charCodeAt(at) !== b.charCodeAt(at)) return false;
  return length > 0;
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 4;
  if (jaroWinkler(a, b) >= 0.9 || a.replaceAll(' ', '') === b.replaceAll(' ', '')) return 3;
  if (!a.includes(' ') && !b.includes(' ')) return 1;
  const words = new Set(a.split(' '));
  return b.split(' ').some((word) => word.length > 3 && words.has(word)) ? 2 : 1;
}

const nameShares = [0.08, 0.03, 0.08, 0.05, 0.75, 0.01] as const;

/** The comparison of each kind of field. */
export const comparisons: Readonly<Record<FieldKind, Comparison>> = {
  forename: {
    levels: nameLevels,
    exact: 5,
    quick: false,
    byFrequency: true,
    expected: nameShares,
    compare: compareForenames,
  },
  surname: {
    levels: nameLevels,
    exact: 5,
    quick: false,
    byFrequency: true,
    expected: nameShares,
    compare: compareSurnames,
  },
  'birth-date': {
    ...{ levels: dateLevels, exact: 7, quick: true, byFrequency: true, compare: compareDates },
    expected: [0.02, 0.02, 0.03, 0.02, 0.05, 0.01, 0.85],
  },
  postcode: {
    ...{ levels: postcodeLevels, exact: 5, quick: true, byFrequency: true, compare: comparePostcodes },
    expected: [0.15, 0.03, 0.02, 0.05, 0.75],
  },
  text: {
    ...{ levels: textLevels, exact: 4, quick: false, byFrequency: true, compare: compareTexts },
    expected: [0.15, 0.03, 0.07, 0.75],
  },
  sex: { ...equal, byFrequency: false },
  category: equal,
  scn: slipped,
  identifier: slipped,
  number: slipped,
};
