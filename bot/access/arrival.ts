import { CompiledQuery, type Kysely } from 'kysely';
import type { Schema } from '../db/schema.js';
import type { Clock } from '../context.js';
import { AppError } from '../errors.js';
import { dateIn } from '../time.js';
import type { Actor } from './roles.js';

export interface ArrivalAt {
  readonly tenantId: string;
  readonly botAppId: string;
  /** Null when the activity names nobody. */
  readonly objectId: string | null;
  readonly conversationId: string;
}

/** What the directory knows about whoever comes in by a bot: who they may be, and the place, unless it is new or blocked. */
export interface Arrival {
  readonly people: readonly { readonly id: string; readonly personId: string }[];
  /** The authority that somebody of two acts for. */
  readonly chosen: string | null;
  readonly conversation: {
    readonly serviceUrl: string;
    readonly authorityId: string | null;
    readonly lastSeenAt: Date;
  } | null;
}

/** Throws not-bound, or choose-authority when two councils claim the person and none is chosen. */
export function actorAmong(
  people: readonly { readonly id: string; readonly personId: string }[],
  chosen: string | null,
): Actor & { kind: 'person' } {
  const [only] = people;
  if (!only) throw new AppError('not-bound');
  const match = people.length === 1 ? only : people.find(({ id }) => id === chosen);
  if (!match) throw new AppError('choose-authority');
  return { kind: 'person', authorityId: match.id, personId: match.personId };
}

// One bot registration serves a tenant: one council's bot never carries another's activity.
const arrivalQuery = `
  select exists (select 1 from directory.registration where tenant_id = $1 and kind = 'bot' and value = $2) as served,
         (select coalesce(json_agg(json_build_object('id', i.authority_id, 'personId', i.person_id)), '[]'::json)
          from directory.identity i
          join directory.tenant_authority t on t.tenant_id = i.tenant_id and t.authority_id = i.authority_id
          where i.tenant_id = $1 and i.object_id = $3 and (i.ended_on is null or i.ended_on > $4::date)) as people,
         (select authority_id from directory.chosen_authority where tenant_id = $1 and object_id = $3) as chosen,
         c.service_url, c.authority_id, c.last_seen_at
  from (values (1)) as one (row)
  left join directory.conversation c on c.bot_app_id = $2 and c.conversation_id = $5 and c.blocked_at is null`;

interface ArrivalRow {
  readonly served: boolean;
  readonly people: Arrival['people'];
  readonly chosen: string | null;
  readonly service_url: string | null;
  readonly authority_id: string | null;
  readonly last_seen_at: Date | null;
}

/** The directory's answer for the chat's door: one statement where there were four. */
export async function arrivalOf(db: Kysely<Schema>, clock: Clock, at: ArrivalAt): Promise<Arrival | null> {
  const asked = [at.tenantId, at.botAppId, at.objectId, dateIn(clock.now()), at.conversationId];
  const { rows } = await db.executeQuery<ArrivalRow>(CompiledQuery.raw(arrivalQuery, asked));
  const row = rows[0];
  if (!row?.served) return null;
  const { people, chosen, service_url: serviceUrl, authority_id: authorityId, last_seen_at: lastSeenAt } = row;
  const known = serviceUrl !== null && lastSeenAt !== null ? { serviceUrl, authorityId, lastSeenAt } : null;
  return { people, chosen, conversation: known };
}
