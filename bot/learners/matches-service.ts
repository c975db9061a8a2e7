import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { readSetting } from '../people/settings.js';
import { fromDate, dateIn, toDate } from '../time.js';
import { applySaid } from './applying-service.js';
import { type ExtractService, extractKinds } from './extract.js';
import { listSources } from './extract-repository.js';
import { recordsOfPerson } from './import-repository.js';
import { evidenceOf, type Side } from './match-evidence.js';
import * as repository from './matches-repository.js';
import type { MatchDecision, MatchPair, QualityReport } from './register-contract.js';
import { secondPersonSetting } from './settings.js';
import { contentOf } from './staging-service.js';

const pairsAtOnce = 50;

/** Pairs to be judged. A forbidden pair and one of a restricted learner is not among them, nor counted. */
export async function readMatchQueue(ctx: Context): Promise<{ items: MatchPair[]; total: number }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'match.decide');
    const { authorityId } = ctx.actor;
    const stored = await repository.listOpenPairs(trx, authorityId, pairsAtOnce);
    if (stored.length > 0)
      await audit(ctx, trx, {
        ...{ verb: 'match.list', purpose: 'register', learnerIds: [...new Set(stored.map((one) => one.learner_id))] },
        fields: ['learner.name', 'learner.birth-on', 'learner.scn', 'learner.school'],
      });
    return { items: stored.map(pairOf), total: await repository.countOpenPairs(trx, authorityId) };
  });
}

function pairOf(row: repository.StoredPair): MatchPair {
  const theirs: Side = {
    ...{ givenName: row.their_given, familyName: row.their_family, knownAs: row.their_known, birthOn: row.their_birth },
    ...{ scn: row.their_scn, school: null, stage: null },
  };
  const ours: Side = {
    ...{ givenName: row.given_name, familyName: row.family_name, knownAs: row.known_as, birthOn: row.birth_on },
    ...{ scn: row.scn, school: row.school, stage: row.stage },
  };
  return {
    ...{ id: row.pair_id, version: row.version, system: row.system, learnerId: row.learner_id, guard: row.guard },
    ...{ theirs, ours, evidence: evidenceOf(theirs, ours), waitingForSecond: row.decided_by !== null },
  };
}

/**
 * A person says what two records are. Kept, audited, never asked again; 'same' joins them, and what the other service said
 * of the child becomes facts at once. Where the council wants two people, the first 'same' waits for another's.
 */
export async function decideMatch(
  ctx: Context,
  pairId: string,
  input: { readonly version: number; readonly decision: MatchDecision },
): Promise<void> {
  await ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'match.decide');
    const { authorityId } = ctx.actor;
    const pair = await repository.lockPair(trx, authorityId, pairId);
    if (!pair) throw new AppError('not-found');
    if (pair.version !== input.version) throw new AppError('stale');
    if (pair.decision !== null || pair.joined_to !== null) throw new AppError('not-allowed-now');
    const by = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    const needed = input.decision === 'same' && (await readSetting(trx, ctx, secondPersonSetting));
    if (needed && pair.decided_by === by)
      throw new AppError('not-allowed-now', { where: 'second', why: 'another person' });
    const firstOfTwo = needed && pair.decided_by === null;
    await repository.decidePair(trx, authorityId, pairId, {
      ...{ decision: firstOfTwo ? null : input.decision, at: toDate(ctx.clock.now()) },
      ...{ by: pair.decided_by ?? by, second: pair.decided_by === null ? null : by },
    });
    if (input.decision === 'same' && !firstOfTwo) await join(ctx, trx, pair);
    if (input.decision === 'different' || input.decision === 'forbidden') await aloneAfterAll(ctx, trx, pair);
    await audit(ctx, trx, {
      ...{ verb: `match.${input.decision}`, purpose: 'register', subjectKind: 'match', subjectId: pairId },
      learnerIds: [pair.learner_id],
    });
  });
}

async function join(ctx: Context, trx: Trx, pair: repository.StoredPair): Promise<void> {
  const { authorityId } = ctx.actor;
  const { learner_id: learnerId, source_person_id: personId, system } = pair;
  if (await repository.knownOtherwise(trx, authorityId, { system, learnerId, personId }))
    throw new AppError('not-allowed-now', { where: 'taken', why: 'that system knows this learner as somebody else' });
  await repository.joinPersonTo(trx, authorityId, personId, { learnerId, by: 'person' });
  await speak(ctx, trx, { learnerId, personId, made: [] });
}

/** Nobody of the register is them: whoever a registering source names is then added. */
async function aloneAfterAll(ctx: Context, trx: Trx, pair: repository.StoredPair): Promise<void> {
  const { authorityId } = ctx.actor;
  if ((await repository.countUndecided(trx, authorityId, pair.source_person_id)) > 0) return;
  const person = await repository.findPerson(trx, authorityId, pair.source_person_id);
  const records = await recordsOfPerson(trx, authorityId, pair.source_person_id);
  const registering = (await listSources(trx, authorityId)).filter((one) => one.registers).map((one) => one.source_id);
  const belongs = records.some((one) => registering.includes(one.source_id));
  if (!person?.given_name || !person.family_name || person.learner_id !== null || !belongs) return;
  const learnerId = ctx.random.id();
  const made = [{ learnerId, givenName: person.given_name, familyName: person.family_name }];
  // The learner's row first: what is said of them refers to it.
  await speak(ctx, trx, { learnerId, personId: person.source_person_id, made });
  await repository.joinPersonTo(trx, authorityId, person.source_person_id, { learnerId, by: 'made' });
}

interface Speaking {
  readonly learnerId: string;
  readonly personId: string;
  readonly made: Parameters<typeof applySaid>[2]['made'];
}

/** What the other system says of them is said of the learner. */
async function speak(ctx: Context, trx: Trx, { learnerId, personId, made }: Speaking): Promise<void> {
  const { authorityId } = ctx.actor;
  const services = new Map<string, ExtractService>(
    (await listSources(trx, authorityId)).map((one) => [one.source_id, one.service]),
  );
  const records = await recordsOfPerson(trx, authorityId, personId);
  const said = records.flatMap((record) => {
    const kind = extractKinds.find((one) => one === record.kind);
    const service = services.get(record.source_id);
    return kind && service ? [{ learnerId, kind, service, content: contentOf(record.content), before: null }] : [];
  });
  await applySaid(ctx, trx, { extractId: null, said, made });
}

/** What a data officer looks at each morning; counts of the register as this reader reaches it. */
export async function readQuality(ctx: Context): Promise<QualityReport> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'extract.manage');
    const { authorityId } = ctx.actor;
    const now = ctx.clock.now();
    const register = await repository.qualityCounts(trx, authorityId);
    const facts = await repository.factCounts(trx, authorityId, dateIn(now));
    const sources = (await repository.sourceCounts(trx, authorityId)).map((one) => ({
      ...{ system: one.system, kind: one.kind, records: one.records },
      takenAt: one.taken_at ? fromDate(one.taken_at).toString() : null,
      days: one.taken_at ? Math.floor((now.epochMilliseconds - one.taken_at.getTime()) / 86_400_000) : null,
    }));
    const learners = register['learners'] ?? 0;
    const check = (name: QualityReport['checks'][number]['check'], count: number, of = learners) => ({
      check: name,
      count,
      of,
    });
    return {
      ...{ learners, inBoth: register['in_both'] ?? 0, sources },
      checks: [
        check('no-scn', register['no_scn'] ?? 0),
        check('no-school', register['no_school'] ?? 0),
        check('status-unknown', register['status_unknown'] ?? 0),
        check('no-worker', register['no_worker'] ?? 0, register['looked_after'] ?? 0),
        check('sources-differ', facts.differ),
        check('episodes-overlap', facts.overlap),
        check('waits-for-match', facts.waits, facts.persons),
        check('stale-source', sources.filter(({ days }) => days === null || days > 31).length, sources.length),
      ],
    };
  });
}
