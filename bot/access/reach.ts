import { reachesAuthority, type RoleHeld, roles, type Role } from './roles.js';

/**
 * Which learners an actor reaches, worked out anew at the start of every transaction and then enforced by the database's own
 * policies through literal settings. A learner is reached through a school role, an allocation, a team, or a link; never when
 * restricted without a named grant (the allocated social worker excepted), and never through a declared conflict, which
 * outranks even break-glass. Source: product.md "Who may see whom".
 */
export interface Reach {
  readonly roles: readonly RoleHeld[];
  readonly mode: 'authority' | 'listed' | 'none';
  readonly only: readonly string[];
  readonly except: readonly string[];
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A literal that cannot break out of its quotes. Settings take no bind parameters, so the shape is checked instead. */
export function uuidLiteral(value: string): string {
  if (!uuidShape.test(value)) throw new TypeError('not a UUID');
  return `'${value}'`;
}

export interface ReachRow {
  readonly held: readonly { role: string; school_id: string | null; team_id: string | null }[];
  readonly ids: readonly string[];
}

/** `wide`: the learners that an authority-wide role does not reach; `listed`: those that any other does. */
export type ReachKind = 'wide' | 'listed';

/** Not restricted, or this person is the allocated worker, or named by a grant. */
const open = `(not s.restricted or s.social_worker_id = $2 or exists (select 1 from link g where g.kind = 'grant' and g.learner_id = s.learner_id))`;

const held = `
with held as materialized (
  select r.role, r.school_id, r.team_id from person_role r
  join person w on w.authority_id = $1 and w.person_id = r.person_id and (w.leaves_on is null or w.leaves_on > $3::date)
  where r.authority_id = $1 and r.person_id = $2 and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to >= $3)
), link as materialized (
  select learner_id, kind from learner_link
  where authority_id = $1 and person_id = $2 and valid_from <= $3 and (valid_to is null or valid_to >= $3)
), glass as materialized (
  select learner_id from break_glass
  where authority_id = $1 and person_id = $2 and started_at <= $4 and ends_at > $4
)`;

const listed = `
  select s.learner_id from learner_scope s
  where s.authority_id = $1 and s.social_worker_id = $2 and exists (select 1 from held where role in ('social-worker', 'team-manager'))
  union
  select s.learner_id from held h join learner_scope s on s.authority_id = $1 and s.school_id = h.school_id
  where h.role in ('pupil-support', 'designated-manager', 'school-head') and ${open}
  union
  select s.learner_id from held h join learner_scope s on s.authority_id = $1 and s.team_id = h.team_id
  where h.role = 'team-manager' and ${open}
  union
  select s.learner_id from link l join learner_scope s on s.authority_id = $1 and s.learner_id = l.learner_id
  where ${open} and (
       (l.kind = 'class-teacher' and s.school_id in (select school_id from held where role = 'class-teacher'))
    or (l.kind = 'named-person' and s.school_id in (select school_id from held where role = 'named-person'))
    or (l.kind = 'reviewing-officer' and exists (select 1 from held where role = 'reviewing-officer')))
  union
  select learner_id from glass
  except
  select learner_id from link where kind = 'conflict'`;

const barred = `
  select s.learner_id from learner_scope s where s.authority_id = $1 and s.restricted
    and not exists (select 1 from link g where g.kind = 'grant' and g.learner_id = s.learner_id)
    and not exists (select 1 from glass b where b.learner_id = s.learner_id)
  union select learner_id from link where kind = 'conflict'`;

const answer = (ids: string) => `${held}
select coalesce((select json_agg(held) from held), '[]'::json) as held,
       array(select learner_id::text from (${ids}) as reached) as ids`;

/**
 * $1 authority, $2 person, $3 the London date and $4 the instant, both from ctx.clock. The texts never change, so that each
 * connection plans them once: planning took ten times as long as running. Each way of reaching a learner starts from what the
 * person holds and goes by an index. Which of the two counts is known when the roles are: kindOf says whether this was it.
 */
export const reachQueries: Readonly<Record<ReachKind, string>> = { wide: answer(barred), listed: answer(listed) };

function rolesOf(row: ReachRow): RoleHeld[] {
  return row.held.flatMap(({ role, school_id, team_id }) =>
    isRole(role) ? [{ role, schoolId: school_id, teamId: team_id }] : [],
  );
}

export function kindOf(row: ReachRow): ReachKind {
  return reachesAuthority(rolesOf(row)) ? 'wide' : 'listed';
}

/** The row must be the answer to the query of its own kind. */
export function reachOf(row: ReachRow): Reach {
  const held = rolesOf(row);
  if (held.length === 0) return { roles: held, mode: 'none', only: [], except: [] };
  if (kindOf(row) === 'wide') return { roles: held, mode: 'authority', only: [], except: row.ids };
  return { roles: held, mode: 'listed', only: row.ids, except: [] };
}

function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}

/** The settings that the policies read. SET LOCAL in a literal form is the only one that Citus sends to its workers. */
export function reachSettings(reach: Reach): string {
  const list = (ids: readonly string[]) => `'{${ids.map((id) => uuidLiteral(id).slice(1, -1)).join(',')}}'`;
  if (reach.mode === 'none') return `set local app.reach = ''`;
  if (reach.mode === 'authority')
    return `set local app.reach = 'authority'; set local app.reach_except = ${list(reach.except)}`;
  return `set local app.reach = 'listed'; set local app.reach_only = ${list(reach.only)}`;
}
