import { type RawBuilder, sql } from 'kysely';
import type { Trx } from '../db/database.js';
import { foldedLetters, foldLetters } from '../people/person.js';
import type { RequestViewName } from './contract.js';
import { levels, needs, openStates, requestStates, urgencies } from './request.js';
import type { ListedColumns } from './rows.js';
import type { RequestFilters, RequestSort } from './triage-contract.js';
import type { Place } from './triage-cursor.js';
import type { SearchWords } from './triage-search.js';

/** What "now", "today" and "me" mean to whoever asks. */
export interface Asked {
  readonly at: Date;
  readonly endOfToday: Date;
  readonly endOfWeek: Date;
  readonly personId: string;
}

type Condition = RawBuilder<boolean>;
const all: Condition = sql<boolean>`true`;
export const both = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? all : sql<boolean>`(${sql.join(conditions, sql` and `)})`;

// Written out and not bound: a partial index is only used when the condition is known to the planner.
const open = sql<boolean>`r.state in (${sql.join(openStates.map((state) => sql.lit(state)))})`;

export function viewCondition(view: RequestViewName, now: Asked): Condition {
  if (view === 'new') return sql<boolean>`(${open} and r.state = 'submitted')`;
  if (view === 'mine') return sql<boolean>`(${open} and r.assignee_id = ${now.personId})`;
  if (view === 'due-today') return dueCondition('today', now);
  if (view === 'with-school') return sql<boolean>`(${open} and r.state = 'waiting-on-school')`;
  if (view === 'overdue') return dueCondition('overdue', now);
  return all;
}

/** While the school is waited for our clock stands: what was not late then is not yet, and when it is due is not known. */
function dueCondition(window: NonNullable<RequestFilters['due']>, now: Asked): Condition {
  if (window === 'overdue') return sql<boolean>`(${open} and r.due_at < coalesce(r.paused_at, ${now.at}))`;
  const runs = sql<boolean>`${open} and r.paused_at is null`;
  if (window === 'today') return sql<boolean>`(${runs} and r.due_at >= ${now.at} and r.due_at <= ${now.endOfToday})`;
  if (window === 'this-week') return sql<boolean>`(${runs} and r.due_at >= ${now.at} and r.due_at <= ${now.endOfWeek})`;
  if (window === 'later') return sql<boolean>`(${runs} and r.due_at > ${now.endOfWeek})`;
  return sql<boolean>`(${open} and r.due_at is null)`;
}

const several = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
const oneOf = (column: string, values: readonly string[]): Condition =>
  sql<boolean>`${sql.ref(column)} in (${sql.join([...values])})`;

export function filterCondition(filters: RequestFilters, now: Asked): Condition {
  const conditions: Condition[] = [];
  for (const [field, column] of [
    ['need', 'r.need'],
    ['level', 'r.level'],
    ['urgency', 'r.urgency'],
    ['state', 'r.state'],
    ['schoolId', 'r.school_id'],
    ['clusterId', 'r.cluster_id'],
    ['learnerId', 'r.learner_id'],
  ] as const) {
    const wanted = filters[field];
    if (wanted !== undefined) conditions.push(oneOf(column, several<string>(wanted)));
  }
  if (filters.assigneeId !== undefined) conditions.push(assigned(several<string>(filters.assigneeId), now));
  if (filters.due) conditions.push(dueCondition(filters.due, now));
  if (filters.askedFrom)
    conditions.push(sql<boolean>`r.submitted_at >= (${filters.askedFrom}::date at time zone 'Europe/London')`);
  if (filters.askedUntil)
    conditions.push(sql<boolean>`r.submitted_at < ((${filters.askedUntil}::date + 1) at time zone 'Europe/London')`);
  return both(conditions);
}

function assigned(wanted: readonly string[], now: Asked): Condition {
  const people = wanted.flatMap((one) => (one === 'nobody' ? [] : [one === 'me' ? now.personId : one]));
  const either = [
    ...(people.length > 0 ? [oneOf('r.assignee_id', people)] : []),
    ...(wanted.includes('nobody') ? [sql<boolean>`r.assignee_id is null`] : []),
  ];
  return sql<boolean>`(${sql.join(either, sql` or `)})`;
}

const folded = (text: RawBuilder<string>) =>
  sql<string>`translate(lower(${text}), ${sql.lit(foldedLetters.from)}, ${sql.lit(foldedLetters.to)})`;

/** Every word is in the story, the thread, the learner's name as far as it may be seen, or the school's. */
export function searchCondition(authorityId: string, { reference, words }: SearchWords): Condition {
  if (reference) return sql<boolean>`(r.reference >= ${reference} and r.reference < ${`${reference}~`})`;
  return both(
    words.map((word) => {
      const stem = sql`to_tsquery('english', ${`${word}:*`})`;
      const like = `%${foldLetters(word)}%`;
      return sql<boolean>`(r.words @@ ${stem}
        or r.learner_id in (select l.learner_id from learner l where l.authority_id = ${authorityId}
          and ${folded(sql<string>`concat_ws(' ', l.given_name, l.known_as, l.family_name)`)} like ${like})
        or r.school_id in (select s.school_id from school s where s.authority_id = ${authorityId} and ${folded(sql<string>`s.name`)} like ${like})
        or r.request_id in (select m.request_id from request_message m where m.authority_id = ${authorityId} and m.words @@ ${stem}))`;
    }),
  );
}

const placeIn = (column: string, codes: readonly string[]) =>
  sql<number>`coalesce(array_position(array[${sql.join(codes.map((code) => sql.lit(code)))}]::text[], ${sql.ref(column)}), 0)`;

/** To the microsecond, whatever zone and style the session has. */
const stamp = (column: string) =>
  sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') || '+00'`;

interface SortKey {
  /** Never null, so that a place in the order can be compared. */
  readonly key: RawBuilder<unknown>;
  readonly type: 'timestamptz' | 'text' | 'int';
  /** As text that its type reads back; absent where a cast says the same. */
  readonly text?: RawBuilder<string>;
}

const sortKeys: Record<RequestSort['by'], SortKey> = {
  asked: { key: sql`r.submitted_at`, type: 'timestamptz', text: stamp('r.submitted_at') },
  due: {
    key: sql`coalesce(r.due_at, 'infinity'::timestamptz)`,
    type: 'timestamptz',
    text: sql`coalesce(${stamp('r.due_at')}, 'infinity')`,
  },
  reference: { key: sql`r.reference`, type: 'text' },
  need: { key: placeIn('r.need', needs), type: 'int' },
  level: { key: placeIn('r.level', levels), type: 'int' },
  urgency: { key: placeIn('r.urgency', urgencies), type: 'int' },
  state: { key: placeIn('r.state', requestStates), type: 'int' },
  school: {
    key: sql`coalesce((select s.name from school s where s.authority_id = r.authority_id and s.school_id = r.school_id), '')`,
    type: 'text',
  },
  assignee: {
    key: sql`coalesce((select p.name from person p where p.authority_id = r.authority_id and p.person_id = r.assignee_id), '')`,
    type: 'text',
  },
};

const direction = (descending: boolean) => (descending ? sql`desc` : sql`asc`);

/** Beyond a place in the list, walking in the order that `backwards` says. */
function beyond({ sort, key, askedAt, id }: Place, backwards: boolean): Condition {
  const { key: column, type } = sortKeys[sort.by];
  const tie = sql<boolean>`(r.submitted_at, r.request_id) ${backwards ? sql`>` : sql`<`} (${askedAt}::timestamptz, ${id}::uuid)`;
  if (sort.by === 'asked' && sort.descending) return tie;
  const value = sql`${key}::${sql.raw(type)}`;
  const further = sort.descending === backwards ? sql`>` : sql`<`;
  return sql<boolean>`(${column} ${further} ${value} or (${column} = ${value} and ${tie}))`;
}

export interface Window {
  readonly where: readonly Condition[];
  readonly sort: RequestSort;
  readonly place: Place | null;
  readonly at: number;
  readonly limit: number;
}

export interface ListedRow extends ListedColumns {
  /** Where the row stands in the order, for a place. */
  readonly sort_key: string;
  readonly asked_key: string;
}

/**
 * The rows of one window, in the list's order whichever way it was walked, one more than `limit` when there are more. The
 * rows are found first, by what their index holds, and only then joined with names; no story is selected at all. The limit is
 * written out: bound, it is planned for a tenth of the table, which is then read whole for the sake of fifty names.
 */
export async function listWindow(trx: Trx, authorityId: string, window: Window): Promise<ListedRow[]> {
  const { sort, place } = window;
  const backwards = place?.towards === 'previous';
  const { key, text } = sortKeys[sort.by];
  const asked = sort.by === 'asked' && sort.descending;
  const order = asked
    ? sql`r.submitted_at ${direction(!backwards)}, r.request_id ${direction(!backwards)}`
    : sql`${key} ${direction(sort.descending !== backwards)}, r.submitted_at ${direction(!backwards)}, r.request_id ${direction(!backwards)}`;
  const where = both([...window.where, ...(place ? [beyond(place, backwards)] : [])]);
  const { rows } = await sql<ListedRow>`
    with page as materialized (
      select r.request_id, ${text ?? sql`(${key})::text`} as sort_key, row_number() over (order by ${order}) as place
      from support_request r where r.authority_id = ${authorityId} and ${where}
      order by ${order} limit ${sql.lit(window.limit + 1)} ${window.at > 0 ? sql`offset ${window.at}` : sql``}
    )
    select r.request_id, r.reference, r.version, r.state, r.level, r.need, r.urgency, r.school_id, r.learner_id,
      r.learner_initials, r.learner_class, r.asker_id, r.assignee_id, r.submitted_at, r.due_at, r.paused_at,
      asker.name as asker_name, asker.job_title as asker_title, assignee.name as assignee_name, s.name as school_name,
      l.given_name, l.family_name, l.known_as, l.stage, page.sort_key, ${stamp('r.submitted_at')} as asked_key
    from page
    join support_request r on r.authority_id = ${authorityId} and r.request_id = page.request_id
    join person asker on asker.authority_id = ${authorityId} and asker.person_id = r.asker_id
    left join person assignee on assignee.authority_id = ${authorityId} and assignee.person_id = r.assignee_id
    left join school s on s.authority_id = ${authorityId} and s.school_id = r.school_id
    left join learner l on l.authority_id = ${authorityId} and l.learner_id = r.learner_id
    order by page.place`.execute(trx);
  return backwards ? rows.reverse() : rows;
}

/** How many requests each of the conditions holds for, in one reading. Conditions on open requests alone read only those. */
export async function countAll(trx: Trx, authorityId: string, conditions: readonly Condition[]): Promise<number[]> {
  if (conditions.length === 0) return [];
  const counts = conditions.map((one, place) => sql`count(*) filter (where ${one}) as ${sql.ref(`n${place}`)}`);
  const any = sql<boolean>`(${sql.join([...conditions], sql` or `)})`;
  const { rows } = await sql<Record<string, string>>`
    select ${sql.join(counts)} from support_request r where r.authority_id = ${authorityId} and ${any}`.execute(trx);
  return conditions.map((_, place) => Number(rows[0]?.[`n${place}`] ?? 0));
}
