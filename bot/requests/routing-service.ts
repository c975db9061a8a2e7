import type { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { createDirectory } from '../access/resolve.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { readWorkingCalendar } from '../people/calendar-service.js';
import { readSetting } from '../people/settings.js';
import { dateIn } from '../time.js';
import type { RoutingChoices, SimulatedRouting, SimulateRouting } from './contract.js';
import { type Due, requestDue } from './due.js';
import { explainDue } from './due-words.js';
import { findLearner, findSchool, getListed } from './repository.js';
import type { RoutedRequest, RoutingDecision, RoutingTable, Staffing } from './routing.js';
import { routeRequest } from './routing.js';
import { listNames, listPlaces, listTeam, readAround } from './routing-repository.js';
import { explainRouting, type Names, peopleIn, sayDestination } from './routing-words.js';
import { dueTargets, routingTable } from './settings.js';

const noTable: RoutingTable = { pools: [], lines: [] };

/** Who of the team could take a request about that learner (null: about nobody on the register) today. */
export async function readStaffing(ctx: Context, trx: Trx, learnerId: string | null): Promise<Staffing> {
  const { authorityId } = ctx.actor;
  const on = dateIn(ctx.clock.now());
  const team = new Map((await listTeam(trx, authorityId, on)).map((one) => [one.id, one]));
  const around = learnerId ? await readAround(trx, authorityId, learnerId, on) : null;
  return {
    workers: around?.workers ?? [],
    mayTake: (id) => team.has(id) && !around?.conflicts.has(id) && around?.granted?.has(id) !== false,
    away: (id) => {
      const one = team.get(id);
      return one?.away_until ? { cover: one.cover } : undefined;
    },
    open: (id) => team.get(id)?.open ?? 0,
  };
}

export interface RoutedAndDue {
  readonly decision: RoutingDecision;
  /** What the request is said to have gone to, by the name that it has today. */
  readonly to: string;
  readonly due: Due;
}

/** Where a request goes, and by when it is answered. Nothing is written. */
export async function routeAndTime(
  ctx: Context,
  trx: Trx,
  asked: RoutedRequest & { readonly learnerId: string | null; readonly at: Temporal.Instant },
  draft?: RoutingTable,
): Promise<RoutedAndDue> {
  const table = draft ?? (await readSetting(trx, ctx, routingTable)) ?? noTable;
  const decision = routeRequest(asked, table, await readStaffing(ctx, trx, asked.learnerId));
  const targets = (await readSetting(trx, ctx, dueTargets)) ?? { all: {}, byNeed: {} };
  const calendar = await readWorkingCalendar(ctx, trx, dateIn(asked.at));
  const due = requestDue(asked, { ...calendar, targets: targets.all, byNeed: targets.byNeed });
  return { decision, due, to: sayDestination(decision, table, await namesFor(ctx, trx, decision)) };
}

/** The names that a decision's sentences need. */
export async function namesFor(ctx: Context, trx: Trx, decision: RoutingDecision): Promise<Names> {
  const { authorityId } = ctx.actor;
  const people = new Map((await listNames(trx, authorityId, peopleIn(decision))).map(({ id, name }) => [id, name]));
  const namesChannel = decision.channelId !== null || decision.to.kind === 'channel';
  const channels = namesChannel ? await createDirectory(trx, ctx.clock).requestsChannels(authorityId) : [];
  return {
    person: (id) => people.get(id),
    channel: (id) => channels.find((one) => one.conversationId === id)?.name ?? undefined,
  };
}

/**
 * "What would happen to this request?", by the table in force or by a draft. A learner out of reach answers as one who does
 * not exist. Throws AppError('invalid', table) for a draft that the setting would refuse.
 */
export async function simulate(ctx: Context, input: SimulateRouting): Promise<SimulatedRouting> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'setting.read');
    const { authorityId } = ctx.actor;
    const draft = input.table === undefined ? undefined : draftOf(input.table);
    const learner = input.learnerId ? await findLearner(trx, authorityId, input.learnerId) : undefined;
    if (input.learnerId && !learner) throw new AppError('not-found');
    const schoolId = learner?.school_id ?? input.schoolId ?? null;
    const school = schoolId ? await findSchool(trx, authorityId, schoolId) : undefined;
    if (schoolId && !school) throw new AppError('not-found');
    const place = { schoolId, clusterId: school?.cluster_id ?? null, locality: school?.locality ?? null };
    const { need, level, urgency } = input;
    const asked = { need, level, urgency, ...place, learnerId: learner?.learner_id ?? null, at: ctx.clock.now() };
    const { decision, due, to } = await routeAndTime(ctx, trx, asked, draft);
    const learnerIds = learner ? [learner.learner_id] : [];
    await audit(ctx, trx, { verb: 'routing.simulate', purpose: 'administration', learnerIds });
    const names = await namesFor(ctx, trx, decision);
    const channels = await createDirectory(trx, ctx.clock).requestsChannels(authorityId);
    const channel = channels.find(({ conversationId }) => conversationId === decision.channelId) ?? channels[0];
    const { assigneeId } = decision;
    return {
      to: { kind: decision.to.kind, name: to },
      line: decision.line,
      assignee: assigneeId ? { id: assigneeId, name: names.person(assigneeId) ?? '' } : null,
      channel: channel?.name ?? null,
      dueAt: due.at?.toString() ?? null,
      sentences: [...explainRouting(decision, names), ...explainDue(due.because, due.why)],
    };
  });
}

function draftOf(value: unknown): RoutingTable {
  const parsed = routingTable.schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError('invalid', { where: ['table', ...(issue?.path ?? [])].join('.'), why: issue?.code ?? 'shape' });
}

/** Who could be given this request today: of the team, and may see the learner. Who is away comes last. */
export async function listTakers(ctx: Context, requestId: string) {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.triage');
    const { authorityId } = ctx.actor;
    const request = await getListed(trx, authorityId, requestId);
    if (!request) throw new AppError('not-found');
    const staffing = await readStaffing(ctx, trx, request.learner_id);
    const team = await listTeam(trx, authorityId, dateIn(ctx.clock.now()));
    const takers = team.filter(({ id }) => staffing.mayTake(id) && id !== request.assignee_id);
    return takers
      .map(({ id, name, open, away_until }) => ({ id, name, open, awayUntil: away_until }))
      .sort((a, b) => Number(a.awayUntil !== null) - Number(b.awayUntil !== null));
  });
}

/** What a line of the table may name: places, people of the team with who is away, and the bound channels. */
export async function listRoutingChoices(ctx: Context): Promise<RoutingChoices> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'setting.read');
    const { authorityId } = ctx.actor;
    const { schools, clusters } = await listPlaces(trx, authorityId);
    const team = await listTeam(trx, authorityId, dateIn(ctx.clock.now()));
    const channels = await createDirectory(trx, ctx.clock).requestsChannels(authorityId);
    return {
      schools,
      clusters,
      localities: [...new Set(schools.flatMap(({ locality }) => locality ?? []))].sort(),
      people: team.map(({ id, name, open, away_until }) => ({ id, name, open, awayUntil: away_until })),
      channels: channels.map(({ conversationId, name }, index) => ({
        id: conversationId,
        name: name ?? `${index + 1}`,
      })),
    };
  });
}
