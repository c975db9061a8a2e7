import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { fieldsSeen, type LearnerField } from '../access/visibility.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { addDays, dateIn, fromDate, instantAt, toDate } from '../time.js';
import { changesOf } from './changes-reading.js';
import { type Fact, holdsOn } from './facts.js';
import { type Attribute, attributes, factSources } from './learner.js';
import type { FactShown, LearnerDetail } from './register-contract.js';
import { rowsOf } from './register-reading.js';
import * as repository from './register-repository.js';
import { contentOf } from './staging-service.js';
import { standingOn } from './status.js';

/** The field that a role must see for an attribute to be shown. */
const fieldOf: Readonly<Record<Attribute, LearnerField>> = {
  'given-name': 'name',
  'family-name': 'name',
  'known-as': 'name',
  'birth-on': 'birth-on',
  scn: 'scn',
  stage: 'stage',
  school: 'school',
  education: 'education',
  home: 'home',
  status: 'status',
  'looked-after': 'status',
  'care-experienced': 'status',
  'social-worker': 'social-worker',
  'responsible-council': 'education',
  'residence-council': 'education',
  'education-council': 'education',
  'legal-basis': 'home',
  'non-disclosure': 'non-disclosure',
};

interface AsOf {
  readonly stoodOn?: string | undefined;
  readonly knownOn?: string | undefined;
}

/**
 * One learner: who, how things stand or stood, from whom we know it and since when, side by side; attendance, school history
 * and other records; people; changes. "As it stood on" a day, "as we knew it on" another. Each part by visibility rules.
 */
export async function readLearner(ctx: Context, learnerId: string, as: AsOf): Promise<LearnerDetail> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.search');
    const { authorityId } = ctx.actor;
    const seen = fieldsSeen(reach.roles);
    const one = { view: 'everybody', words: '', schoolId: null, offset: 0, limit: 1, learnerId };
    const stored = await repository.listRegister(trx, authorityId, one);
    const [learner] = await rowsOf(ctx, trx, stored, seen);
    if (!learner || seen.length === 0) throw new AppError('not-found');
    const on = as.stoodOn ?? dateIn(ctx.clock.now());
    const at = as.knownOn ? toDate(instantAt(addDays(as.knownOn, 1), '00:00')) : toDate(ctx.clock.now());
    const rows = await repository.listFactsKnownAt(trx, authorityId, learnerId, at);
    const visible = rows.flatMap((row) => visibleFact(row, seen));
    const facts = visible.map(({ fact }) => fact);
    const names = await namesIn(trx, authorityId, facts);
    const standing = seen.includes('status') ? standingOn(facts, on) : null;
    await audit(ctx, trx, {
      ...{ verb: 'learner.read', purpose: 'register', subjectKind: 'learner', subjectId: learnerId },
      ...{ learnerIds: [learnerId], fields: seen.map((field) => `learner.${field}`) },
    });
    return {
      learner,
      facts: visible.map(({ fact, knownFrom }) => shown(fact, knownFrom, on, names)),
      disagreements: disagreementsIn(facts, on),
      people: (await repository.listPeopleAround(trx, authorityId, learnerId, on)).map((row) => ({
        ...{ id: row.person_id, name: row.name, kind: row.kind, telephone: row.telephone },
      })),
      ...(await recordsOf(trx, authorityId, learnerId, seen)),
      changes: await changesOf(ctx, trx, { open: false, learnerId, limit: 50 }),
      ...(standing ? { lookedAfter: standing.lookedAfter, careExperienced: standing.careExperienced } : {}),
    };
  });
}

type FactRow = Awaited<ReturnType<typeof repository.listFactsKnownAt>>[number];

function visibleFact(row: FactRow, seen: readonly LearnerField[]): { fact: Fact; knownFrom: Date }[] {
  const attribute = attributes.find((one) => one === row.attribute);
  const source = factSources.find((one) => one === row.source);
  if (!attribute || !source || !seen.includes(fieldOf[attribute])) return [];
  const { fact_id: factId, value, valid_from: validFrom, valid_to: validTo } = row;
  return [{ fact: { factId, attribute, source, value, validFrom, validTo }, knownFrom: row.known_from }];
}

async function namesIn(trx: Trx, authorityId: string, facts: readonly Fact[]): Promise<ReadonlyMap<string, string>> {
  const valuesOf = (attribute: Attribute) =>
    facts.flatMap((fact) => (fact.attribute === attribute && typeof fact.value === 'string' ? [fact.value] : []));
  return repository.placeNames(trx, authorityId, { schools: valuesOf('school'), people: valuesOf('social-worker') });
}

function shown(fact: Fact, knownFrom: Date, on: string, names: ReadonlyMap<string, string>): FactShown {
  const text = typeof fact.value === 'string' ? fact.value : fact.value === null ? null : JSON.stringify(fact.value);
  return {
    ...{ id: fact.factId, attribute: fact.attribute, source: fact.source, from: fact.validFrom, to: fact.validTo },
    value: text === null ? null : (names.get(text) ?? text),
    knownFrom: fromDate(knownFrom).toString(),
    holds: holdsOn(fact, on),
  };
}

/** Two sources that say different things of the same day: shown, and neither overwritten. */
export function disagreementsIn(facts: readonly Fact[], on: string): Attribute[] {
  return attributes.filter((attribute) => {
    const held = facts.filter((fact) => fact.attribute === attribute && holdsOn(fact, on));
    const said = new Map<string, unknown>();
    for (const { source, value } of held) said.set(source, value);
    return new Set([...said.values()].map((value) => JSON.stringify(value))).size > 1;
  });
}

const shownRecords = [
  'enrolments',
  'exclusions',
  'attainment',
  'orders',
  'legal-basis',
  'reviews',
  'living',
  'status',
] as const;
const neededFor: Readonly<Partial<Record<string, LearnerField>>> = {
  ...{
    orders: 'home',
    'legal-basis': 'home',
    living: 'home',
    status: 'status',
    exclusions: 'status',
    attainment: 'birth-on',
  },
};

async function recordsOf(trx: Trx, authorityId: string, learnerId: string, seen: readonly LearnerField[]) {
  const kinds = shownRecords.filter((kind) => {
    const needed = neededFor[kind];
    return !needed || seen.includes(needed);
  });
  const withAttendance = seen.includes('birth-on') ? [...kinds, 'attendance'] : kinds;
  const rows = await repository.listRecordsOf(trx, authorityId, learnerId, withAttendance);
  const hidden = new Set([
    'personKey',
    'scn',
    'givenName',
    'familyName',
    'knownAs',
    'birthOn',
    'school',
    'from',
    'to',
    'on',
  ]);
  return {
    attendance: rows
      .filter((row) => row.kind === 'attendance' && row.valid_from)
      .map((row) => {
        const { possible, timetabled, actual } = contentOf(row.content);
        return {
          ...{ on: row.valid_from ?? '', possible: Number(possible ?? 0), actual: Number(actual ?? 0) },
          timetabled: timetabled === undefined ? null : Number(timetabled),
        };
      }),
    records: rows
      .filter((row) => row.kind !== 'attendance')
      .map((row) => ({
        ...{ id: row.record_id, kind: row.kind, system: row.system, from: row.valid_from, to: row.valid_to },
        content: Object.entries(contentOf(row.content))
          .filter(([field]) => !hidden.has(field))
          .map(([field, value]) => ({ field, value })),
      })),
  };
}
