import { randomUUID } from 'node:crypto';
import { cast, castLearners } from '../../infra/local/demo/cast.js';
import { kylebrae, strathlinn } from '../../infra/local/demo/places.js';
import { lists } from '../walls/lists.js';
import type { Call, IdKind, Known } from '../walls/route-shapes.js';
import { routes } from '../walls/routes.js';
import { viewers } from '../walls/viewers.js';
import type { Sighting } from './evidence.js';
import type { Told } from './journey.js';
import type { Scene } from './scene.js';

/** Answers by route and role: their statuses. */
export type Coverage = Map<string, Map<string, Set<number>>>;

/** Every route as every role, with the ids of the journey wherever a route takes one. */
export async function coverRoutes(scene: Scene, told: Told, school: string): Promise<Coverage> {
  const learner = castLearners.jamie.learnerId;
  const people = [cast.designatedManager.personId, cast.socialWorker.personId] as const;
  const known: Known = { request: told.request, learner, people, school };
  const ids: Readonly<Record<IdKind, string>> = {
    ...{ request: told.request, review: told.review, learner, school, person: cast.dataOfficer.personId },
    ...{ authority: kylebrae.authorityId, 'join-request': randomUUID(), delivery: randomUUID() },
    ...{ view: randomUUID(), 'call-note': randomUUID(), 'hand-over': randomUUID() },
    ...{ extract: randomUUID(), change: randomUUID(), match: randomUUID() },
  };
  const coverage: Coverage = new Map();
  for (const [who, { person }] of Object.entries(viewers))
    for (const [route, entry] of Object.entries(routes)) {
      const calls =
        'noIds' in entry
          ? plainCalls(route)
          : // Whoever serves both councils and chooses is no longer the one who has not chosen.
            entry.map(({ kind, call }) =>
              call(kind === 'authority' && who === 'undecided' ? randomUUID() : ids[kind], known),
            );
      for (const { method, path, body } of calls) {
        const { status } = await scene.call({ who, person, method, path, body, route });
        const row = coverage.get(route) ?? new Map<string, Set<number>>();
        row.set(who, (row.get(who) ?? new Set()).add(status));
        coverage.set(route, row);
      }
    }
  return coverage;
}

/** Routes that hold no ids: lists as they are asked for, and what anybody may read. Streams and doors have tests of their own. */
function plainCalls(route: string): Call[] {
  const [method = '', path = ''] = route.split(' ');
  if (path === '/api/live' || path === '/api/messages' || path.startsWith('/api/graph/')) return [];
  if (path === '/config/{tenantId}') return [{ method: 'GET', path: `/config/${cast.teacher.tenantId}` }];
  if (path === '/api/settings/{key}')
    return [{ method: 'PUT', path: '/api/settings/people.nothing', body: { value: strathlinn.name } }];
  const listed = lists.filter((call) => call.method === method && call.path === path);
  return listed.length > 0 ? listed : method === 'GET' ? [{ method: 'GET', path }] : [];
}

/** A line a route: for each role the statuses, and how many different tokens were read in the answers. */
export function tableOf(coverage: Coverage, seen: readonly Sighting[]): string {
  const roles = Object.keys(viewers);
  const counts = new Map<string, Set<string>>();
  for (const { token, surface, who, where } of seen)
    if (surface === 'api') counts.set(`${who} ${where}`, (counts.get(`${who} ${where}`) ?? new Set()).add(token.value));
  const cell = (route: string, role: string) => {
    const statuses = [...(coverage.get(route)?.get(role) ?? [])].join('/');
    const tokens = counts.get(`${role} ${route}`)?.size ?? 0;
    return statuses === '' ? '-' : `${statuses}${tokens > 0 ? `+${tokens}` : ''}`;
  };
  const width = 12;
  const line = (head: string, cells: readonly string[]) =>
    [head.padEnd(42), ...cells.map((one) => one.slice(0, width).padEnd(width))].join(' ');
  return [
    line('status+tokens seen', roles),
    ...[...coverage.keys()].map((route) =>
      line(
        route,
        roles.map((role) => cell(route, role)),
      ),
    ),
  ].join('\n');
}
