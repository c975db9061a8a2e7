import type { ColumnDeclaration, Retention } from './column.js';

/** The columns of migration 0008, in the words of catalogue.ts. */
const ours = (retention: Retention): ColumnDeclaration => ({
  ...{ origin: 'ours', sensitivity: 'none', retention, subjectAccess: 'none', erasure: 'keep' },
});
const typed = (sensitivity: 'name' | 'text'): ColumnDeclaration => ({
  ...{ origin: 'person', sensitivity, retention: 'request', subjectAccess: 'both', erasure: 'blank' },
});
const own: ColumnDeclaration = {
  ...{ origin: 'person', sensitivity: 'none', retention: 'staff', subjectAccess: 'none', erasure: 'delete' },
};

/** Stems of the words beside it: blanked when they are, by PostgreSQL itself. */
export const wordsColumn: Readonly<Record<'words', ColumnDeclaration>> = { words: typed('text') };

export const triageTables: Readonly<Record<string, Readonly<Record<string, ColumnDeclaration>>>> = {
  saved_view: {
    ...{ authority_id: own, view_id: own, person_id: own, shared: own, name: own, filters: own, sort: own },
    ...{ version: own, saved_at: own },
  },
  call_note: {
    ...{ authority_id: ours('request'), note_id: ours('request'), request_id: ours('request') },
    ...{ learner_id: ours('request'), author_id: ours('request'), owner_id: ours('request') },
    ...{ who: typed('name'), agreed: typed('text'), by_on: ours('request'), noted_at: ours('request') },
    ...{ done_at: ours('request'), done_by: ours('request') },
  },
  request_heard: {
    ...{ authority_id: ours('request'), request_id: ours('request'), learner_id: ours('request') },
    ...{ asker_id: ours('request'), logged_by: ours('request'), heard_by: ours('request') },
    ...{ caller_name: typed('name'), caller_telephone: typed('name'), at: ours('request') },
  },
  last_looked: { authority_id: ours('staff'), person_id: ours('staff'), place: ours('staff'), at: ours('staff') },
  hand_over: {
    ...{ authority_id: ours('staff'), hand_over_id: ours('staff'), person_id: ours('staff') },
    ...{ to_id: ours('staff'), at: ours('staff'), undone_at: ours('staff') },
  },
  hand_over_item: {
    ...{ authority_id: ours('request'), hand_over_id: ours('request'), request_id: ours('request') },
    ...{ from_id: ours('request'), from_state: ours('request'), version: ours('request') },
  },
};
