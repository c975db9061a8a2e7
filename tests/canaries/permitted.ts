import type pg from 'pg';
import { asOwner } from '../support/builders.js';
import type { TestDatabase } from '../support/database.js';
import { cast } from '../../infra/local/demo/cast.js';
import { strathlinn } from '../../infra/local/demo/places.js';
import { viewers } from '../walls/viewers.js';
import type { Sighting } from './evidence.js';
import { marked, type Token } from './tokens.js';

/** Role -> the marked learners whom that person of the cast may see, worked out beside the product from what is stored. */
export type Reached = Readonly<Record<string, ReadonlySet<string>>>;

/** Of a record that is reached: the number and the home are not for the classroom, nor for who only books. */
const closer: readonly string[] = [
  ...['schoolHead', 'designatedManager', 'virtualSchoolHead', 'officer', 'dataOfficer'],
  ...['socialWorker', 'healthSocialWorker', 'teamManager', 'reviewingOfficer'],
];
const team: readonly string[] = ['virtualSchoolHead', 'officer', 'dataOfficer'];
const inSchool: readonly string[] = ['teacher', 'designatedManager', 'schoolHead'];

export async function reachedBy(database: TestDatabase): Promise<Reached> {
  const rows = await asOwner(database, strathlinn.authorityId, scopes);
  const reached = Object.entries(viewers).map(([role, { person }]) => {
    const may = rows.filter((row) => !row.conflicts.includes(person.personId) && mayReach(role, person.personId, row));
    return [role, new Set(may.map(({ of }) => of))] as const;
  });
  return Object.fromEntries(reached);
}

interface Scope {
  readonly of: string;
  readonly school: string | null;
  readonly worker: string | null;
  readonly team: string | null;
  readonly restricted: boolean;
  readonly conflicts: readonly string[];
  readonly officers: readonly string[];
  readonly schools: Readonly<Record<string, string>>;
  readonly teams: Readonly<Record<string, string>>;
}

function mayReach(role: string, personId: string, row: Scope): boolean {
  if (row.worker === personId) return true;
  if (row.restricted) return false;
  if (team.includes(role) || role === 'reviewCoordinator') return true;
  if (inSchool.includes(role)) return row.school !== null && row.schools[personId] === row.school;
  if (role === 'teamManager') return row.team !== null && row.teams[personId] === row.team;
  return role === 'reviewingOfficer' && row.officers.includes(personId);
}

async function scopes(client: pg.PoolClient): Promise<Scope[]> {
  const held = await client.query<{ person_id: string; school_id: string | null; team_id: string | null }>(
    'select person_id, school_id, team_id from person_role where person_id = any ($1)',
    [Object.values(cast).map(({ personId }) => personId)],
  );
  const by = (column: 'school_id' | 'team_id') =>
    Object.fromEntries(held.rows.flatMap((row) => (row[column] ? [[row.person_id, row[column]]] : [])));
  const found: Scope[] = [];
  for (const [of, { learnerId }] of Object.entries(marked)) {
    const scope = await client.query<{
      school: string | null;
      worker: string | null;
      team: string | null;
      restricted: boolean;
    }>(
      'select school_id as school, social_worker_id as worker, team_id as team, restricted from learner_scope where learner_id = $1',
      [learnerId],
    );
    const links = await client.query<{ person_id: string; kind: string }>(
      'select person_id, kind from learner_link where learner_id = $1',
      [learnerId],
    );
    const linked = (kind: string) => links.rows.filter((row) => row.kind === kind).map((row) => row.person_id);
    const [row] = scope.rows; // none: the other council's, whom nobody here may reach
    if (row)
      found.push({
        of,
        ...row,
        conflicts: linked('conflict'),
        officers: linked('reviewing-officer'),
        schools: by('school_id'),
        teams: by('team_id'),
      });
  }
  return found;
}

/** In the register a name is for whoever reaches the learner; a reason for a conflict is for nobody. */
function inRegister({ column, attribute }: Token, who: string, shownName: boolean): boolean {
  if (shownName) return true;
  if (column === 'learner.scn') return closer.includes(who);
  if (column !== 'learner_fact.value') return false;
  return attribute === 'home' ? closer.includes(who) : attribute === 'known-as' || attribute === 'non-disclosure';
}

/**
 * Whether this token may be read there. Names in the tab go to whom the learner is reached by: the team on every page, others
 * on reviews, the asker on their own request. Stories go to the team and to who wrote them. Everything else is nobody's.
 */
export function mayBeSeen(reached: Reached, { token, surface, who, where }: Sighting): boolean {
  const story = token.column.startsWith('support_request.') || token.column === 'request_message.body';
  // Stems of what was told stand beside it, as sensitive and as guarded.
  if (surface === 'database')
    return where === token.column || (story && where === `${token.column.split('.')[0] ?? ''}.words`);
  const known = reached[who]?.has(token.of) === true;
  const shownName = ['given_name', 'family_name', 'known_as', 'stage'].some(
    (column) => token.column === `learner.${column}`,
  );
  const unlisted = who === 'classTeacher' && token.of === 'the unlisted request';
  const ownStory = (who === 'teacher' && token.of.startsWith('Jamie')) || unlisted;
  if (surface === 'api') {
    if (where.includes('/api/learners')) return known && inRegister(token, who, shownName);
    const requests = where.includes('/api/requests');
    const reviews = where.includes('/api/reviews');
    const desk = team.includes(who) && ['/api/today', '/api/workload'].some((path) => where.includes(path));
    if (story) return requests && (team.includes(who) || ownStory);
    return shownName && known && (reviews || desk || (requests && (team.includes(who) || who === 'teacher')));
  }
  if (surface !== 'chat') return false;
  // Initials and stage in the form's list; the words come back to who is typing them; the team's last word to the asker.
  if (token.column === 'learner.stage') return known && where.startsWith('the form');
  if (token.column === 'request_message.body') return ownStory;
  return story && ownStory && (where === 'the form again' || where === 'the form, held');
}
