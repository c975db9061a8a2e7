import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Availability, BusyBlock } from '../context.js';
import { graphTime, widestSpan } from './zones.js';

/** What getSchedule says of one address. Subject and place may be in the answer; they are dropped here, at the edge. */
export const scheduleInformation = z.object({
  scheduleId: z.string(),
  availabilityView: z.string().nullish(),
  scheduleItems: z.array(z.object({ status: z.string().nullish(), start: graphTime, end: graphTime })).nullish(),
  error: z.object({ responseCode: z.string().nullish() }).nullish(),
});
export type ScheduleInformation = z.infer<typeof scheduleInformation>;

/** Why a calendar could not be read, as codes that the language has words for. */
export type UnknownReason =
  'no-such-calendar' | 'no-permission' | 'too-full' | 'unclear' | 'unavailable' | 'not-shared';

const reasons: Readonly<Record<string, UnknownReason>> = {
  ErrorMailRecipientNotFound: 'no-such-calendar',
  ErrorInvalidSmtpAddress: 'no-such-calendar',
  ErrorMailboxNotFound: 'no-such-calendar',
  ErrorNoFreeBusyAccess: 'no-permission',
  ErrorAccessDenied: 'no-permission',
  '5006': 'too-full',
};

const kinds: Readonly<Record<string, BusyBlock['kind'] | null>> = {
  free: null,
  workingElsewhere: null,
  tentative: 'tentative',
  busy: 'busy',
  oof: 'away',
};

/** 4 is what one page of the documentation lists for working elsewhere. */
const digits: Readonly<Record<string, BusyBlock['kind'] | null>> = {
  0: null,
  1: 'tentative',
  2: 'busy',
  3: 'away',
  4: null,
};

export const viewMinutes = 30;

const unknown = (reason: UnknownReason): Availability => ({ known: false, reason });

/**
 * Busy is what an item says and also what the availability view says where no item covers it: some grants give the view
 * alone. An error, an unknown status or digit, a time that cannot be read, or nothing at all makes the whole calendar unknown.
 */
export function availabilityOf(
  information: ScheduleInformation | undefined,
  from: Temporal.Instant,
  readAt: Temporal.Instant,
): Availability {
  if (!information) return unknown('unavailable');
  const { error, scheduleItems, availabilityView } = information;
  if (error) return unknown(reasons[error.responseCode ?? ''] ?? 'unavailable');
  if (!scheduleItems && !availabilityView) return unknown('unavailable');
  const items = blocksOf(scheduleItems ?? []);
  const cells = cellsOf(availabilityView ?? '', from);
  if (!items || !cells) return unknown('unclear');
  const uncovered = cells.filter((cell) => !items.some((item) => overlap(item, cell)));
  return { known: true, readAt, busy: [...items, ...uncovered] };
}

function blocksOf(items: NonNullable<ScheduleInformation['scheduleItems']>): BusyBlock[] | null {
  const blocks: BusyBlock[] = [];
  for (const { status, start, end } of items) {
    const kind = kinds[status ?? ''];
    if (kind === undefined) return null;
    try {
      if (kind) blocks.push({ ...widestSpan(start, end), kind });
    } catch {
      return null;
    }
  }
  return blocks;
}

function cellsOf(view: string, from: Temporal.Instant): BusyBlock[] | null {
  const blocks: BusyBlock[] = [];
  for (const [index, digit] of [...view].entries()) {
    const kind = digits[digit];
    if (kind === undefined) return null;
    if (kind === null) continue;
    const startAt = from.add({ minutes: index * viewMinutes });
    blocks.push({ startAt, endAt: startAt.add({ minutes: viewMinutes }), kind });
  }
  return blocks;
}

function overlap(one: BusyBlock, other: BusyBlock): boolean {
  return (
    Temporal.Instant.compare(one.startAt, other.endAt) < 0 && Temporal.Instant.compare(other.startAt, one.endAt) < 0
  );
}

/** One calendar read in several windows: known only where every window was. */
export function joined(parts: readonly Availability[]): Availability {
  const busy: BusyBlock[] = [];
  let readAt: Temporal.Instant | null = null;
  for (const part of parts) {
    if (!part.known) return part;
    busy.push(...part.busy);
    if (!readAt || Temporal.Instant.compare(part.readAt, readAt) < 0) readAt = part.readAt;
  }
  return readAt ? { known: true, readAt, busy } : unknown('unavailable');
}
