import { sql } from 'kysely';
import type { Overrides } from '../../bot/app.js';
import type { Ports } from '../../bot/context.js';
import type { Database } from '../../bot/db/database.js';

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
  return {
    ...database,
    transact: (actor, clock, work) =>
      database.transact(actor, clock, async (trx, reach) => {
        const result = await work(trx, reach);
        const defect = planted();
        if (defect === 'outbox row dropped')
          await sql`delete from outbox where job = 'card.post' and xmin = pg_current_xact_id()::xid`.execute(trx);
        if (defect === 'dedupe skipped')
          await sql`delete from action_outcome where xmin = pg_current_xact_id()::xid`.execute(trx);
        return result;
      }),
  };
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
