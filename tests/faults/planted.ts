import { sql } from 'kysely';
import type { Overrides } from '../../bot/app.js';
import type { Ports } from '../../bot/context.js';
import type { Database, Trx } from '../../bot/db/database.js';

/** Defects that a delivery can have. Each is put in from outside, through what createApp lets tests replace. */
export const defects = [
  'outbox row dropped',
  'dedupe skipped',
  'posted twice',
  'update swallowed',
  'event without its key',
] as const;
export type Defect = (typeof defects)[number];

/** The product with whichever defect `planted` names at the moment; null is the product as it is. */
export function withDefects(planted: () => Defect | null): Overrides {
  return {
    database: (database) => beforeCommit(database, planted),
    ports: (ports) => ({ ...ports, notifier: notifierOf(ports, planted), calendar: calendarOf(ports, planted) }),
  };
}

function beforeCommit(database: Database, planted: () => Defect | null): Database {
  const oneByOne = inTurn();
  return {
    ...database,
    transact: (actor, clock, work) =>
      planted() === 'dedupe skipped'
        ? oneByOne(() => database.transact(actor, clock, (trx, reach) => undeduped(trx, () => work(trx, reach))))
        : database.transact(actor, clock, async (trx, reach) => {
            const result = await work(trx, reach);
            if (planted() === 'outbox row dropped')
              await sql`delete from outbox where job = 'card.post' and xmin = pg_current_xact_id()::xid`.execute(trx);
            return result;
          }),
  };
}

/** The lock of a form that was sent, and that it is gone, guard against the second press too: they are taken away with the first. */
async function undeduped<T>(trx: Trx, work: () => Promise<T>): Promise<T> {
  const drafts = await draftsOf(trx);
  const result = await work();
  await sql`delete from action_outcome where xmin = pg_current_xact_id()::xid`.execute(trx);
  await sql`insert into request_draft select * from json_populate_recordset(null::request_draft, ${drafts}::json)
    on conflict do nothing`.execute(trx);
  return result;
}

function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}

async function draftsOf(trx: Trx): Promise<string> {
  const { rows } = await sql<{
    drafts: string | null;
  }>`select json_agg(d)::text as drafts from request_draft d`.execute(trx);
  return rows[0]?.drafts ?? '[]';
}

function notifierOf({ notifier }: Ports, planted: () => Defect | null): Ports['notifier'] {
  return {
    ...notifier,
    async post(target, message) {
      if (planted() === 'posted twice') await notifier.post(target, message);
      return notifier.post(target, message);
    },
    async update(target, activityId, message) {
      // The first state of a card gets through; what follows it does not.
      if (planted() === 'update swallowed' && JSON.stringify(message.card).includes('Answered.')) return;
      await notifier.update(target, activityId, message);
    },
  };
}

function calendarOf({ calendar }: Ports, planted: () => Defect | null): Ports['calendar'] {
  return {
    ...calendar,
    async createEvent(mailbox, draft) {
      if (planted() !== 'event without its key') return calendar.createEvent(mailbox, draft);
      const key = () => crypto.randomUUID();
      await calendar.createEvent(mailbox, { ...draft, transactionId: key() });
      return calendar.createEvent(mailbox, { ...draft, transactionId: key() });
    },
  };
}
