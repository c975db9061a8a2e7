import type { Attribute, FactSource, LinkKind } from './learner.js';

/** A learner as a list shows one: the label is what the viewer may see there. */
export interface LearnerChoice {
  readonly id: string;
  readonly label: string;
}

export interface LinkPerson {
  readonly learnerId: string;
  readonly personId: string;
  readonly kind: LinkKind;
  readonly reason?: string;
}

export interface RecordFact {
  readonly learnerId: string;
  readonly attribute: Attribute;
  readonly value: string | boolean | null;
  readonly source: FactSource;
  /** 'YYYY-MM-DD', or null when nobody knows since when. */
  readonly validFrom: string | null;
}

export interface BreakGlass {
  readonly learnerId: string;
  /** A sentence: at least ten characters. */
  readonly reason: string;
}
