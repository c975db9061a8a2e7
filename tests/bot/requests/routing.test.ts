import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { levels, needs, urgencies } from '../../../bot/requests/request.js';
import {
  defaultQueue,
  type RoutedRequest,
  routeRequest,
  type RoutingLine,
  type RoutingTable,
  type Staffing,
} from '../../../bot/requests/routing.js';
import { explainRouting, sayDestination } from '../../../bot/requests/routing-words.js';
import { dueTargets, routingTable } from '../../../bot/requests/settings.js';

const north = '0197a000-0000-7000-8000-000000000001';
const school = '0197a000-0000-7000-8000-000000000002';
const request: RoutedRequest = {
  ...{ need: 'attendance', level: 'learner', urgency: 'today' },
  ...{ schoolId: school, clusterId: north, locality: 'Ardmore' },
};
const queue = (name: string) => ({ kind: 'queue', name }) as const;

/** A team of a, b and c. */
const team = (
  given: Partial<Record<'workers' | 'gone' | 'barred', string[]>> & {
    away?: Record<string, string | null>;
    open?: Record<string, number>;
  } = {},
): Staffing => ({
  workers: given.workers ?? [],
  mayTake: (id) => ['a', 'b', 'c'].includes(id) && !given.gone?.includes(id) && !given.barred?.includes(id),
  away: (id) => {
    const cover = given.away?.[id];
    return cover === undefined ? undefined : { cover };
  },
  open: (id) => given.open?.[id] ?? 0,
});
const lines = (...given: RoutingLine[]): RoutingTable => ({
  pools: [{ id: 'p', name: 'Pool', members: ['a', 'b', 'c'], channelId: '19:north' }],
  lines: given,
});
const route = (table: RoutingTable, staffing = team()) => routeRequest(request, table, staffing);

describe('which line decides', () => {
  test('the first that fits, and it says by what', () => {
    const table = lines(
      { need: 'wellbeing', to: queue('Wellbeing') },
      { need: 'attendance', clusterId: north, to: queue('North') },
      { need: 'attendance', to: queue('Attendance') },
    );
    expect(route(table)).toMatchObject({ to: queue('North'), line: 2, matched: ['need', 'clusterId'] });
  });
  test.each([
    ['need', { need: 'attendance' }],
    ['level', { level: 'learner' }],
    ['urgency', { urgency: 'today' }],
    ['schoolId', { schoolId: school }],
    ['clusterId', { clusterId: north }],
    ['locality', { locality: 'Ardmore' }],
  ] as const)('%s is asked about', (name, fits) => {
    expect(route(lines({ ...fits, to: queue('Q') }))).toMatchObject({ line: 1, matched: [name] });
    const other = {
      ...request,
      need: 'digital',
      level: 'school',
      urgency: 'no-hurry',
      schoolId: null,
      clusterId: null,
      locality: null,
    } as const;
    expect(routeRequest(other, lines({ ...fits, to: queue('Q') }), team()).line).toBeNull();
  });
  test('a line that names nothing fits everything, and says so', () => {
    const decision = route(lines({ to: queue('Duty') }));
    expect(explainRouting(decision, nobody)).toEqual(['Line 1 of your routing table fits every request.']);
  });
  test('what no line fits goes to the whole team, and says so', () => {
    const decision = route(lines({ urgency: 'no-hurry', to: queue('Later') }));
    expect(decision).toMatchObject({ to: queue(defaultQueue), line: null, assigneeId: null });
    expect(explainRouting(decision, nobody).at(-1)).toMatch(/went to the whole team/);
  });
});

const nobody = { person: () => undefined, channel: () => undefined };
const byName = { person: (id: string) => `Officer ${id.toUpperCase()}`, channel: () => 'North team' };

describe('who gets it', () => {
  test('the least loaded of a pool; of equals the first', () => {
    expect(route(lines({ to: { kind: 'pool', poolId: 'p' } }), team({ open: { a: 2, b: 1, c: 1 } }))).toMatchObject({
      ...{ assigneeId: 'b', channelId: '19:north' },
      steps: [{ code: 'least-loaded', personId: 'b', open: 1, of: 3 }],
    });
  });
  test('nobody who is away, has left or may not see the learner', () => {
    const staffing = team({ away: { a: null }, barred: ['b'] });
    expect(route(lines({ to: { kind: 'pool', poolId: 'p' } }), staffing).assigneeId).toBe('c');
  });
  test('a pool with nobody here keeps the request as a queue', () => {
    const staffing = team({ away: { a: null, b: null, c: null } });
    expect(route(lines({ to: { kind: 'pool', poolId: 'p' } }), staffing)).toMatchObject({
      ...{ assigneeId: null, channelId: '19:north', line: 1 },
      steps: [{ code: 'nobody-here', line: 1 }],
    });
  });
  test('whoever covers, and whoever covers for those', () => {
    const decision = route(lines({ to: { kind: 'person', personId: 'a' } }), team({ away: { a: 'b', b: 'c' } }));
    expect(decision.assigneeId).toBe('c');
    expect(explainRouting(decision, byName)).toEqual([
      'Line 1 of your routing table fits every request.',
      'Officer A is away.',
      'Officer B covers for Officer A.',
      'Officer B is away.',
      'Officer C covers for Officer B.',
    ]);
  });
  test('cover that goes in a circle, or is nobody, passes the line over', () => {
    for (const away of [{ a: 'b', b: 'a' }, { a: null }]) {
      const table = lines({ to: { kind: 'person', personId: 'a' } }, { to: queue('Next') });
      expect(route(table, team({ away }))).toMatchObject({ to: queue('Next'), line: 2 });
    }
  });
  test('whoever already works with the learner; nobody yet passes the line over', () => {
    const table = lines({ to: { kind: 'worker' } }, { to: queue('Next') });
    expect(route(table, team({ workers: ['c'] }))).toMatchObject({ assigneeId: 'c', line: 1 });
    expect(route(table)).toMatchObject({ line: 2, steps: [{ code: 'nobody-works', line: 1 }] });
    expect(route(table, team({ workers: ['c', 'a'], away: { c: null } }))).toMatchObject({ assigneeId: 'a', line: 1 });
  });
  test('a bound channel, without choosing anybody', () => {
    const decision = route(lines({ to: { kind: 'channel', channelId: '19:north' } }));
    expect(decision).toMatchObject({ assigneeId: null, channelId: '19:north' });
    expect(sayDestination(decision, lines(), byName)).toBe('Channel North team');
  });
  test('a pool that is gone passes the line over', () => {
    expect(route(lines({ to: { kind: 'pool', poolId: 'x' } }))).toMatchObject({
      line: null,
      steps: [{ code: 'pool-gone' }],
    });
  });
});

describe('whatever the table says', () => {
  const to = fc.oneof(
    fc.constant(queue('Q')),
    fc.constantFrom('a', 'b', 'c', 'd').map((personId) => ({ kind: 'person', personId }) as const),
    fc.constantFrom('p', 'x').map((poolId) => ({ kind: 'pool', poolId }) as const),
    fc.constant({ kind: 'worker' } as const),
    fc.constant({ kind: 'channel', channelId: '19:north' } as const),
  );
  const line = fc.record(
    { need: fc.constantFrom(...needs), level: fc.constantFrom(...levels), urgency: fc.constantFrom(...urgencies), to },
    { requiredKeys: ['to'] },
  );
  const who = fc.constantFrom('a', 'b', 'c', 'd');
  const staffing = fc
    .record({
      workers: fc.uniqueArray(who),
      gone: fc.uniqueArray(who),
      away: fc.dictionary(who, fc.option(who, { nil: null })),
      open: fc.dictionary(who, fc.nat(9)),
    })
    .map(team);
  test('nothing is ever unrouted or without a reason, and nobody who is away or may not take it gets it', () => {
    fc.assert(
      fc.property(
        fc.record({
          need: fc.constantFrom(...needs),
          level: fc.constantFrom(...levels),
          urgency: fc.constantFrom(...urgencies),
        }),
        fc.array(line, { maxLength: 6 }),
        staffing,
        (asked, table, here) => {
          const decision = routeRequest({ ...request, ...asked }, lines(...table), here);
          expect(sayDestination(decision, lines(...table), byName)).not.toBe('');
          expect(explainRouting(decision, byName)).not.toEqual([]);
          const { assigneeId } = decision;
          if (assigneeId !== null) expect([here.mayTake(assigneeId), here.away(assigneeId)]).toEqual([true, undefined]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('values that were set before', () => {
  test('a list of lines that name queues is still understood', () => {
    expect(routingTable.schema.parse([{ need: 'digital', to: 'Devices' }])).toEqual({
      pools: [],
      lines: [{ need: 'digital', to: queue('Devices') }],
    });
  });
  test('targets without needs of their own too', () => {
    expect(dueTargets.schema.parse({ today: 0, 'this-week': 3 })).toEqual({
      all: { today: 0, 'this-week': 3 },
      byNeed: {},
    });
  });
  test('a line may not name a pool that is not in the table', () => {
    const table = { pools: [], lines: [{ to: { kind: 'pool', poolId: 'x' } }] };
    expect(routingTable.schema.safeParse(table).success).toBe(false);
  });
});
