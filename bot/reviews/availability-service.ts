import type { Temporal } from 'temporal-polyfill';
import type { Availability, BusyBlock, Context, ReviewMailbox } from '../context.js';
import { DeliveryError } from '../context.js';
import { fromDate } from '../time.js';
import type { SlotPerson } from './slots.js';
import type { Invited } from './staff.js';

export interface Taken {
  readonly personId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Reads calendars now, outside any transaction. Whose calendar is not in Graph is not asked for: it is unknown. */
export async function readCalendars(
  ctx: Context,
  mailbox: ReviewMailbox,
  people: readonly Invited[],
  taken: readonly Taken[],
  window: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<SlotPerson[]> {
  const asked = people.filter((person) => person.calendar === 'graph').map((person) => person.email);
  const read = await availabilityOf(ctx, mailbox, asked, window);
  return people.map(({ id, required, email, calendar }) => ({
    id,
    required,
    availability: calendar === 'graph' ? (read.get(email) ?? unavailable) : notShared,
    alsoBusy: taken.filter((one) => one.personId === id).map(blockOf),
  }));
}

const unavailable: Availability = { known: false, reason: 'unavailable' };
const notShared: Availability = { known: false, reason: 'not-shared' };

async function availabilityOf(
  ctx: Context,
  mailbox: ReviewMailbox,
  emails: readonly string[],
  { from, until }: { readonly from: Temporal.Instant; readonly until: Temporal.Instant },
): Promise<ReadonlyMap<string, Availability>> {
  if (emails.length === 0) return new Map();
  try {
    return await ctx.calendar.availability(mailbox, emails, from, until);
  } catch (error) {
    // A calendar service that cannot be reached makes everybody unknown; it does not make them free, nor the page fail.
    if (error instanceof DeliveryError) return new Map();
    throw error;
  }
}

function blockOf({ startsAt, endsAt }: Taken): BusyBlock {
  return { startAt: fromDate(startsAt), endAt: fromDate(endsAt), kind: 'busy' };
}

/** When the oldest of what was read was read; null when nothing could be. */
export function readAtOf(people: readonly SlotPerson[]): Temporal.Instant | null {
  const times = people.flatMap(({ availability }) => (availability.known ? [availability.readAt] : []));
  const [oldest] = times.sort((one, other) => one.epochMilliseconds - other.epochMilliseconds);
  return oldest ?? null;
}
