import pg from 'pg';

/** What the database says, read across every wall: as the superuser, after everything has come to rest. */
export interface Rows {
  readonly requests: readonly {
    id: string;
    reference: string;
    what: string;
    state: string;
    assigneeId: string | null;
    assignee: string | null;
  }[];
  readonly messages: readonly { requestId: string; body: string }[];
  readonly happenings: readonly { id: string; kind: string; version: number; actorId: string | null }[];
  readonly reviews: readonly {
    id: string;
    requestId: string | null;
    reference: string;
    state: string;
    startsAt: Date;
  }[];
  readonly attendees: readonly Attendee[];
  readonly cards: readonly { kind: string; aboutId: string; activityId: string | null; closed: boolean }[];
  /** Outbox rows and timers that are dead, or should have been done by `dueBefore`. */
  readonly unfinished: readonly { job: string; state: string; code: string | null }[];
  /** Outbox rows and timers that could still run at `dueBefore`. */
  readonly open: number;
}

export interface Attendee {
  readonly reviewId: string;
  readonly personId: string | null;
  readonly service: 'education' | 'social-work' | 'carer' | 'family' | 'health' | 'other';
  readonly required: boolean;
  readonly response: 'none' | 'accepted' | 'tentative' | 'declined';
}

const queries = {
  requests: `select r.request_id as id, r.reference, r.what, r.state, r.assignee_id as "assigneeId", p.name as assignee
    from support_request r left join person p on p.authority_id = r.authority_id and p.person_id = r.assignee_id`,
  messages: 'select request_id as "requestId", body from request_message',
  happenings: 'select aggregate_id as id, kind, version, actor_id as "actorId" from activity',
  reviews: `select review_id as id, request_id as "requestId", reference, state, starts_at as "startsAt" from review`,
  attendees:
    'select review_id as "reviewId", person_id as "personId", service, required, response from review_attendee',
  cards: `select kind, aggregate_id as "aboutId", activity_id as "activityId", closed_at is not null as closed from posted_card`,
} as const;

const unfinished = `
  select job, state, last_code as code from outbox where state = 'dead' or (state in ('pending', 'leased') and created_at <= $1)
  union all
  select job, state, last_code from timer where state = 'dead' or (state in ('pending', 'leased') and due_at <= $1)`;

const working = `
  select exists (select 1 from outbox where state = 'leased') or exists (select 1 from timer where state = 'leased') as working`;

const next = `
  select least((select min(available_at) from outbox where state = 'pending'), (select min(due_at) from timer where state = 'pending')) as next`;

export interface Reader {
  rows(dueBefore: Date): Promise<Rows>;
  open(dueBefore: Date): Promise<number>;
  /** Whether a worker holds anything at the moment. */
  working(): Promise<boolean>;
  /** When the next row may run by itself; null when none waits. */
  next(): Promise<Date | null>;
  close(): Promise<void>;
}

export async function openReader(superuserUrl: string): Promise<Reader> {
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on('error', () => undefined); // a server that stops while we read ends the run by the read itself
  await client.connect();
  const all = async <T>(text: string, values: unknown[] = []) => (await client.query(text, values)).rows as T[];
  const open = async (dueBefore: Date) =>
    (await all<{ state: string }>(unfinished, [dueBefore])).filter(({ state }) => state !== 'dead').length;
  return {
    open,
    working: async () => (await all<{ working: boolean }>(working))[0]?.working === true,
    next: async () => (await all<{ next: Date | null }>(next))[0]?.next ?? null,
    async rows(dueBefore) {
      return {
        requests: await all(queries.requests),
        messages: await all(queries.messages),
        happenings: await all(queries.happenings),
        reviews: await all(queries.reviews),
        attendees: await all(queries.attendees),
        cards: await all(queries.cards),
        unfinished: await all(unfinished, [dueBefore]),
        open: await open(dueBefore),
      };
    },
    close: () => client.end(),
  };
}
