import type { ExtractField } from './extract.js';
import { educations, homes, stages } from './learner.js';

/**
 * Codes of ours that a column of theirs is mapped to. What a value means is a council's to say: only a value that is already
 * ours, as it stands or written out, is understood without being mapped. Nothing is invented (reference domain 9.8).
 */
export const codesOf: Readonly<Partial<Record<ExtractField, readonly string[]>>> = {
  stage: stages,
  education: educations,
  home: [...homes, 'secure', 'other'],
  status: ['looked-after', 'care-experienced', 'neither'],
  exclusionType: ['temporary', 'removed-from-register'],
  reviewState: ['held', 'booked', 'cancelled'],
};

/** Ours for a value that says so itself; undefined for one that a person must map. */
export function codeIn(field: ExtractField, value: string): string | undefined {
  const plain = plainOf(value);
  const stage = field === 'stage' ? stageOf(plain) : undefined;
  return stage ?? codesOf[field]?.find((code) => plainOf(code) === plain);
}

/** 'Looked After ' and 'looked-after' are one word. */
export function plainOf(value: string): string {
  return value
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '-');
}

function stageOf(plain: string): string | undefined {
  const found = /^(p|primary|s|secondary)-?0?([1-7])$/.exec(plain);
  if (!found) return undefined;
  const stage = `${(found[1] ?? '').charAt(0).toUpperCase()}${found[2] ?? ''}`;
  return stages.find((one) => one === stage);
}
