import type { matchingWords } from '../../language/en/matching.js';
import type { FieldKind } from './normalise.js';
import type { Records } from './records.js';
import type { Scorer } from './scoring.js';
import { probabilityOf } from './weights.js';

/** A sentence to be said: its key in bot/language/en/matching.ts and what goes into it. */
export interface Sentence {
  readonly key: keyof typeof matchingWords;
  readonly values: { readonly a: string; readonly b: string };
}

/** One step of the waterfall: what it says, what it adds, and where the sum stands after it, in bits. */
export interface Step {
  readonly sentence: Sentence;
  readonly bits: number;
  readonly sum: number;
}

export interface Explanation {
  /** From the prior over each field to the whole. */
  readonly steps: readonly Step[];
  readonly weight: number;
  /** 0 to 1, for these two alone, other candidates left aside. */
  readonly probability: number;
}

/** `written(record, field)` is the value as it stands in the record, for the sentence; it names the child. */
export function explainPair(
  records: Records,
  scorer: Scorer,
  a: number,
  b: number,
  written: (record: number, field: string) => string,
): Explanation {
  const { levels, weights, kinship } = scorer.evidence(a, b);
  const steps: Step[] = [{ sentence: plain('evidence.prior'), bits: scorer.prior, sum: scorer.prior }];
  const step = (sentence: Sentence, bits: number) =>
    steps.push({ sentence, bits, sum: (steps.at(-1)?.sum ?? 0) + bits });
  for (const [at, { spec, comparison }] of records.columns.entries()) {
    const level = comparison.levels[levels[at] ?? 0] ?? 'missing';
    step(
      { key: keyOf(spec.kind, level), values: { a: written(a, spec.name), b: written(b, spec.name) } },
      weights[at] ?? 0,
    );
  }
  if (kinship < -0.05) step(plain('evidence.kinship'), kinship);
  const weight = steps.at(-1)?.sum ?? scorer.prior;
  return { steps, weight, probability: probabilityOf(weight) };
}

function plain(key: Sentence['key']): Sentence {
  return { key, values: { a: '', b: '' } };
}

type Said<Kind extends FieldKind> = Extract<Sentence['key'], `evidence.${Kind}.${string}`>;

/** Every sentence of a kind, by level: a level without words does not compile, or falls to `missing`. */
const sentences: Readonly<Partial<{ [Kind in FieldKind]: Readonly<Record<string, Said<Kind>>> }>> = {
  forename: said('forename', ['different', 'near', 'close', 'variant', 'exact', 'swapped']),
  surname: said('surname', ['different', 'near', 'close', 'variant', 'exact']),
  'birth-date': said('birth-date', ['different', 'same year', 'partly', 'estimated', 'slip', 'exchanged', 'exact']),
  sex: said('sex', ['different', 'exact']),
  postcode: said('postcode', ['different', 'area', 'sector', 'slip', 'exact']),
  category: said('category', ['different', 'exact']),
  scn: said('scn', ['different', 'slip', 'exact']),
};

function said<Kind extends FieldKind, Level extends string>(
  kind: Kind,
  levels: readonly Level[],
): Record<string, `evidence.${Kind}.${Level}`> {
  return Object.fromEntries(levels.map((level) => [level, `evidence.${kind}.${level}` as const]));
}

function keyOf(kind: FieldKind, level: string): Sentence['key'] {
  return sentences[kind]?.[level] ?? 'evidence.missing';
}
