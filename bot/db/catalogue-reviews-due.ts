import type { ColumnDeclaration } from './column.js';

/** The columns of migration 0011, in the words of catalogue.ts. */
const ours: ColumnDeclaration = {
  ...{ origin: 'ours', sensitivity: 'none', retention: 'review', subjectAccess: 'none', erasure: 'keep' },
};
const care: ColumnDeclaration = {
  ...{ origin: 'person', sensitivity: 'care', retention: 'review', subjectAccess: 'both', erasure: 'blank' },
};
const written: ColumnDeclaration = { ...care, sensitivity: 'text' };

const all = (names: readonly string[], declaration: ColumnDeclaration) =>
  Object.fromEntries(names.map((name) => [name, declaration]));

export const outcomeColumns: Readonly<Record<string, ColumnDeclaration>> = {
  ...all(['series', 'held_on', 'joint', 'outcome_by', 'outcome_at', 'write_pending'], ours),
  ...all(['late_because', 'not_held_because', 'views_asked'], written),
};
export const attendedColumns: Readonly<Record<string, ColumnDeclaration>> = all(['attended', 'removed_at'], ours);

export const dueTables: Readonly<Record<string, Readonly<Record<string, ColumnDeclaration>>>> = {
  review_fact: {
    ...all(['authority_id', 'fact_id', 'learner_id', 'series', 'source', 'review_id'], ours),
    ...all(['recorded_by', 'recorded_at', 'replaced_by', 'ended_at'], ours),
    ...all(['event', 'happened_on', 'every_count', 'every_unit', 'first_by', 'under_school_age'], care),
    said: written,
  },
  released_slot: all(['authority_id', 'slot_id', 'person_id', 'from_at', 'until_at', 'released_by', 'released_at'], {
    ...ours,
    retention: 'staff',
  }),
  review_plan: all(
    [
      ...['authority_id', 'plan_id', 'state', 'version', 'from_on', 'until_on', 'minutes', 'gap'],
      ...['made_by', 'made_at', 'read_at', 'sent_at'],
    ],
    ours,
  ),
  review_plan_item: {
    ...all(['authority_id', 'plan_id', 'item_id', 'learner_id', 'people', 'starts_at', 'locked', 'state'], ours),
    ...all(['why', 'review_id'], ours),
    ...all(['series', 'rule', 'due_on'], care),
  },
};
