import type { ColumnDeclaration, Retention } from './column.js';

/** The columns of migration 0006, in the words of catalogue.ts. */
const ours = (retention: Retention): ColumnDeclaration => ({
  ...{ origin: 'ours', sensitivity: 'none', retention, subjectAccess: 'none', erasure: 'keep' },
});
const typedBy = (sensitivity: 'name' | 'care' | 'text', retention: Retention): ColumnDeclaration => ({
  ...{
    origin: 'person',
    sensitivity,
    retention,
    subjectAccess: 'both',
    erasure: retention === 'short' ? 'delete' : 'blank',
  },
});
const fromTeams: ColumnDeclaration = {
  ...{ origin: 'microsoft', sensitivity: 'none', retention: 'short', subjectAccess: 'none', erasure: 'keep' },
};

export const askedColumns: Readonly<Record<string, ColumnDeclaration>> = {
  indicators: typedBy('care', 'request'),
  view_kind: ours('request'),
  named_person: typedBy('name', 'request'),
  lead_professional: typedBy('name', 'request'),
  source_activity: fromTeams,
};

export const askingTables: Readonly<Record<string, Readonly<Record<string, ColumnDeclaration>>>> = {
  request_draft: {
    authority_id: ours('short'),
    draft_id: ours('short'),
    person_id: ours('short'),
    learner_id: ours('short'),
    step: ours('short'),
    typed: typedBy('text', 'short'),
    source_activity: fromTeams,
    started_at: ours('short'),
    expires_at: ours('short'),
  },
  request_waiting: {
    authority_id: ours('request'),
    waiting_id: ours('request'),
    asker_id: ours('request'),
    manager_id: ours('request'),
    learner_id: ours('request'),
    typed: typedBy('text', 'request'),
    source_activity: fromTeams,
    sent_at: ours('request'),
    decision: ours('request'),
    why: typedBy('text', 'request'),
    decided_at: ours('request'),
  },
  request_feedback: {
    authority_id: ours('request'),
    request_id: ours('request'),
    learner_id: ours('request'),
    asker_id: ours('request'),
    helped: ours('request'),
    changed: typedBy('text', 'request'),
    at: ours('request'),
  },
  change_told: {
    authority_id: ours('learner'),
    told_id: ours('learner'),
    teller_id: ours('learner'),
    learner_id: ours('learner'),
    learner_initials: typedBy('name', 'learner'),
    learner_class: typedBy('care', 'learner'),
    school_id: ours('learner'),
    kind: typedBy('care', 'learner'),
    what: typedBy('text', 'learner'),
    since_on: typedBy('care', 'learner'),
    told_at: ours('learner'),
  },
  exclusion_alert: {
    authority_id: ours('request'),
    alert_id: ours('request'),
    asker_id: ours('request'),
    school_id: ours('request'),
    cluster_id: ours('request'),
    state: ours('request'),
    version: ours('request'),
    step: ours('request'),
    taken_by: ours('request'),
    raised_at: ours('request'),
    taken_at: ours('request'),
  },
};
