import { type Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { mayDo } from '../access/roles.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError, isAppError } from '../errors.js';
import { childProtectionSetting, readSetting, virtualSchoolSetting } from '../people/settings.js';
import { dateIn, fromDate } from '../time.js';
import type { RequestDetail } from './contract.js';
import { findFeedback } from './feedback-repository.js';
import * as repository from './repository.js';
import {
  type Level,
  levels,
  type Need,
  needs,
  type RequestState,
  requestStates,
  urgencies,
  type Urgency,
} from './request.js';
import { isOverdue, member, movesFor, requestRowOf } from './rows.js';
import { standingOf } from './standing-service.js';
import { wasToldOf } from './states-repository.js';

/** A request whole but for its review, which is a later feature's and is joined at the edge. */
export type RequestStory = Omit<RequestDetail, 'review'>;

/** One request whole: its story, thread, what may be done next, and the learner as far as this viewer may see. */
export async function readRequest(ctx: Context, id: string): Promise<RequestStory> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    const row = await repository.getListed(trx, ctx.actor.authorityId, id);
    const own = ctx.actor.kind === 'person' && row?.asker_id === ctx.actor.personId;
    allow(ctx.actor, reach, own ? 'request.list-own' : 'request.read-all');
    if (!row) throw new AppError('not-found');
    await audit(ctx, trx, {
      verb: 'request.read',
      purpose: own ? 'own-request' : 'triage',
      subjectKind: 'request',
      subjectId: id,
      learnerIds: row.learner_id ? [row.learner_id] : [],
      fields: ['request.story', 'request.thread', 'learner.name', 'learner.stage', 'learner.status', 'learner.people'],
    });
    return storyOf(ctx, trx, row, { team: mayDo(reach.roles, 'request.triage'), asker: own });
  });
}

async function storyOf(
  ctx: Context,
  trx: Trx,
  row: repository.ListedRequest,
  viewer: { team: boolean; asker: boolean },
): Promise<RequestStory> {
  const { authorityId } = ctx.actor;
  const thread = await repository.listThread(trx, authorityId, row.request_id);
  return {
    ...requestRowOf(row, ctx.clock.now()),
    what: row.what,
    tried: row.tried,
    learnerView: row.learner_view,
    hoped: row.hoped,
    asked: {
      ...{ indicators: row.indicators, viewKind: row.view_kind },
      ...{ namedPerson: row.named_person, leadProfessional: row.lead_professional },
      feedback: (await findFeedback(trx, authorityId, row.request_id)) ?? null,
    },
    routedTo: row.routed_to,
    routedBecause: row.routed_because,
    dueBecause: row.due_because,
    thread: thread.map((entry) => ({ ...entry, at: entry.at.toISOString() })),
    moves: movesFor(row.state, viewer),
    ...(await standingOf(ctx, trx, row, viewer)),
    atAGlance: row.learner_id && row.family_name ? await glance(ctx, trx, row, row.learner_id) : null,
  };
}

async function glance(ctx: Context, trx: Trx, row: repository.ListedRequest, learnerId: string) {
  const learner = await repository.findLearner(trx, ctx.actor.authorityId, learnerId);
  const around = await repository.findPeopleAround(trx, ctx.actor.authorityId, learnerId, dateIn(ctx.clock.now()));
  return {
    label: requestRowOf(row, ctx.clock.now()).learner?.label ?? '',
    stage: row.stage,
    school: around.school,
    status: learner?.status ?? 'unknown',
    statusSince: learner?.status_since ?? null,
    socialWorker: around.socialWorker,
    designatedManager: around.designatedManager,
  };
}

/** An asker's own requests, newest first. Nothing of a learner is read, so there is nothing of one to show. */
export async function listOwnRequests(ctx: Context) {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.list-own');
    if (ctx.actor.kind !== 'person') return [];
    const rows = await repository.listOwn(trx, ctx.actor.authorityId, ctx.actor.personId, 10);
    return rows.map((row) => ({
      requestId: row.request_id,
      reference: row.reference,
      version: row.version,
      need: member(needs, row.need),
      state: member(requestStates, row.state),
    }));
  });
}

/** What the two request cards may say: no learner, no stage, no story; a school with under five learners is its cluster. */
export interface RequestCardView {
  readonly requestId: string;
  readonly reference: string;
  readonly version: number;
  readonly askerId: string;
  readonly level: Level;
  readonly need: Need;
  readonly urgency: Urgency;
  readonly state: RequestState;
  /** The school's name, or the cluster's when the school has under five learners; null above school level. */
  readonly where: string | null;
  readonly assignee: string | null;
  readonly dueAt: Temporal.Instant | null;
  readonly overdue: boolean;
  /** When the school last replied; the words are not on a card. */
  readonly repliedAt: Temporal.Instant | null;
  /** Back with us because the school did not answer. */
  readonly phoneThem: boolean;
  /** The viewer is of the team; the viewer is the asker, or was asked to help them with a question that waits. */
  readonly team: boolean;
  readonly mayReply: boolean;
  /** The team's last question or answer to the asker. For the view of whoever may reply alone. */
  readonly lastWord: { readonly body: string; readonly by: string } | null;
}

/** The asker, and a designated manager who was told that their question waits. */
async function repliesTo(
  trx: Trx,
  authorityId: string,
  { requestId, askerId, personId }: { requestId: string; askerId: string; personId: string | null },
): Promise<boolean> {
  if (personId === null || personId === askerId) return personId !== null;
  return wasToldOf(trx, authorityId, { requestId, personId, about: 'manager' });
}

/** Under this many learners a school's name with a need could single one out (product.md B.2). */
const fewLearners = 5;

/** For rendering a card. The asker's last word is read only when `forPersonId` is the asker; null when out of reach or gone. */
export async function readRequestCard(
  ctx: Context,
  requestId: string,
  forPersonId: string | null,
): Promise<RequestCardView | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    const { authorityId } = ctx.actor;
    const row = await repository.getCardColumns(trx, authorityId, requestId);
    if (!row) return null;
    const state = member(requestStates, row.state);
    const mayReply = await repliesTo(trx, authorityId, { requestId, askerId: row.asker_id, personId: forPersonId });
    return {
      requestId,
      reference: row.reference,
      version: row.version,
      askerId: row.asker_id,
      level: member(levels, row.level),
      need: member(needs, row.need),
      urgency: member(urgencies, row.urgency),
      state,
      where: row.learners_there < fewLearners ? row.cluster_name : (row.school_name ?? row.cluster_name),
      assignee: row.assignee_name,
      dueAt: row.due_at && fromDate(row.due_at),
      overdue: isOverdue(state, row.due_at, ctx.clock.now()),
      ...{ repliedAt: row.replied_at && fromDate(row.replied_at), phoneThem: row.phone_them, mayReply },
      team: mayDo(reach.roles, 'request.triage'),
      lastWord: mayReply ? await repository.findLastWord(trx, authorityId, requestId) : null,
    };
  });
}

/** What the welcome says: who the virtual school is, and the council's numbers, or null while it has set none. */
export async function readWelcome(ctx: Context) {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.submit');
    const virtualSchool = await readSetting(trx, ctx, virtualSchoolSetting);
    const protection = await readSetting(trx, ctx, childProtectionSetting).catch((error: unknown) => {
      if (isAppError(error, 'setting-unset')) return null;
      throw error;
    });
    return { virtualSchool, protection };
  });
}
