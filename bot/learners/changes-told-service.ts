import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { once } from '../db/actions.js';
import { recordActivity } from '../db/activity.js';
import { AppError } from '../errors.js';
import { readSetting, virtualSchoolSetting } from '../people/settings.js';
import { dateIn, toDate } from '../time.js';
import { findReached } from './asker-search-repository.js';
import type { ChangeKind } from './change-told.js';
import * as repository from './changes-told-repository.js';
import { initialsLabel } from './learner.js';

export interface TellChange {
  readonly learnerId: string | null;
  readonly initials: string | null;
  readonly class: string | null;
  readonly kind: ChangeKind;
  readonly what: string;
  /** 'YYYY-MM-DD', or null when the teller does not know. */
  readonly sinceOn: string | null;
}

/**
 * Keeps what somebody says has changed as told, beside the records and never over them; the activity shows it in Today. The
 * caller has guarded the words. Throws not-found for a learner whom the teller does not reach; a repeat tells nothing twice.
 */
export async function tellChange(
  ctx: Context,
  told: TellChange,
  press: { readonly nonce: string },
): Promise<{ readonly toldId: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.submit');
    const { actor } = ctx;
    if (actor.kind !== 'person') throw new AppError('forbidden');
    const { authorityId, personId } = actor;
    const learner = told.learnerId ? await findReached(trx, authorityId, told.learnerId) : undefined;
    if (told.learnerId && !learner) throw new AppError('not-found');
    const ownSchool = reach.roles.find((held) => held.schoolId !== null)?.schoolId ?? null;
    const action = { verb: 'change.tell', targetId: told.learnerId ?? noLearner, version: 0, nonce: press.nonce };
    const { outcome } = await once(ctx, trx, action, async () => {
      const toldId = ctx.random.id();
      const learnerId = learner?.learner_id ?? null;
      await repository.insertTold(trx, {
        ...{ authority_id: authorityId, told_id: toldId, teller_id: personId, learner_id: learnerId },
        ...{ learner_initials: learner ? null : told.initials, learner_class: learner ? null : told.class },
        ...{ school_id: learner?.school_id ?? ownSchool, kind: told.kind, what: told.what, since_on: told.sinceOn },
        told_at: toDate(ctx.clock.now()),
      });
      const what = { aggregateKind: 'change', aggregateId: toldId, kind: 'change.told', version: 1 } as const;
      await recordActivity(ctx, trx, { ...what, learnerId, askerId: personId, data: { change: told.kind } });
      const subject = { subjectKind: 'change', subjectId: toldId, learnerIds: learnerId ? [learnerId] : [] };
      await audit(ctx, trx, { verb: 'change.tell', purpose: 'register', ...subject, fields: [`told.${told.kind}`] });
      return { toldId };
    });
    return outcome;
  });
}

const noLearner = '00000000-0000-0000-0000-000000000000';

/**
 * *Who do I speak to?* (product.md A.6), with telephones, for a learner the asker reaches; not-found for anybody else, whether
 * or not they are on the register. Audited.
 */
export async function readWhoToSpeakTo(ctx: Context, learnerId: string) {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.search');
    const { authorityId } = ctx.actor;
    const row = await findReached(trx, authorityId, learnerId);
    if (!row) throw new AppError('not-found');
    const people = await repository.findWhoToSpeakTo(trx, authorityId, learnerId, dateIn(ctx.clock.now()));
    const fields = ['learner.initials', 'learner.stage', 'learner.people'];
    await audit(ctx, trx, { verb: 'learner.who-to-speak-to', purpose: 'support', learnerIds: [learnerId], fields });
    const named = { givenName: row.given_name, familyName: row.family_name, knownAs: row.known_as, stage: row.stage };
    return { label: initialsLabel(named), ...people, virtualSchool: await readSetting(trx, ctx, virtualSchoolSetting) };
  });
}

/** The designated manager of the asker's own school; null when they have no school, or it has none today. */
export async function readOwnManager(ctx: Context) {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.search');
    const schoolId = reach.roles.find((held) => held.schoolId !== null)?.schoolId;
    return schoolId ? repository.findManagerOf(trx, ctx.actor.authorityId, schoolId, dateIn(ctx.clock.now())) : null;
  });
}
