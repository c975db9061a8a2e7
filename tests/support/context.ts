import type { Actor } from '../../bot/access/roles.js';
import type { Clock, Context, Ports, Random } from '../../bot/context.js';
import type { Database } from '../../bot/db/database.js';
import type { Log } from '../../bot/log.js';

const notHere = () => {
  throw new Error('this test has no such port');
};
const noPorts: Ports = {
  sheets: { read: notHere },
  calendar: {
    availability: notHere,
    createEvent: notHere,
    updateEvent: notHere,
    cancelEvent: notHere,
    changes: notHere,
    subscribe: notHere,
  },
  notifier: { post: notHere, update: notHere, memberName: notHere, member: notHere, postTo: notHere },
};

/** A context without ports, for what touches the database alone. */
export function contextOn(parts: { db: Database; clock: Clock; random: Random; actor: Actor; log?: Log }): Context {
  return { log: () => undefined, ...noPorts, ...parts };
}
