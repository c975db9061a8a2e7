import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import type { Actor, Role } from '../../bot/access/roles.js';
import { createSheets } from '../../bot/files/sheets.js';
import { createDirectory } from '../../bot/access/resolve.js';
import { notificationRoutes } from '../../bot/api/graph-notifications.js';
import { cardHandlers } from '../../bot/chat/delivery.js';
import { cardRenderers } from '../../bot/chat/renderers.js';
import type { Context, Notifier } from '../../bot/context.js';
import { openDatabase } from '../../bot/db/database.js';
import { reviewHandlers, reviewTimers } from '../../bot/jobs/handlers/reviews.js';
import type { Handlers } from '../../bot/jobs/handler.js';
import { createWorkers } from '../../bot/jobs/workers.js';
import { readReview } from '../../bot/reviews/reading.js';
import { scheduleReview } from '../../bot/reviews/service.js';
import type { LocalPerson } from '../../infra/local/shared.js';
import { startMicrosoft365 } from '../../infra/local/microsoft365.js';
import { addAuthority, addPerson, asOwner } from './builders.js';
import type { TestDatabase } from './database.js';
import { graphEdge } from './graph-edge.js';
import { apiClientId, botAppId, tid, workerAppId } from './local-microsoft365.js';
import { seededRandom, virtualTime } from './virtual-time.js';

type Person = Actor & { kind: 'person' };
type Commitments = LocalPerson['calendar'];

/** A council with a review mailbox, one learner and the people around them, on the Microsoft 365 of this machine. */
export async function reviewWorld(database: TestDatabase, serial: number) {
  const time = virtualTime('2026-11-23T09:00:00Z'); // a Monday
  let state = 42 + serial;
  const chance = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const mailbox = { tenantId: tid, address: `reviews${serial}@strathlinn.example` };
  const m365 = await startMicrosoft365({
    ...{ clock: time, random: chance, tenants: [{ tenantId: tid, name: 'Strathlinn Council' }], people: [] },
    apps: { botAppIds: [botAppId], apiClientId, workerAppId, reviewMailboxes: [mailbox] },
  });
  const edge = graphEdge({ url: m365.url, clock: time, workerAppId });
  const server = Fastify({ forceCloseConnections: true });
  const db = openDatabase({ url: database.appUrl, maxConnections: 8, onIdleError: () => undefined });
  const random = seededRandom(time, serial + 1);
  const directory = createDirectory(db.directory, time);
  const cards = cardLedger();
  const lines: { event: string; fields: object }[] = [];
  const log: Context['log'] = (_level, event, fields = {}) => void lines.push({ event, fields });
  let calendar = edge.calendar;
  const contextFor = (actor: Actor): Context => ({
    ...{ db, clock: time, random, log, actor, notifier: cards.notifier, sheets: createSheets() },
    calendar,
  });
  await notificationRoutes(server, { directory, contextFor, nudge: () => undefined, log });
  calendar = edge.reachedAt(await server.listen({ host: '127.0.0.1', port: 0 }));

  const authorityId = await addAuthority(database);
  const own: Record<string, unknown> = {
    ...reviewHandlers({ mailboxOf: directory.reviewMailbox }),
    ...cardHandlers(cardRenderers((kind, id) => `https://tab.example/${kind}/${id}`)),
  };
  const workers = createWorkers({
    ...{ db, handlers: own as Handlers, clock: time, random, log, sleep: time.sleep, recurring: reviewTimers },
    contextFor: (id, job) => contextFor({ kind: 'system', authorityId: id, job }),
  });
  await database.owner.query(
    `insert into directory.tenant values ('${tid}', 'Strathlinn') on conflict do nothing;
     insert into directory.registration values ('${tid}', 'review-mailbox', '${mailbox.address}', '${authorityId}')`,
  );

  const people = new Map<string, { email: string; oid: string }>();
  async function person(name: string, roles: readonly Role[], given: PersonGiven = {}): Promise<Person> {
    const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}${serial}@strathlinn.example`;
    const made = await addPerson(database, authorityId, { name, email, roles, ...given });
    const oid = randomUUID();
    people.set(made.personId, { email, oid });
    if (!given.noCalendar) m365.people.add({ tenantId: tid, oid, name, email, calendar: given.calendar ?? [] });
    await asOwner(database, authorityId, (client) =>
      client.query('update person set calendar = $3 where authority_id = $1 and person_id = $2', [
        ...[authorityId, made.personId, given.calendar === null ? 'unknown' : 'graph'],
      ]),
    );
    return made;
  }

  const drain = async (minutes = 0) => {
    time.advance(minutes * 60_000);
    await workers.drain();
    await m365.notifications.settled();
    await workers.drain();
  };

  return {
    ...{ time, m365, edge, db, directory, mailbox, authorityId, cards, lines, workers, contextFor, person, drain },
    as: (actor: Actor) => contextFor(actor),
    system: () => contextFor({ kind: 'system', authorityId, job: 'test' }),
    emailOf: (one: Person) => people.get(one.personId)?.email ?? '',
    rows: <T>(text: string, values: readonly unknown[] = []) =>
      asOwner(database, authorityId, async (client) => (await client.query(text, [...values])).rows as T[]),
    /** What pressing Outlook's button on the invitation does. */
    async press(one: Person, subject: string, answer: 'accept' | 'decline' | 'tentativelyAccept', body: object = {}) {
      const url = `${m365.url}/_local/calendar/${people.get(one.personId)?.oid ?? ''}`;
      const { events } = (await (await fetch(url)).json()) as { events: { id: string; subject: string }[] };
      const id = events.find((event) => event.subject === subject)?.id ?? 'none';
      const headers = { 'Content-Type': 'application/json' };
      const answered = await fetch(`${url}/${id}/${answer}`, { method: 'POST', headers, body: JSON.stringify(body) });
      if (!answered.ok) throw new Error(`the calendar answered ${answered.status}`);
    },
    async ledger() {
      const answer = await fetch(`${m365.url}/_local/graph/ledger`);
      return ((await answer.json()) as { transactions: { transactionId: string; asked: number; events: string[] }[] })
        .transactions;
    },
    async close() {
      await workers.stop();
      await server.close();
      await m365.close();
      await db.close();
      // The next test's workers would tend this authority too.
      for (const table of ['registration', 'subscription', 'reference', 'conversation', 'identity', 'authority'])
        await database.owner.query(`delete from directory.${table} where authority_id = $1`, [authorityId]);
    },
  };
}
export type ReviewWorld = Awaited<ReturnType<typeof reviewWorld>>;

interface PersonGiven {
  readonly schoolId?: string;
  readonly teamId?: string;
  /** null: the staff list says that this calendar is not in Graph. */
  readonly calendar?: Commitments | null;
  /** Nobody by this address is in Microsoft 365. */
  readonly noCalendar?: boolean;
}

/** What Teams would show: the newest card of each activity. */
function cardLedger() {
  const shown = new Map<string, { conversationId: string; card: unknown; versions: number }>();
  const notifier: Notifier = {
    async post(target, { card }) {
      const activityId = `activity-${shown.size + 1}`;
      shown.set(activityId, { conversationId: target.conversationId, card, versions: 1 });
      return { activityId, conversationId: target.conversationId };
    },
    memberName: async () => null,
    member: async () => null,
    postTo: async () => undefined,
    async update(_target, activityId, { card }) {
      const one = shown.get(activityId);
      if (!one) throw new Error('no such activity');
      shown.set(activityId, { ...one, card, versions: one.versions + 1 });
    },
  };
  return { notifier, in: (id: string) => [...shown.values()].filter((one) => one.conversationId === id) };
}

/** The learner, their school and their people, a request about them, office hours, and a bound channel. */
export async function learnerWithPeople(world: ReviewWorld, calendars: Readonly<Record<string, Commitments>> = {}) {
  const { authorityId, rows } = world;
  const [schoolId, clusterId, teamId, learnerId, requestId] = Array.from({ length: 5 }, () => randomUUID());
  await rows(`insert into cluster values ($1, $2, 'North')`, [authorityId, clusterId]);
  await rows(`insert into school values ($1, $2, $3, 'Ardmore Academy', 'secondary', null, null)`, [
    ...[authorityId, schoolId, clusterId],
  ]);
  const at = (name: string) => (calendars[name] ? { calendar: calendars[name] } : {});
  const vsht = await world.person('Iain Head', ['virtual-school-head'], at('vsht'));
  const manager = await world.person('Mairi Manager', ['designated-manager'], {
    schoolId: schoolId ?? '',
    ...at('manager'),
  });
  const worker = await world.person('Ailsa Worker', ['social-worker'], { teamId: teamId ?? '', ...at('worker') });
  const teacher = await world.person('Tunde Teacher', ['pupil-support'], {
    schoolId: schoolId ?? '',
    ...at('teacher'),
  });
  await rows(
    `insert into learner (authority_id, learner_id, given_name, family_name, known_as, stage, school_id, education, status)
     values ($1, $2, 'Jamesina', 'Macrae', 'Jamie', 'S3', $3, 'here', 'looked-after')`,
    [authorityId, learnerId, schoolId],
  );
  await rows(
    `insert into learner_scope (authority_id, learner_id, school_id, social_worker_id, team_id) values ($1, $2, $3, $4, $5)`,
    [...[authorityId, learnerId, schoolId, worker.personId, teamId]],
  );
  await rows(
    `insert into support_request (authority_id, request_id, reference, asker_id, learner_id, level, need, urgency, school_id,
       what, state, version, assignee_id, routed_to, routed_because, submitted_at, due_because, origin)
     values ($1, $2, 'VS-' || left($3, 6), $4, $5, 'learner', 'attendance', 'this-week', $6, 'words', 'assigned', 2, $7, 'pool',
       'default', '2026-11-20T09:00:00Z', 'none', 'chat')`,
    [authorityId, requestId, requestId, teacher.personId, learnerId, schoolId, vsht.personId],
  );
  for (const weekday of [1, 2, 3, 4, 5])
    await rows(`insert into office_hours values ($1, $2, '09:00', '17:00')`, [authorityId, weekday]);
  return {
    ...{ schoolId: schoolId ?? '', learnerId: learnerId ?? '', requestId: requestId ?? '' },
    ...{ vsht, manager, worker, teacher },
  };
}

let presses = 0;

/** The world of one test file, made anew for each test, with the learner's worker and manager busy for parts of 30 November. */
export function reviewSuite(serials: number) {
  const on = (day: string, from: string, until: string) => ({
    ...{ startAt: `2026-11-${day}T${from}:00Z`, endAt: `2026-11-${day}T${until}:00Z`, showAs: 'busy' as const },
    subject: 'Not for others',
  });
  const calendars = { worker: [on('30', '09:00', '12:00')], manager: [on('30', '13:00', '17:00')] };
  let serial = serials;
  return {
    async start(database: TestDatabase) {
      serial += 1;
      const world = await reviewWorld(database, serial);
      return aroundReview(world, await learnerWithPeople(world, calendars));
    },
  };
}

function aroundReview(world: ReviewWorld, here: Awaited<ReturnType<typeof learnerWithPeople>>) {
  const nonce = () => `nonce-${(presses += 1).toString().padStart(6, '0')}`;
  const vsht = () => world.as(here.vsht);
  const plan = (changes: object = {}) => ({
    ...{ nonce: nonce(), learnerId: here.learnerId, requestId: here.requestId, purpose: 'support-request' as const },
    ...{ startsAt: '2026-11-30T12:00:00Z', minutes: 60, online: true, acceptUnknown: false },
    people: [here.vsht, here.manager, here.worker].map(({ personId }) => ({ id: personId, required: true })),
    ...changes,
  });
  return {
    ...{ world, here, nonce, vsht, plan },
    ask: (changes: object = {}) => ({
      ...{ learnerId: here.learnerId, minutes: 60, earliestOn: '2026-11-30', latestOn: '2026-11-30' },
      ...{ people: plan().people, ...changes },
    }),
    review: async (reviewId: string) => readReview(vsht(), reviewId),
    async booked(changes: object = {}) {
      const made = await scheduleReview(vsht(), plan(changes));
      await world.drain();
      return made;
    },
    /** The next event is made, and nobody hears of it. */
    losesAnswer: (fault: '504-after' | 'cut-after') =>
      world.m365.faults.once('graph', fault, (method, path) => method === 'POST' && path.endsWith('/events')),
    /** The next reading of the mailbox fails, and no notification asks for another: it comes by the timer. */
    readsNothing() {
      world.m365.notifications.setFaults({ lose: 1 });
      world.m365.faults.once('graph', '503', (_method, path) => path.endsWith('/delta'));
    },
  };
}
export type AroundReview = ReturnType<typeof aroundReview>;

export const subject = (reference: string) => `Review meeting ${reference}`;
