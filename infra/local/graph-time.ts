import { Temporal } from 'temporal-polyfill';
import { findIana } from 'windows-iana';

/** Graph's dateTimeTimeZone. `dateTime` has no offset: it means nothing without its zone. */
export interface GraphTime {
  readonly dateTime: string;
  readonly timeZone: string;
}

/** The IANA zone for a Windows or IANA name; null for a name that Exchange does not know. */
export function zoneOf(name: string): string | null {
  if (name === 'UTC' || name === 'tzone://Microsoft/Utc') return 'UTC';
  const [iana] = findIana(name);
  if (iana) return iana;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** Null when the zone or the wall time cannot be read. A wall time that a clock change skips moves forward, as in Exchange. */
export function instantOf(time: { dateTime: string; timeZone?: string | null | undefined }): Temporal.Instant | null {
  const zone = zoneOf(time.timeZone ?? 'UTC');
  if (!zone) return null;
  try {
    if (/(Z|[+-]\d\d:\d\d)$/.test(time.dateTime)) return Temporal.Instant.from(time.dateTime);
    return Temporal.PlainDateTime.from(time.dateTime).toZonedDateTime(zone).toInstant();
  } catch {
    return null;
  }
}

/** Seven decimals and no offset, exactly as Graph writes it, in `zoneName` (Windows or IANA). */
export function graphTime(instant: Temporal.Instant | string, zoneName: string): GraphTime {
  const zone = zoneOf(zoneName) ?? 'UTC';
  const wall = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return { dateTime: wall.toString({ fractionalSecondDigits: 7 }), timeZone: zoneName };
}

/** The zone that `Prefer: outlook.timezone="..."` asks for; UTC when it asks for none; null when Exchange knows no such zone. */
export function preferredZone(prefer: string | string[] | undefined): string | null {
  const [, name] = /outlook\.timezone\s*=\s*"([^"]*)"/i.exec([prefer ?? ''].flat().join(', ')) ?? [];
  if (name === undefined) return 'UTC';
  return zoneOf(name) ? name : null;
}
