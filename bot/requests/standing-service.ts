import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { readWorkingCalendar } from '../people/calendar-service.js';
import { dateIn, fromDate } from '../time.js';
import type { RequestStanding } from './contract.js';
import type { DueWhy } from './due.js';
import { explainDue } from './due-words.js';
import type { StoredRequest } from './repository.js';
import type { RoutingDecision } from './routing.js';
import { listNames } from './routing-repository.js';
import { namesFor } from './routing-service.js';
import { explainRouting, sayRouting } from './routing-words.js';
import { listDecisions, listPauses, listSteps, listTold, type StoredPause } from './states-repository.js';
import { beforeOf, mayUndo, undoUntil } from './undo.js';
import { workingMsBetween } from '../people/working-time.js';

/** Why a request is where it is, both clocks and what was decided; the team's own reasons only for the team. */
export async function standingOf(
  ctx: Context,
  trx: Trx,
  row: StoredRequest,
  viewer: { readonly team: boolean },
): Promise<RequestStanding> {
  const { authority_id: authorityId, request_id: requestId } = row;
  const decisions = await listDecisions(trx, authorityId, requestId);
  const told = viewer.team && row.state === 'concern' ? await listTold(trx, authorityId, requestId) : null;
  const before = beforeOf(row.undo);
  const me = ctx.actor.kind === 'person' ? ctx.actor.personId : '';
  return {
    routing: await routingOf(ctx, trx, row, viewer),
    clock: await clockOf(ctx, trx, row, viewer),
    ...decided(row, decisions, viewer),
    concern: told && {
      told: told.map((one) => ({ who: one.who, at: one.told_at.toISOString(), notedBy: one.noted_by ?? '' })),
    },
    undo: mayUndo(before, me, ctx.clock.now()) ? { move: before.move, until: undoUntil(before).toString() } : null,
  };
}

async function routingOf(ctx: Context, trx: Trx, row: StoredRequest, viewer: { team: boolean }) {
  const decision = decisionOf(row.routing);
  if (!decision || !viewer.team) return { to: row.routed_to, line: decision?.line ?? null, sentences: [] };
  const names = await namesFor(ctx, trx, decision);
  return { to: row.routed_to, line: decision.line, sentences: explainRouting(decision, names) };
}

/** What is stored was written by routeRequest; a request from before that has nothing. */
function decisionOf(stored: unknown): RoutingDecision | null {
  return typeof stored === 'object' && stored !== null && 'steps' in stored ? (stored as RoutingDecision) : null;
}

async function clockOf(
  ctx: Context,
  trx: Trx,
  row: StoredRequest,
  viewer: { team: boolean },
): Promise<RequestStanding['clock']> {
  const { authority_id: authorityId, request_id: requestId } = row;
  const pauses = await listPauses(trx, authorityId, requestId);
  const steps = viewer.team ? await listSteps(trx, authorityId, requestId) : [];
  const owners = [...new Set(pauses.flatMap(({ owner_id }) => owner_id ?? []))];
  const names = new Map((await listNames(trx, authorityId, owners)).map(({ id, name }) => [id, name]));
  const because = ['council-target', 'no-target', 'no-office-hours'] as const;
  const putBack = await putBackMs(ctx, trx, row);
  const sentences = explainDue(because.find((one) => one === row.due_because) ?? 'no-target', whyOf(row), putBack);
  const paused = row.paused_at !== null;
  return {
    dueAt: row.due_at?.toISOString() ?? null,
    childDueAt: (row.child_due_at ?? row.due_at)?.toISOString() ?? null,
    schoolDueAt: row.school_due_at?.toISOString() ?? null,
    sentences: [
      ...sentences,
      ...(paused ? [sayRouting('due.paused')] : []),
      ...(row.phone_them ? [sayRouting('due.phone-them')] : []),
    ],
    pauses: pauses.map((one) => ({ ...pauseOf(one), owner: ownerOf(one, names) })),
    ...{ paused, phoneThem: row.phone_them },
    steps: steps.map(({ step, at, told }) => ({ step, told, at: at.toISOString(), sentence: sayStep(step) })),
  };
}

function pauseOf({ from_at, until_at, ended_by }: StoredPause) {
  return { fromAt: from_at.toISOString(), untilAt: until_at?.toISOString() ?? null, endedBy: ended_by };
}

function ownerOf({ owner_id }: StoredPause, names: ReadonlyMap<string, string>) {
  return owner_id ? { id: owner_id, name: names.get(owner_id) ?? '' } : null;
}

async function putBackMs(ctx: Context, trx: Trx, row: StoredRequest): Promise<number> {
  if (!row.due_at || !row.child_due_at || row.due_at.getTime() === row.child_due_at.getTime()) return 0;
  const calendar = await readWorkingCalendar(ctx, trx, dateIn(fromDate(row.submitted_at)));
  return workingMsBetween(fromDate(row.child_due_at), fromDate(row.due_at), calendar);
}

function whyOf({ due_why: stored }: StoredRequest): DueWhy {
  return typeof stored === 'object' && stored !== null ? stored : {};
}

const kinds = [
  ...(['remind', 'manager', 'phone-them', 'term-end'] as const),
  ...(['untaken', 'before-due', 'overdue', 'transfer-unaccepted'] as const),
];

function sayStep(step: string): string {
  const kind = kinds.find((one) => step === one || step.startsWith(`${one}:`));
  return kind ? sayRouting(`step-taken.${kind}`) : '';
}

type Decisions = Awaited<ReturnType<typeof listDecisions>>;

function decided(row: StoredRequest, decisions: Decisions, viewer: { team: boolean }) {
  const latest = (kind: Decisions[number]['kind']) => decisions.find((one) => one.kind === kind);
  const declined = row.state === 'declined' ? latest('declined') : undefined;
  const passed = latest('transferred');
  const since = passed ? decisions.slice(0, decisions.indexOf(passed)) : [];
  return {
    declined: declined ? { reason: declined.reason ?? '', signpost: declined.signpost ?? '' } : null,
    transfer: passed
      ? {
          ...{ service: passed.service ?? '', at: passed.at.toISOString() },
          reason: viewer.team ? (passed.reason ?? '') : '',
          acceptedBy: viewer.team ? (since.find(({ kind }) => kind === 'accepted')?.said_by ?? null) : null,
          sentBackBecause: viewer.team ? (since.find(({ kind }) => kind === 'sent-back')?.reason ?? null) : null,
        }
      : null,
  };
}
