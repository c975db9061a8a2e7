import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import { fieldsSeen, type LearnerField } from '../access/visibility.js';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { dateIn } from '../time.js';
import { fullNameOf } from './learner.js';
import type { exportColumns, LearnerSearch, RegisterRow } from './register-contract.js';
import * as repository from './register-repository.js';
import { csvLine } from './spreadsheet.js';

type Stored = Awaited<ReturnType<typeof repository.listRegister>>[number];

/** The learners that this reader reaches, each with the fields that their roles see; counted truly, and audited by id. */
export async function searchLearners(
  ctx: Context,
  search: LearnerSearch,
): Promise<{ items: RegisterRow[]; total: number }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.search');
    const seen = fieldsSeen(reach.roles);
    const filter = allowedFilter(search, seen);
    const stored = await repository.listRegister(trx, ctx.actor.authorityId, {
      ...filter,
      ...search,
      view: filter.view,
    });
    const total = await repository.countRegister(trx, ctx.actor.authorityId, filter);
    const items = await rowsOf(ctx, trx, stored, seen);
    if (items.length > 0)
      await audit(ctx, trx, {
        ...{ verb: 'learner.list', purpose: 'register', learnerIds: items.map(({ id }) => id) },
        fields: seen.map((field) => `learner.${field}`),
      });
    return { items, total };
  });
}

/** A view by a field that the reader does not see would tell them of it: it is everybody then. */
function allowedFilter({ view, words, schoolId }: LearnerSearch, seen: readonly LearnerField[]) {
  const needs = { 'looked-after': 'status', 'care-experienced': 'status', 'unknown-status': 'status' } as const;
  const more = { outwith: 'education', 'no-scn': 'scn' } as const;
  const all: Readonly<Partial<Record<string, LearnerField>>> = { ...needs, ...more };
  const needed = all[view];
  return { view: needed && !seen.includes(needed) ? 'everybody' : view, words, schoolId };
}

export async function rowsOf(
  ctx: Context,
  trx: Trx,
  stored: readonly Stored[],
  seen: readonly LearnerField[],
): Promise<RegisterRow[]> {
  const ids = stored.map((row) => row.learner_id);
  const today = dateIn(ctx.clock.now());
  const flagged = await repository.listNonDisclosure(trx, ctx.actor.authorityId, ids, today);
  const may = (field: LearnerField) => seen.includes(field);
  return stored.map((row) => ({
    ...{ id: row.learner_id, name: nameOf(row), stage: row.stage, school: row.school_name },
    ...(may('status') ? { status: row.status } : {}),
    ...(may('status-since') ? { statusSince: row.status_since } : {}),
    ...(may('home') ? { home: row.home } : {}),
    ...(may('education') ? { education: row.education } : {}),
    ...(may('birth-on') ? { birthOn: row.birth_on } : {}),
    ...(may('scn') ? { scn: row.scn } : {}),
    ...(may('social-worker') ? { worker: row.worker_name } : {}),
    ...(may('non-disclosure') ? { nonDisclosure: flagged.has(row.learner_id) } : {}),
  }));
}

export function nameOf(row: { given_name: string; family_name: string; known_as: string | null }): string {
  return fullNameOf({ givenName: row.given_name, familyName: row.family_name, knownAs: row.known_as });
}

const mostExported = 20_000;

interface Export extends Pick<LearnerSearch, 'view' | 'words' | 'schoolId'> {
  readonly columns: readonly (typeof exportColumns)[number][];
  readonly reason: string;
}

/**
 * The list as a file: only columns that the reader sees, cells that no spreadsheet works out, and a line in the audit with
 * every learner and column. The reason is one of a list.
 */
export async function exportLearners(ctx: Context, wanted: Export): Promise<{ text: string; rows: number }> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'learner.export');
    const seen = fieldsSeen(reach.roles);
    const filter = allowedFilter({ ...wanted, offset: 0, limit: 1 }, seen);
    const page = { ...filter, offset: 0, limit: mostExported };
    const stored = await repository.listRegister(trx, ctx.actor.authorityId, page);
    const rows = await rowsOf(ctx, trx, stored, seen);
    const columns = wanted.columns.filter((column) => rows.some((row) => row[column] !== undefined));
    await audit(ctx, trx, {
      ...{ verb: 'learner.export', purpose: `export, ${wanted.reason}`, learnerIds: rows.map(({ id }) => id) },
      fields: columns.map((column) => `learner.${column}`),
    });
    const lines = rows.map((row) => csvLine(columns.map((column) => row[column] ?? '')));
    return { text: [csvLine(columns), ...lines].join(''), rows: rows.length };
  });
}
