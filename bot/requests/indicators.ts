/** The wellbeing indicators of the national practice model (reference domain 1.1, SHANARRI), in its own order. Pure. */
export const indicators = [
  'safe',
  'healthy',
  'achieving',
  'nurtured',
  'active',
  'respected',
  'responsible',
  'included',
] as const;
export type Indicator = (typeof indicators)[number];

/** How the learner's own view is given: their words; "will ask by …"; or why they were not asked (product.md A.3). */
export const viewKinds = ['words', 'will-ask', 'not-asked'] as const;
