import { Temporal } from 'temporal-polyfill';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { recordActivity } from '../db/activity.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { dateIn, toDate } from '../time.js';
import type { BreakGlass, LearnerChoice, RecordFact } from './contract.js';
import { changeFrom, correction, type Fact, type FactChange, shownOn } from './facts.js';
import { tellOfGlass } from './glass-notices-service.js';
import { choiceLabels } from './labels.js';
import { type Attribute, attributes, educations, factSources, homes, statuses } from './learner.js';
import * as repository from './repository.js';
import { readScn } from './scn.js';

/** More do not fit a list in a chat; those who reach more look in the tab. */
const choicesAtMost = 150;

/** The learners that this asker reaches, by initials and stage, for a list in a card. Read, and so audited, by id. */
export async function listReachedLearners(ctx: Context, limit = choicesAtMost): Promise<LearnerChoice[]> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.search');
    const rows = await repository.listLearners(trx, ctx.actor.authorityId, limit);
    if (rows.length > 0) {
      const learnerIds = rows.map((row) => row.learner_id);
      const fields = ['learner.initials', 'learner.stage'];
      await audit(ctx, trx, { verb: 'learner.list', purpose: 'ask-for-support', learnerIds, fields });
    }
    return choiceLabels(
      rows.map((row) => ({
        ...{ id: row.learner_id, givenName: row.given_name, familyName: row.family_name, knownAs: row.known_as },
        ...{ stage: row.stage, birthOn: row.birth_on },
      })),
    );
  });
}

/**
 * Something is known of a learner from a source, from a day on. The learner's row and scope follow in the same transaction
 * when the source is the one that the attribute follows (facts.ts). Throws AppError: not-found, invalid.
 */
export async function recordFact(ctx: Context, input: RecordFact): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    const value = checkedValue(input.attribute, input.value);
    await changeFacts(ctx, trx, input.learnerId, (facts) => changeFrom(facts, { ...input, value }));
  });
}

/** What was recorded was never so. The old value stays findable under the time in which we believed it. */
export async function correctFact(
  ctx: Context,
  input: { readonly learnerId: string; readonly factId: string; readonly value: RecordFact['value'] },
): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'request.read-all');
    await changeFacts(ctx, trx, input.learnerId, (facts) => {
      const wrong = facts.find(({ factId }) => factId === input.factId);
      if (!wrong) throw new AppError('not-found');
      return correction(wrong, checkedValue(wrong.attribute, input.value));
    });
  });
}

async function changeFacts(
  ctx: Context,
  trx: Trx,
  learnerId: string,
  decide: (facts: readonly Fact[]) => FactChange,
): Promise<void> {
  const { authorityId } = ctx.actor;
  const learner = await repository.findLearnerForUpdate(trx, authorityId, learnerId);
  if (!learner) throw new AppError('not-found');
  const change = decide(await factsOf(trx, authorityId, learnerId));
  if (change.known.length === 0) return;
  const at = toDate(ctx.clock.now());
  await repository.closeFacts(trx, authorityId, change.superseded, at);
  await repository.insertFacts(
    trx,
    change.known.map((fact) => ({
      ...{ authority_id: authorityId, fact_id: ctx.random.id(), learner_id: learnerId, attribute: fact.attribute },
      ...{ value: JSON.stringify(fact.value), source: fact.source, valid_from: fact.validFrom, valid_to: fact.validTo },
      known_from: at,
    })),
  );
  const touched = [...new Set(change.known.map(({ attribute }) => attribute))];
  await project(ctx, trx, learnerId, touched);
  const what = { aggregateKind: 'learner', aggregateId: learnerId, kind: 'learner.fact', askerId: null } as const;
  await recordActivity(ctx, trx, {
    ...what,
    version: learner.version + 1,
    learnerId,
    data: { attribute: touched[0] ?? null },
  });
  const subject = { subjectKind: 'learner', subjectId: learnerId, learnerIds: [learnerId] };
  await audit(ctx, trx, { verb: 'learner.fact', purpose: 'register', ...subject, fields: touched });
}

async function factsOf(trx: Trx, authorityId: string, learnerId: string): Promise<Fact[]> {
  const rows = await repository.listFactsKnown(trx, authorityId, learnerId);
  return rows.flatMap((row) => {
    const attribute = attributes.find((one) => one === row.attribute);
    const source = factSources.find((one) => one === row.source);
    if (!attribute || !source) return [];
    return [
      { factId: row.fact_id, attribute, source, value: row.value, validFrom: row.valid_from, validTo: row.valid_to },
    ];
  });
}

type RowChange = Parameters<typeof repository.updateLearner>[3];

/** What a fact means for the learner's row; facts without a column of theirs are absent. */
const inRow: Partial<Record<Attribute, (value: string | null) => RowChange>> = {
  'given-name': (value) => (value ? { given_name: value } : {}),
  'family-name': (value) => (value ? { family_name: value } : {}),
  'known-as': (known_as) => ({ known_as }),
  'birth-on': (birth_on) => ({ birth_on }),
  scn: (scn) => ({ scn }),
  stage: (stage) => ({ stage }),
  school: (school_id) => ({ school_id }),
  home: (value) => ({ home: homes.find((one) => one === value) ?? null }),
  education: (value) => ({ education: educations.find((one) => one === value) ?? 'here' }),
  status: (value) => ({ status: statuses.find((one) => one === value) ?? 'unknown' }),
};

/** The row, and the scope that reach is worked out from, follow the facts of today. */
async function project(ctx: Context, trx: Trx, learnerId: string, touched: readonly Attribute[]): Promise<void> {
  const { authorityId } = ctx.actor;
  const today = dateIn(ctx.clock.now());
  const facts = await factsOf(trx, authorityId, learnerId);
  let change: RowChange = {};
  for (const attribute of touched) {
    const value = shownOn(facts, attribute, today);
    if (value === undefined) continue;
    change = { ...change, ...inRow[attribute]?.(typeof value === 'string' ? value : null) };
    if (attribute === 'status') change = { ...change, status_since: sinceOf(facts, today) };
  }
  await repository.updateLearner(trx, authorityId, learnerId, change);
  if (typeof change.school_id === 'string' || change.school_id === null)
    await repository.updateScope(trx, authorityId, learnerId, { school_id: change.school_id });
}

function sinceOf(facts: readonly Fact[], today: string): string | null {
  const value = shownOn(facts, 'status', today);
  return (
    facts.find((fact) => fact.attribute === 'status' && fact.value === value && fact.validTo === null)?.validFrom ??
    null
  );
}

const oneOfList: Partial<Record<Attribute, readonly string[]>> = {
  education: educations,
  home: homes,
  status: statuses,
};

/** Throws AppError('invalid') for a value that the attribute cannot have; never says which value it was. */
function checkedValue(attribute: Attribute, value: RecordFact['value']): RecordFact['value'] {
  const list = oneOfList[attribute];
  const fits =
    value === null ||
    (attribute === 'non-disclosure'
      ? typeof value === 'boolean'
      : typeof value === 'string' &&
        (!list || list.includes(value)) &&
        (attribute !== 'scn' || readScn(value) === value));
  if (!fits) throw new AppError('invalid', { where: 'value', why: `not a value of ${attribute}` });
  return value;
}

const glassHours = Temporal.Duration.from({ hours: 4 });

/**
 * Break-glass: reason, four hours, and the head and the information officer are told (glass-notices-service.ts). A declared conflict outranks it, and answers as a learner who does not exist.
 */
export async function breakGlass(ctx: Context, input: BreakGlass): Promise<{ endsAt: string }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.break-glass');
    if (ctx.actor.kind !== 'person') throw new AppError('forbidden');
    const { authorityId, personId } = ctx.actor;
    const { learnerId } = input;
    if (input.reason.trim().length < 10)
      throw new AppError('invalid', { where: 'reason', why: 'say why, in a sentence' });
    const now = ctx.clock.now();
    const scope = await repository.findScope(trx, authorityId, learnerId);
    if (!scope || (await repository.hasConflict(trx, authorityId, learnerId, personId, dateIn(now))))
      throw new AppError('not-found');
    const breakGlassId = ctx.random.id();
    const endsAt = now.add(glassHours);
    await repository.insertBreakGlass(trx, {
      ...{ authority_id: authorityId, break_glass_id: breakGlassId, learner_id: learnerId, person_id: personId },
      ...{ reason: input.reason, started_at: toDate(now), ends_at: toDate(endsAt) },
    });
    // Not under the learner: this transaction's reach is still the one from before the glass was broken.
    const what = {
      aggregateKind: 'learner',
      aggregateId: breakGlassId,
      kind: 'learner.break-glass',
      version: 1,
    } as const;
    await recordActivity(ctx, trx, { ...what, learnerId: null, askerId: personId });
    const subject = { subjectKind: 'break-glass', subjectId: breakGlassId, learnerIds: [learnerId] };
    await audit(ctx, trx, { verb: 'learner.break-glass', purpose: 'break-glass', ...subject });
    await tellOfGlass(ctx, trx, breakGlassId);
    return { endsAt: endsAt.toString() };
  });
}
