import type { Selectable } from 'kysely';
import type { Schema } from '../../../bot/db/schema.js';

/** A row as plain data: instants as text, jsonb as its value, generated columns left out. */
type Stamp<V> = V extends Date ? string : V;
type Generated = 'feed' | 'words';
type Plain<T> = {
  readonly [C in Exclude<keyof Selectable<T>, Generated>]: Stamp<Selectable<T>[C]>;
};

export type DemoRows<Table extends keyof Schema> = Plain<Schema[Table]>[];

export const councilTables = [
  'authority_setting',
  'office_hours',
  'cluster',
  'school',
  'team',
  'person',
  'person_role',
  'absence',
  'school_date',
  'learner',
  'learner_scope',
  'learner_link',
  'learner_fact',
  'support_request',
  'request_message',
  'request_feedback',
  'saved_view',
  'call_note',
  'review',
  'review_attendee',
  'activity',
] as const satisfies readonly (keyof Schema)[];

export const directoryTables = [
  'directory.authority',
  'directory.tenant',
  'directory.tenant_authority',
  'directory.registration',
  'directory.identity',
  'directory.conversation',
  'directory.reference',
] as const satisfies readonly (keyof Schema)[];

/** Every row of one council, table by table. */
export type CouncilRows = { readonly [Table in (typeof councilTables)[number]]: DemoRows<Table> };
export type DirectoryRows = { readonly [Table in (typeof directoryTables)[number]]: DemoRows<Table> };
