import { Temporal } from 'temporal-polyfill';
import { findIana } from 'windows-iana';
import { z } from 'zod';

/**
 * Graph's dateTimeTimeZone: a wall time of up to seven decimals with no offset, and a Windows or IANA zone name. It means
 * nothing without its zone, and a zone that is not known is an error: guessing London would book people at the wrong hour.
 */
export const graphTime = z.object({ dateTime: z.string(), timeZone: z.string() });
export type GraphTime = z.infer<typeof graphTime>;

/** What an attendee's Outlook shows the meeting in. "Greenwich Standard Time" is Iceland and has no summer time. */
export const ukZone = 'GMT Standard Time';

export class ZoneError extends Error {
  constructor(what: 'zone' | 'time') {
    super(`a ${what} from Graph cannot be read`);
    this.name = 'ZoneError';
  }
}

const wall = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/;
const ianaShape = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

/** The IANA name of a Windows or IANA zone name. Throws ZoneError for any other. */
export function ianaZone(name: string): string {
  if (name === 'tzone://Microsoft/Utc') return 'UTC';
  const [found] = findIana(name);
  if (found) return found;
  if (!ianaShape.test(name)) throw new ZoneError('zone');
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    throw new ZoneError('zone');
  }
}

/** Throws ZoneError. `side` chooses in the hour that happens twice and, by the change's length, in the one that never happens. */
function read({ dateTime, timeZone }: GraphTime, side: 'earlier' | 'later'): Temporal.Instant {
  const zone = ianaZone(timeZone);
  // PlainDateTime would take an offset and drop it.
  if (!wall.test(dateTime)) throw new ZoneError('time');
  try {
    return Temporal.PlainDateTime.from(dateTime, { overflow: 'reject' })
      .toZonedDateTime(zone, { disambiguation: side })
      .toInstant();
  } catch {
    throw new ZoneError('time');
  }
}

/** Of a wall time that happens twice, the first. Of one that never happens, as much later as the clock moved. Throws ZoneError. */
export function instantFrom(time: GraphTime): Temporal.Instant {
  const [earlier, later] = [read(time, 'earlier'), read(time, 'later')];
  const asked = Temporal.PlainDateTime.from(time.dateTime);
  const happens = earlier.toZonedDateTimeISO(ianaZone(time.timeZone)).toPlainDateTime().equals(asked);
  return happens ? earlier : later;
}

/** From the earliest reading of the start to the latest of the end: a doubtful hour counts as taken. Throws ZoneError. */
export function widestSpan(start: GraphTime, end: GraphTime): { startAt: Temporal.Instant; endAt: Temporal.Instant } {
  return { startAt: read(start, 'earlier'), endAt: read(end, 'later') };
}

/** The instant as a wall time of `zone`; in UTC where that wall time would read back as another instant. */
export function graphTimeOf(instant: Temporal.Instant, zone: string = ukZone): GraphTime {
  const inZone = write(instant, zone);
  return instantFrom(inZone).equals(instant) ? inZone : write(instant, 'UTC');
}

function write(instant: Temporal.Instant, zone: string): GraphTime {
  const time = instant.toZonedDateTimeISO(ianaZone(zone)).toPlainDateTime();
  return { dateTime: time.toString({ fractionalSecondDigits: 7 }), timeZone: zone };
}

/** An absolute time as Graph gives one (with an offset); null for "never", which Exchange writes as the year 1 or 4501. */
export function absoluteOrNever(text: string | null | undefined): Temporal.Instant | null {
  if (!text || /^(0001|4501)-/.test(text)) return null;
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw new ZoneError('time');
  }
}
