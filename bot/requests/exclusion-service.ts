import type { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Reach } from '../access/reach.js';
import { createDirectory } from '../access/resolve.js';
import type { Context } from '../context.js';
import { once } from '../db/actions.js';
import { recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { placeCard, refreshCards } from '../db/posted-cards.js';
import { setTimer } from '../db/timer.js';
import { AppError } from '../errors.js';
import { readWorkingCalendar } from '../people/calendar-service.js';
import { readSetting, virtualSchoolSetting } from '../people/settings.js';
import { dateIn, fromDate, toDate } from '../time.js';
import { alertMoves, type AlertState, climbsAt, dutyAt } from './exclusion.js';
import * as repository from './exclusion-repository.js';
import { exclusionSetting } from './settings.js';

/** What must be said before a child is sent home, and whether duty knows; nothing of any learner. */
export interface ExclusionAdvice {
  readonly telephone: string | null;
  readonly closed: { readonly opens: Temporal.Instant | null } | null;
  readonly minutes: number | null;
  readonly alert: { readonly raisedAt: Temporal.Instant; readonly takenBy: string | null } | null;
}

const sameMatterHours = 12;

export async function readExclusionAdvice(ctx: Context): Promise<ExclusionAdvice> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.submit');
    if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
    const now = ctx.clock.now();
    const setting = await readSetting(trx, ctx, exclusionSetting);
    const duty = dutyAt(now, await readWorkingCalendar(ctx, trx, dateIn(now)));
    const since = toDate(now.subtract({ hours: sameMatterHours }));
    const alert = await repository.findAlertOf(trx, ctx.actor.authorityId, ctx.actor.personId, since);
    const school = setting ? null : await readSetting(trx, ctx, virtualSchoolSetting);
    return {
      telephone: setting?.telephone ?? school?.telephone ?? null,
      closed: duty.open ? null : { opens: duty.opensAt },
      minutes: setting && setting.ladder.length > 0 ? setting.minutes : null,
      alert: alert ? { raisedAt: fromDate(alert.raised_at), takenBy: alert.taker_name } : null,
    };
  });
}

/** Duty is told in the channel, and the ladder's first timer is set. A repeat, or a second press while it is open, is the same alert. */
export async function raiseExclusionAlert(ctx: Context, press: { readonly nonce: string }): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.submit');
    const { actor } = ctx;
    if (actor.kind !== 'person') throw new AppError('forbidden');
    const action = { verb: 'exclusion.alert', targetId: actor.personId, version: 0, nonce: press.nonce };
    await once(ctx, trx, action, async () => {
      const now = ctx.clock.now();
      const since = toDate(now.subtract({ hours: sameMatterHours }));
      const before = await repository.findAlertOf(trx, actor.authorityId, actor.personId, since);
      if (before) return { alertId: before.alert_id };
      const schoolId = reach.roles.find((held) => held.schoolId !== null)?.schoolId ?? null;
      const school = schoolId ? await repository.findSchoolOf(trx, actor.authorityId, schoolId) : undefined;
      const alertId = ctx.random.id();
      await repository.insertAlert(trx, {
        ...{ authority_id: actor.authorityId, alert_id: alertId, asker_id: actor.personId, state: 'open', version: 1 },
        ...{ school_id: schoolId, cluster_id: school?.cluster_id ?? null, taken_by: null, taken_at: null },
        raised_at: toDate(now),
      });
      await tell(ctx, trx, { alertId, askerId: actor.personId, kind: 'exclusion.considered', version: 1 });
      const channel = await createDirectory(trx, ctx.clock).requestsChannel(actor.authorityId);
      const place = { kind: 'exclusion-channel', aggregateId: alertId, personId: null, activityId: null } as const;
      if (channel) await placeCard(ctx, trx, { ...place, target: channel });
      await armStep(ctx, trx, alertId, 1);
      return { alertId };
    });
  });
}

/** The ladder's step: the next person is told in their own chat, once, unless somebody has answered. Run by a timer. */
export async function climbExclusionLadder(ctx: Context, alertId: string, step: number): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => {
    const { authorityId } = ctx.actor;
    const stored = await repository.findAlertForUpdate(trx, authorityId, alertId);
    if (!stored || stored.state !== 'open' || stored.step !== step - 1) return;
    const setting = await readSetting(trx, ctx, exclusionSetting);
    const personId = setting?.ladder[step - 1];
    if (!personId) return;
    const chat = await createDirectory(trx, ctx.clock).personalChat(authorityId, personId);
    const place = { kind: 'exclusion-person', aggregateId: alertId, personId, activityId: null } as const;
    if (chat) await placeCard(ctx, trx, { ...place, target: chat });
    const version = stored.version + 1;
    await repository.updateAlert(trx, authorityId, alertId, { step, version });
    const told = { alertId, askerId: stored.asker_id, kind: 'exclusion.climbed', version };
    await tell(ctx, trx, { ...told, data: { step, personId, reached: chat !== null } });
    await refreshCards(ctx, trx, alertId, version);
    await armStep(ctx, trx, alertId, step + 1);
  });
}

async function armStep(ctx: Context, trx: Trx, alertId: string, step: number): Promise<void> {
  const setting = await readSetting(trx, ctx, exclusionSetting);
  if (!setting || setting.ladder.length < step) return;
  const now = ctx.clock.now();
  const dueAt = climbsAt(now, setting.minutes, await readWorkingCalendar(ctx, trx, dateIn(now)));
  if (!dueAt) return;
  await setTimer(ctx, trx, {
    job: 'exclusion.climb',
    payload: { v: 1, alertId, step },
    key: `exclusion:${alertId}:${step}`,
    dueAt,
  });
}

/** *I will call them* and *It is settled*. A stale press is refused with stale or not-allowed-now; a repeat does nothing twice. */
export async function moveExclusionAlert(
  ctx: Context,
  alertId: string,
  move: keyof typeof alertMoves,
  press: { readonly version: number; readonly nonce: string },
): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    const { actor } = ctx;
    await allowDuty(ctx, trx, reach);
    if (actor.kind !== 'person') throw new AppError('forbidden');
    const action = { verb: `exclusion.${move}`, targetId: alertId, ...press };
    await once(ctx, trx, action, async () => {
      const stored = await repository.findAlertForUpdate(trx, actor.authorityId, alertId);
      if (!stored) throw new AppError('not-found');
      const state = alertMoves[move][stored.state];
      if (!state) throw new AppError('not-allowed-now');
      const version = stored.version + 1;
      const taken = move === 'take' ? { taken_by: actor.personId, taken_at: toDate(ctx.clock.now()) } : {};
      await repository.updateAlert(trx, actor.authorityId, alertId, { state, version, ...taken });
      const kind = move === 'take' ? 'exclusion.taken' : 'exclusion.stood-down';
      await tell(ctx, trx, { alertId, askerId: stored.asker_id, kind, version });
      await refreshCards(ctx, trx, alertId, version);
      return { alertId };
    });
  });
}

/** The team, and whoever the council has put on the ladder. */
async function allowDuty(ctx: Context, trx: Trx, reach: Reach): Promise<void> {
  const { actor } = ctx;
  const setting = actor.kind === 'person' ? await readSetting(trx, ctx, exclusionSetting) : null;
  if (actor.kind === 'person' && reach.mode !== 'none' && setting?.ladder.includes(actor.personId)) return;
  allow(actor, reach, 'request.triage');
}

export interface ExclusionAlert {
  readonly alertId: string;
  readonly version: number;
  readonly state: AlertState;
  readonly where: string | null;
  readonly raisedAt: Temporal.Instant;
  readonly takenBy: string | null;
  /** Whom to call: for whoever has taken it, on their own view alone. */
  readonly call: { readonly name: string; readonly telephone: string | null } | null;
}

/** As the channel may see it; with whom to call when the reader has it. Null when there is none. */
export async function readExclusionAlert(ctx: Context, alertId: string): Promise<ExclusionAlert | null> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    await allowDuty(ctx, trx, reach);
    const { authorityId } = ctx.actor;
    const row = await repository.getAlert(trx, authorityId, alertId);
    if (!row) return null;
    const few = row.school_id
      ? (await repository.countLearnersAt(trx, authorityId, row.school_id)) < fewLearners
      : false;
    const mine = ctx.actor.kind === 'person' && row.taken_by === ctx.actor.personId;
    return {
      ...{ alertId, version: row.version, state: row.state, raisedAt: fromDate(row.raised_at) },
      where: few ? row.cluster_name : (row.school_name ?? row.cluster_name),
      takenBy: row.taker_name,
      call: mine ? { name: row.asker_name, telephone: row.asker_telephone } : null,
    };
  });
}

/** Fewer would name somebody to those who know the school (product.md B.2). */
const fewLearners = 5;

async function tell(
  ctx: Context,
  trx: Trx,
  what: {
    readonly alertId: string;
    readonly askerId: string;
    readonly kind: string;
    readonly version: number;
    readonly data?: Readonly<Record<string, string | number | boolean>>;
  },
): Promise<void> {
  const { alertId, askerId, kind, version, data } = what;
  const entry = { aggregateKind: 'exclusion', aggregateId: alertId, kind, version, learnerId: null, askerId } as const;
  await recordActivity(ctx, trx, { ...entry, ...(data ? { data } : {}) });
  await audit(ctx, trx, { verb: kind, purpose: 'exclusion', subjectKind: 'exclusion', subjectId: alertId });
}
