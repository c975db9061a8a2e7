import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { dateIn, toDate } from '../time.js';
import { changesBetween } from './changes.js';
import { recordChanges } from './changes-service.js';
import type { ExtractContent, ExtractKind, ExtractService } from './extract.js';
import { datedFacts, factsSaid } from './extract-facts.js';
import type { Fact } from './facts.js';
import * as imports from './import-repository.js';
import { attributes, type Attribute, factSources } from './learner.js';
import { changeForPeriod } from './periods.js';
import { circumstancesOf, type Projected, projectOn, sinceOf } from './projection.js';

/** One row about a learner. */
export interface Said {
  readonly learnerId: string;
  readonly kind: ExtractKind;
  readonly service: ExtractService;
  readonly content: ExtractContent;
  /** What the record said until now, when it is said otherwise: that is withdrawn first. */
  readonly before: ExtractContent | null;
}

export interface NewLearner {
  readonly learnerId: string;
  readonly givenName: string;
  readonly familyName: string;
}

interface Applying {
  readonly extractId: string | null;
  readonly said: readonly Said[];
  readonly made: readonly NewLearner[];
}

type LearnerRow = Awaited<ReturnType<typeof imports.listLearnersFor>>[number];
type ScopeRow = Awaited<ReturnType<typeof imports.listScopesFor>>[number];

interface Held {
  readonly learner: LearnerRow;
  readonly scope: ScopeRow;
  readonly isNew: boolean;
  readonly stored: Fact[];
  readonly facts: Fact[];
  readonly touched: Set<Attribute>;
}

/**
 * What rows say of learners becomes facts; rows of the register follow; changes of circumstance are found; all is audited.
 * In the caller's transaction, a few statements however many rows there are.
 */
export async function applySaid(ctx: Context, trx: Trx, { extractId, said, made }: Applying): Promise<void> {
  const { authorityId } = ctx.actor;
  const now = toDate(ctx.clock.now());
  const today = dateIn(ctx.clock.now());
  const held = await load(ctx, trx, [...new Set(said.map(({ learnerId }) => learnerId))], made);
  if (held.size === 0) return;
  const staff = await workersIn(ctx, trx, said);
  for (const one of said) {
    const learner = held.get(one.learnerId);
    if (!learner) continue;
    const workerId = staff.get(one.content.worker ?? '') ?? null;
    if (one.before)
      withdraw(
        learner,
        datedFacts({ ...one, content: one.before, on: today, workerId: staff.get(one.before.worker ?? '') ?? null }),
      );
    for (const next of factsSaid({ ...one, on: today, workerId }, learner.facts)) replace(ctx, learner, next);
  }
  const changed = [...held.values()].filter(({ touched, isNew }) => isNew || touched.size > 0);
  if (changed.length === 0) return;
  const factsOf = changesOfFacts(changed);
  await imports.changeFacts(trx, authorityId, factsOf, { extractId, at: now });
  const projected = changed.map((one) => project(one, today));
  await fillTeams(ctx, trx, projected);
  const rows = projected.map(({ row }) => row);
  await imports.putLearners(
    trx,
    authorityId,
    rows,
    projected.map(({ scope }) => scope),
  );
  if (extractId !== null)
    await imports.keepBefore(
      trx,
      authorityId,
      extractId,
      projected.map(({ before }) => before),
    );
  await imports.insertActivities(
    trx,
    authorityId,
    rows.map((row) => ({ activity_id: ctx.random.id(), learner_id: row.learner_id, version: row.version })),
    { at: now, kind: 'learner.fact', extractId },
  );
  await recordChanges(ctx, trx, { origin: 'extract', extractId, found: projected.flatMap(({ found }) => found) });
  await audit(ctx, trx, {
    ...{
      verb: 'learner.fact',
      purpose: 'register',
      subjectKind: 'extract',
      ...(extractId ? { subjectId: extractId } : {}),
    },
    learnerIds: rows.map((row) => row.learner_id),
    fields: [...new Set(changed.flatMap(({ touched }) => [...touched]))],
  });
}

async function load(
  ctx: Context,
  trx: Trx,
  learnerIds: readonly string[],
  made: readonly NewLearner[],
): Promise<Map<string, Held>> {
  const { authorityId } = ctx.actor;
  const learners = await imports.listLearnersFor(trx, authorityId, learnerIds);
  const scopes = new Map(
    (await imports.listScopesFor(trx, authorityId, learnerIds)).map((one) => [one.learner_id, one]),
  );
  const facts = new Map<string, Fact[]>();
  for (const row of await imports.listFactsFor(trx, authorityId, learnerIds)) {
    const attribute = attributes.find((one) => one === row.attribute);
    const source = factSources.find((one) => one === row.source);
    if (!attribute || !source) continue;
    const list = facts.get(row.learner_id) ?? [];
    list.push({
      ...{ factId: row.fact_id, attribute, source, value: row.value, validFrom: row.valid_from, validTo: row.valid_to },
    });
    facts.set(row.learner_id, list);
  }
  const held = new Map<string, Held>();
  const hold = (learner: LearnerRow, isNew: boolean) => {
    const stored = facts.get(learner.learner_id) ?? [];
    const scope = scopes.get(learner.learner_id) ?? emptyScope(learner);
    held.set(learner.learner_id, { learner, scope, isNew, stored, facts: [...stored], touched: new Set() });
  };
  learners.forEach((learner) => hold(learner, false));
  made.forEach((one) => hold(emptyLearner(authorityId, one), true));
  return held;
}

function emptyLearner(authorityId: string, { learnerId, givenName, familyName }: NewLearner): LearnerRow {
  return {
    ...{ authority_id: authorityId, learner_id: learnerId, given_name: givenName, family_name: familyName },
    ...{ known_as: null, birth_on: null, scn: null, stage: null, school_id: null, education: 'here', home: null },
    ...{ status: 'unknown', status_since: null, version: 0 },
  };
}

function emptyScope({ authority_id, learner_id, school_id }: LearnerRow): ScopeRow {
  return { authority_id, learner_id, school_id, social_worker_id: null, team_id: null, restricted: false };
}

/** Staff by what the rows call them. */
async function workersIn(ctx: Context, trx: Trx, said: readonly Said[]): Promise<Map<string, string>> {
  const called = [
    ...new Set(said.flatMap(({ content, before }) => [content.worker ?? [], before?.worker ?? []].flat())),
  ];
  const rows = await imports.listStaffCalled(trx, ctx.actor.authorityId, called);
  return new Map(rows.map((row) => [row.called, row.person_id]));
}

/** Just what was said: what a later record has cut or taken the place of stays. */
function withdraw(held: Held, said: readonly Omit<Fact, 'factId'>[]): void {
  for (const one of said) {
    const place = held.facts.findIndex(
      (fact) =>
        fact.attribute === one.attribute &&
        fact.source === one.source &&
        fact.value === one.value &&
        fact.validFrom === one.validFrom &&
        fact.validTo === one.validTo,
    );
    if (place < 0) continue;
    held.facts.splice(place, 1);
    held.touched.add(one.attribute);
  }
}

function replace(ctx: Context, held: Held, next: Omit<Fact, 'factId'>): void {
  const { superseded, known } = changeForPeriod(held.facts, next);
  if (known.length === 0) return;
  const gone = new Set(superseded);
  const kept = held.facts.filter(({ factId }) => !gone.has(factId));
  held.facts.splice(0, held.facts.length, ...kept, ...known.map((fact) => ({ ...fact, factId: ctx.random.id() })));
  held.touched.add(next.attribute);
}

/** Facts that came and went within this batch are never written. */
function changesOfFacts(changed: readonly Held[]) {
  return {
    made: changed.flatMap(({ learner, stored, facts }) => {
      const before = new Set(stored.map(({ factId }) => factId));
      return facts
        .filter(({ factId }) => !before.has(factId))
        .map((fact) => ({
          ...{ fact_id: fact.factId, learner_id: learner.learner_id, attribute: fact.attribute, value: fact.value },
          ...{ source: fact.source, valid_from: fact.validFrom, valid_to: fact.validTo },
        }));
    }),
    closed: changed.flatMap(({ learner, stored, facts }) => {
      const after = new Set(facts.map(({ factId }) => factId));
      return stored
        .filter(({ factId }) => !after.has(factId))
        .map(({ factId }) => ({ fact_id: factId, learner_id: learner.learner_id }));
    }),
  };
}

function project({ learner, scope, isNew, stored, facts, touched }: Held, today: string) {
  const before: Projected = { ...pick(learner), social_worker_id: scope.social_worker_id };
  const after = projectOn(before, facts, [...touched], today);
  const { social_worker_id, ...columns } = after;
  const row = { ...learner, ...columns, version: learner.version + 1 };
  const found = isNew
    ? []
    : changesBetween(circumstancesOf(before, stored, today), circumstancesOf(after, facts, today), {
        ...{ since: sinceOf(facts, after, today), today },
      }).map((change) => ({ ...change, learnerId: learner.learner_id, schoolId: after.school_id, social_worker_id }));
  return {
    row,
    scope: { ...scope, school_id: after.school_id, social_worker_id },
    found,
    before: {
      learner_id: learner.learner_id,
      learner: isNew ? null : learner,
      scope: isNew ? null : scope,
      after_version: row.version,
    } as never,
    workerChanged: social_worker_id !== scope.social_worker_id,
  };
}

function pick(row: LearnerRow): Omit<Projected, 'social_worker_id'> {
  const { given_name, family_name, known_as, birth_on, scn, stage, school_id, education, home, status, status_since } =
    row;
  return { given_name, family_name, known_as, birth_on, scn, stage, school_id, education, home, status, status_since };
}

/** A new worker's team is the one that their learners are reached by. */
async function fillTeams(ctx: Context, trx: Trx, projected: readonly ReturnType<typeof project>[]): Promise<void> {
  const moved = projected.filter(({ workerChanged }) => workerChanged);
  if (moved.length === 0) return;
  const workers = moved.flatMap(({ scope }) => scope.social_worker_id ?? []);
  const teams = await imports.teamsOf(trx, ctx.actor.authorityId, workers);
  for (const { scope } of moved) scope.team_id = teams.get(scope.social_worker_id ?? '') ?? null;
}
