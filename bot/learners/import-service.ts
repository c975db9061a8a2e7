import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { toDate } from '../time.js';
import { applySaid, type NewLearner, type Said } from './applying-service.js';
import { addCounts, type ExtractContent, type ExtractKind, extractKinds } from './extract.js';
import * as extracts from './extract-repository.js';
import * as rowsIn from './extract-row-repository.js';
import { found, tell } from './extract-service.js';
import * as imports from './import-repository.js';
import { type Candidate, joinPerson, type Likeness } from './joining.js';
import { contentOf, countsOf, type Pace } from './staging-service.js';

const rowsAtOnce = 1_000;

type Row = rowsIn.StoredRow & { readonly said: ExtractContent };
type Person = imports.StoredPerson;

/**
 * Takes what was previewed into the register, a thousand rows a transaction; the row that was reached is committed with what
 * it brought. Killed anywhere it goes on from there to the same end. Answers whether it is done.
 */
export async function takeExtract(ctx: Context, extractId: string, pace: Pace): Promise<boolean> {
  for (;;) {
    const done = await ctx.db.transact(ctx.actor, ctx.clock, (trx) => takeBatch(ctx, trx, extractId));
    if (done) return true;
    if (pace.over()) return false;
  }
}

interface Batch {
  readonly extractId: string;
  readonly source: extracts.StoredSource;
  readonly kind: ExtractKind;
  readonly at: Date;
}

async function takeBatch(ctx: Context, trx: Trx, extractId: string): Promise<boolean> {
  const { authorityId } = ctx.actor;
  const extract = await found(trx, ctx, extractId);
  if (extract.state !== 'importing' || !extract.source_id) return true;
  const source = await extracts.findSource(trx, authorityId, extract.source_id);
  if (!source) return true;
  const page = { after: extract.reached, limit: rowsAtOnce };
  const rows: Row[] = (await rowsIn.listRowsToTake(trx, authorityId, extractId, page)).map((row) => ({
    ...row,
    said: contentOf(row.content),
  }));
  const kind = extractKinds.find((one) => one === source.kind) ?? 'pupils';
  const batch: Batch = { extractId, source, kind, at: toDate(ctx.clock.now()) };
  if (rows.length === 0) return finish(ctx, trx, extract, batch);
  const taken = await takeRows(ctx, trx, batch, rows);
  const counts = addCounts(countsOf(extract.counts), { ...taken, taken: rows.length });
  const reached = rows.at(-1)?.row_number ?? extract.reached;
  await extracts.updateExtract(trx, authorityId, extractId, { reached, counts: JSON.stringify(counts) });
  return false;
}

async function takeRows(ctx: Context, trx: Trx, batch: Batch, rows: readonly Row[]) {
  const { persons, fresh } = await personsOf(ctx, trx, batch, rows);
  const { made, joined, waiting } = await joinAll(ctx, trx, batch, [...persons.values()]);
  await imports.putPersons(
    trx,
    ctx.actor.authorityId,
    batch.extractId,
    [...persons.values()].filter((one) => fresh.has(one.source_person_id)),
  );
  await imports.insertPairs(trx, waiting.pairs);
  const personOf = (row: Row) => persons.get(row.person_key ?? '');
  const changed = rows.flatMap((row) => (row.outcome === 'changed' && row.record_key ? [row.record_key] : []));
  const { authorityId } = ctx.actor;
  const known = await rowsIn.listKnownRecords(trx, authorityId, batch.source.source_id, changed);
  const before = new Map(known.map((one) => [one.record_key, contentOf(one.content)]));
  const records = rows.flatMap((row): imports.NewRecord[] => {
    const person = personOf(row);
    if (!person || !row.record_key || !row.row_hash) return [];
    return [
      {
        ...{ record_id: ctx.random.id(), source_id: batch.source.source_id, kind: batch.kind, content: row.said },
        ...{ source_person_id: person.source_person_id, record_key: row.record_key, row_hash: row.row_hash },
        ...{
          learner_id: person.learner_id,
          valid_from: row.said.from ?? row.said.on ?? null,
          valid_to: row.said.to ?? null,
        },
      },
    ];
  });
  await imports.replaceRecords(trx, ctx.actor.authorityId, batch.source.source_id, records, batch);
  const said = rows.flatMap((row): Said[] => {
    const learnerId = personOf(row)?.learner_id;
    const was = before.get(row.record_key ?? '') ?? null;
    return learnerId
      ? [{ learnerId, kind: batch.kind, service: batch.source.service, content: row.said, before: was }]
      : [];
  });
  await applySaid(ctx, trx, { extractId: batch.extractId, said, made });
  return { joined, made: made.length, waiting: waiting.persons };
}

/** Everybody whom these rows are about, known or new; `fresh` are those of whom something is new. */
async function personsOf(ctx: Context, trx: Trx, batch: Batch, rows: readonly Row[]) {
  const keys = [...new Set(rows.flatMap((row) => row.person_key ?? []))];
  const known = await rowsIn.listPersonsByKey(trx, ctx.actor.authorityId, batch.source.system, keys);
  const persons = new Map<string, Person>(known.map((one) => [one.person_key, one]));
  const fresh = new Set<string>();
  for (const { person_key: key, said } of rows) {
    if (!key) continue;
    const before = persons.get(key);
    const next: Person = {
      ...(before ?? newPerson(ctx, batch, key)),
      ...(said.givenName ? { given_name: said.givenName } : {}),
      ...(said.familyName ? { family_name: said.familyName } : {}),
      ...(said.knownAs ? { known_as: said.knownAs } : {}),
      ...(said.birthOn ? { birth_on: said.birthOn } : {}),
      ...(said.scn ? { scn: said.scn } : {}),
    };
    if (!before || identityText(before) !== identityText(next)) fresh.add(next.source_person_id);
    persons.set(key, next);
  }
  // Whoever is not joined yet is looked at again: the register may have grown.
  for (const one of persons.values()) if (one.learner_id === null) fresh.add(one.source_person_id);
  return { persons, fresh };
}

function identityText({ given_name, family_name, known_as, birth_on, scn }: Person): string {
  return JSON.stringify([given_name, family_name, known_as, birth_on, scn]);
}

function newPerson(ctx: Context, { source, extractId, at }: Batch, key: string): Person {
  return {
    ...{
      authority_id: ctx.actor.authorityId,
      source_person_id: ctx.random.id(),
      system: source.system,
      person_key: key,
    },
    ...{ given_name: null, family_name: null, known_as: null, birth_on: null, scn: null, learner_id: null },
    ...{ joined_by: null, waits: false, first_seen_at: at, made_by: extractId },
  };
}

/** Joins, makes, or leaves waiting each who is not joined; writes into the persons what became of them. */
async function joinAll(ctx: Context, trx: Trx, batch: Batch, persons: Person[]) {
  const open = persons.filter((one) => one.learner_id === null);
  const around = await surroundings(ctx, trx, batch, open);
  const made: NewLearner[] = [];
  const pairs: Parameters<typeof imports.insertPairs>[1][number][] = [];
  let [joined, waits] = [0, 0];
  for (const person of open) {
    const result = joinPerson({
      ...{ person: identityOf(person), candidates: around.candidatesFor(person), taken: around.taken },
      ...{ judged: around.judgedOf(person.source_person_id), registers: batch.source.registers },
    });
    if (result.kind === 'joined') {
      Object.assign(person, { learner_id: result.learnerId, joined_by: 'scn', waits: false });
      around.taken.add(result.learnerId);
      joined += 1;
    }
    if (result.kind === 'waits') {
      if (!person.waits) waits += 1;
      person.waits = true;
      pairs.push(...pairsOf(ctx, batch, person, result.candidates));
    }
    if (result.kind === 'new') {
      const learnerId = ctx.random.id();
      Object.assign(person, { learner_id: learnerId, joined_by: 'made', waits: false });
      made.push({ learnerId, givenName: person.given_name ?? '', familyName: person.family_name ?? '' });
      around.taken.add(learnerId);
      around.add({ ...identityOf(person), learnerId });
    }
  }
  return { made, joined, waiting: { persons: waits, pairs } };
}

function identityOf(person: Person) {
  const { given_name: givenName, family_name: familyName, birth_on: birthOn, scn } = person;
  return { givenName, familyName, birthOn, scn };
}

function pairsOf(ctx: Context, batch: Batch, person: Person, candidates: readonly Likeness[]) {
  return candidates.slice(0, 20).map(({ learnerId, guard }) => ({
    ...{ authority_id: ctx.actor.authorityId, pair_id: ctx.random.id(), source_person_id: person.source_person_id },
    ...{
      learner_id: learnerId,
      band: 'possible' as const,
      weight: 0,
      guard,
      found_at: batch.at,
      made_by: batch.extractId,
    },
  }));
}

/** Whom somebody could be, who is spoken for, and what a person has said already. */
async function surroundings(ctx: Context, trx: Trx, batch: Batch, open: readonly Person[]) {
  const { authorityId } = ctx.actor;
  const rows = await imports.listCandidates(trx, authorityId, {
    scns: open.flatMap(({ scn }) => scn ?? []),
    days: [...new Set(open.flatMap(({ birth_on }) => birth_on ?? []))],
  });
  const all: Candidate[] = rows.map((row) => ({
    ...{ learnerId: row.learner_id, givenName: row.given_name, familyName: row.family_name },
    ...{ birthOn: row.birth_on, scn: row.scn },
  }));
  const byDay = new Map<string, Candidate[]>();
  const byScn = new Map<string, Candidate[]>();
  const put = (map: Map<string, Candidate[]>, key: string | null, one: Candidate) => {
    if (key !== null) map.set(key, [...(map.get(key) ?? []), one]);
  };
  const add = (one: Candidate) => {
    put(byDay, one.birthOn, one);
    put(byScn, one.scn, one);
  };
  all.forEach(add);
  const taken = new Set(
    await imports.listTaken(
      trx,
      authorityId,
      batch.source.system,
      all.map(({ learnerId }) => learnerId),
    ),
  );
  const judged = new Map<string, Set<string>>();
  for (const pair of await imports.listPairsOf(
    trx,
    authorityId,
    open.map((one) => one.source_person_id),
  ))
    if (pair.decision !== null && pair.decision !== 'cannot-tell')
      judged.set(pair.source_person_id, (judged.get(pair.source_person_id) ?? new Set()).add(pair.learner_id));
  const none: ReadonlySet<string> = new Set();
  return {
    ...{ taken, add },
    candidatesFor: ({ birth_on, scn }: Person) => [
      ...new Set([...(byScn.get(scn ?? '') ?? []), ...(byDay.get(birth_on ?? '') ?? [])]),
    ],
    judgedOf: (personId: string) => judged.get(personId) ?? none,
  };
}

/** Everything is taken: what a complete source no longer names has ended. */
async function finish(ctx: Context, trx: Trx, extract: extracts.StoredExtract, batch: Batch): Promise<boolean> {
  const { authorityId } = ctx.actor;
  const { extractId, source } = batch;
  if (source.complete)
    await imports.endMissing(trx, authorityId, { extractId, sourceId: source.source_id, at: batch.at });
  await extracts.updateExtract(trx, authorityId, extractId, { state: 'imported', imported_at: batch.at });
  await tell(ctx, trx, extract, 'extract.imported');
  return true;
}
