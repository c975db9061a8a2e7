import type { ColumnDeclaration, Retention } from './column.js';

/** The columns of migration 0007, in the words of catalogue.ts. */
const ours = (retention: Retention): ColumnDeclaration => ({
  ...{ origin: 'ours', sensitivity: 'none', retention, subjectAccess: 'none', erasure: 'keep' },
});
const written: ColumnDeclaration = {
  ...{ origin: 'person', sensitivity: 'text', retention: 'request', subjectAccess: 'both', erasure: 'blank' },
};
const council: ColumnDeclaration = {
  ...{ origin: 'council', sensitivity: 'none', retention: 'reference', subjectAccess: 'none', erasure: 'keep' },
};
const fromTeams: ColumnDeclaration = {
  ...{ origin: 'microsoft', sensitivity: 'none', retention: 'staff', subjectAccess: 'none', erasure: 'keep' },
};

const all = (names: readonly string[], declaration: ColumnDeclaration) =>
  Object.fromEntries(names.map((name) => [name, declaration]));

export const stateColumns: Readonly<Record<string, ColumnDeclaration>> = all(
  ['routing', 'due_why', 'child_due_at', 'paused_at', 'school_due_at', 'phone_them', 'undo'],
  ours('request'),
);
export const boundColumns: Readonly<Record<string, ColumnDeclaration>> = {
  name: council,
  team_id: fromTeams,
  bound_at: ours('staff'),
};
export const schoolDateColumns: Readonly<Record<string, ColumnDeclaration>> = { import_id: ours('reference') };

const aboutRequest = ['authority_id', 'request_id', 'learner_id', 'asker_id'] as const;

export const statesTables: Readonly<Record<string, Readonly<Record<string, ColumnDeclaration>>>> = {
  request_pause: all([...aboutRequest, 'pause_id', 'from_at', 'until_at', 'ended_by', 'owner_id'], ours('request')),
  request_decision: {
    ...all([...aboutRequest, 'decision_id', 'kind', 'actor_id', 'at'], ours('request')),
    ...all(['reason', 'signpost', 'service', 'said_by'], written),
  },
  request_told: {
    ...all([...aboutRequest, 'told_id', 'told_at', 'noted_by', 'noted_at'], ours('request')),
    who: written,
  },
  request_step: all([...aboutRequest, 'step_id', 'round', 'step', 'person_id', 'at'], ours('request')),
  request_notice: all(['authority_id', 'notice_id', 'request_id', 'person_id', 'about', 'at'], ours('request')),
  request_load: all(['authority_id', 'request_id', 'person_id'], ours('request')),
  calendar_import: {
    ...all(['authority_id', 'import_id', 'format', 'taken', 'unchanged', 'rejected', 'by', 'at'], ours('reference')),
    file_name: council,
  },
};
