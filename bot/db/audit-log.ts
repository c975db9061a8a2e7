import { sql } from 'kysely';
import type { Trx } from './database.js';

/** Every column of an audit entry in the text form that is sealed. A column added later needs a new version of the text. */
const entryText = sql`jsonb_build_object(
  'authority_id', e.authority_id::text, 'audit_id', e.audit_id::text,
  'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'actor_kind', e.actor_kind, 'actor_id', e.actor_id::text, 'verb', e.verb, 'purpose', e.purpose,
  'subject_kind', e.subject_kind, 'subject_id', e.subject_id::text,
  'learner_ids', e.learner_ids::text, 'fields', e.fields::text)`;

export type EntryText = Readonly<Record<string, string | null>>;

export interface UnsealedEntry {
  readonly auditId: string;
  readonly at: Date;
  readonly entry: EntryText;
}

/**
 * Entries that no seal names, oldest first. With `since`, only those written for that time or later: an index leads there,
 * while looking for stragglers of any age reads the whole log.
 */
export async function listUnsealed(
  trx: Trx,
  authorityId: string,
  options: { since: Date | null; limit: number },
): Promise<UnsealedEntry[]> {
  const from = options.since ? sql`and e.at >= ${options.since}` : sql``;
  const { rows } = await sql<UnsealedEntry>`
    select e.audit_id as "auditId", e.at, ${entryText} as entry
    from audit_entry e
    left join audit_seal s on s.authority_id = ${authorityId} and s.audit_id = e.audit_id
    where e.authority_id = ${authorityId} and s.audit_id is null ${from}
    order by e.at, e.audit_id limit ${options.limit}`.execute(trx);
  return rows;
}

export interface Unsealed {
  readonly count: number;
  readonly oldest: Date | null;
}

export async function countUnsealed(trx: Trx, authorityId: string): Promise<Unsealed> {
  const { rows } = await sql<Unsealed>`
    select count(*)::int as count, min(e.at) as oldest
    from audit_entry e
    left join audit_seal s on s.authority_id = ${authorityId} and s.audit_id = e.audit_id
    where e.authority_id = ${authorityId} and s.audit_id is null`.execute(trx);
  return rows[0] ?? { count: 0, oldest: null };
}

export interface LastSeal {
  readonly seq: string;
  readonly hash: Buffer;
  readonly entryAt: Date | null;
}

export async function findLastSeal(trx: Trx, authorityId: string): Promise<LastSeal | undefined> {
  const { rows } = await sql<LastSeal>`
    select s.seq, s.hash, e.at as "entryAt" from audit_seal s
    left join audit_entry e on e.authority_id = ${authorityId} and e.audit_id = s.audit_id
    where s.authority_id = ${authorityId}
    order by s.seq desc limit 1`.execute(trx);
  return rows[0];
}

/** One sealer at a time for an authority. A chain head locked by every transaction would make a council queue up instead. */
export async function lockChain(trx: Trx, authorityId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`audit ${authorityId}`}, 0))`.execute(trx);
}

export interface SealRow {
  readonly seq: string;
  readonly auditId: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}

export async function insertSeals(
  trx: Trx,
  authorityId: string,
  sealedAt: Date,
  seals: readonly SealRow[],
): Promise<void> {
  await sql`
    insert into audit_seal (authority_id, seq, audit_id, previous_hash, hash, sealed_at)
    select ${authorityId}, s.seq, s.audit_id, s.previous_hash, s.hash, ${sealedAt}
    from unnest(${seals.map(({ seq }) => seq)}::bigint[], ${seals.map(({ auditId }) => auditId)}::uuid[],
                ${seals.map(({ previousHash }) => previousHash)}::bytea[],
                ${seals.map(({ hash }) => hash)}::bytea[])
         as s (seq, audit_id, previous_hash, hash)`.execute(trx);
}

export interface StoredSealRow extends SealRow {
  /** UTC to the microsecond. */
  readonly sealedAt: string;
  readonly entry: EntryText | null;
}

/** Seals after `seq`, ascending, each beside the entry it names. */
export async function listSeals(trx: Trx, authorityId: string, seq: string, limit: number): Promise<StoredSealRow[]> {
  const { rows } = await sql<StoredSealRow>`
    select s.seq, s.audit_id as "auditId", s.previous_hash as "previousHash", s.hash,
      to_char(s.sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "sealedAt",
      case when e.audit_id is null then null else ${entryText} end as entry
    from audit_seal s
    left join audit_entry e on e.authority_id = ${authorityId} and e.audit_id = s.audit_id
    where s.authority_id = ${authorityId} and s.seq > ${seq}
    order by s.seq limit ${limit}`.execute(trx);
  return rows;
}
