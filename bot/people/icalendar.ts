/**
 * The events of an iCalendar file (RFC 5545), as far as a calendar of school dates uses them: DTSTART, DTEND, SUMMARY,
 * CATEGORIES, LOCATION and STATUS. What would need more to be understood rightly is named and not guessed: an event that
 * repeats (RRULE, RDATE) is a fault of that event. Pure.
 */
export interface IcalEvent {
  readonly line: number;
  readonly summary: string;
  readonly categories: string;
  readonly location: string | null;
  readonly start: IcalTime | null;
  readonly end: IcalTime | null;
  readonly fault: 'repeats' | 'cancelled' | 'not-closed' | 'date-unreadable' | null;
}

export interface IcalTime {
  /** YYYYMMDD or YYYYMMDDTHHMMSS. */
  readonly text: string;
  readonly allDay: boolean;
  /** Wall time otherwise, which is London's: a council's calendar has no other. */
  readonly utc: boolean;
}

interface Line {
  readonly number: number;
  readonly name: string;
  readonly value: string;
}

export function readIcalendar(text: string): IcalEvent[] {
  const events: IcalEvent[] = [];
  let open: { begun: number; lines: Line[] } | null = null;
  // Alarms and time zones stand inside or beside events and have times of their own.
  let inner = 0;
  for (const line of linesOf(text)) {
    const component = line.value.toUpperCase();
    if (line.name === 'BEGIN') {
      if (component === 'VEVENT') {
        if (open) events.push(faulty(open, 'not-closed'));
        open = { begun: line.number, lines: [] };
        inner = 0;
      } else if (open) inner += 1;
    } else if (line.name === 'END') {
      if (component === 'VEVENT' && open) {
        events.push(eventOf(open));
        open = null;
      } else if (inner > 0) inner -= 1;
    } else if (open && inner === 0) open.lines.push(line);
  }
  if (open) events.push(faulty(open, 'not-closed'));
  return events;
}

/** Folded lines are joined (3.1); the number is that of the first of them. */
function linesOf(text: string): Line[] {
  const lines: { number: number; text: string }[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(raw) && last) last.text += raw.slice(1);
    else lines.push({ number: index + 1, text: raw });
  }
  return lines.flatMap(({ number, text: line }) => {
    const parts = /^([A-Za-z0-9-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)$/.exec(line);
    return parts ? [{ number, name: (parts[1] ?? '').toUpperCase(), value: (parts[3] ?? '').trim() }] : [];
  });
}

function eventOf({ begun, lines }: { begun: number; lines: readonly Line[] }): IcalEvent {
  const value = (name: string) => lines.find((line) => line.name === name)?.value ?? '';
  const start = timeOf(value('DTSTART'));
  const end = value('DTEND') === '' ? null : timeOf(value('DTEND'));
  const repeats = lines.some(({ name }) => name === 'RRULE' || name === 'RDATE');
  const unreadable = !start || (value('DTEND') !== '' && !end) || value('DURATION') !== '';
  const cancelled = value('STATUS').toUpperCase() === 'CANCELLED';
  return {
    ...{ line: begun, summary: plain(value('SUMMARY')), categories: plain(value('CATEGORIES')) },
    ...{ location: plain(value('LOCATION')) || null, start, end },
    fault: cancelled ? 'cancelled' : repeats ? 'repeats' : unreadable ? 'date-unreadable' : null,
  };
}

function faulty({ begun, lines }: { begun: number; lines: readonly Line[] }, fault: 'not-closed'): IcalEvent {
  return { ...eventOf({ begun, lines }), fault };
}

function timeOf(value: string): IcalTime | null {
  if (/^\d{8}$/.test(value)) return { text: value, allDay: true, utc: false };
  if (/^\d{8}T\d{6}Z?$/.test(value)) return { text: value.slice(0, 15), allDay: false, utc: value.endsWith('Z') };
  return null;
}

/** Escapes of a TEXT value (3.3.11). */
function plain(value: string): string {
  return value.replace(/\\([nN,;\\])/g, (_, sign: string) => (/n/i.test(sign) ? ' ' : sign)).trim();
}
