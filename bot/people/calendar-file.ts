import { Temporal } from 'temporal-polyfill';
import { type CalendarDate, zone } from '../time.js';
import type { RefusedBecause } from './calendar-contract.js';
import { CsvRefused, readCsv } from './csv.js';
import { type IcalEvent, type IcalTime, readIcalendar } from './icalendar.js';
import { type SchoolDateKind, schoolDateKinds } from './school-year.js';

/** A row of a file, read or refused with its reason. Pure; every row is answered for. */
export interface ReadDate {
  readonly line: number;
  readonly kind: SchoolDateKind | null;
  readonly fromOn: CalendarDate | null;
  readonly untilOn: CalendarDate | null;
  readonly name: string;
  /** As the file names it; null is the council's own date. */
  readonly school: string | null;
  readonly why: RefusedBecause | null;
}

// A school year and a half: longer is a slip of the keyboard.
const longestDays = 550;

export function readCalendarFile(format: 'csv' | 'ics', text: string): ReadDate[] {
  return format === 'csv' ? readTable(text) : readIcalendar(text).map(fromEvent);
}

const columns = {
  kind: ['kind', 'type', 'what'],
  from: ['from', 'start', 'starts', 'start date'],
  until: ['until', 'to', 'end', 'ends', 'end date'],
  name: ['name', 'title', 'description', 'subject'],
  school: ['school', 'establishment'],
} as const;
type Column = keyof typeof columns;
const columnNames = Object.keys(columns) as Column[];

function readTable(text: string): ReadDate[] {
  const rows = rowsOf(text);
  if (!rows) return [refused({ line: 1, name: '' }, 'not-closed')];
  const [header, ...body] = rows;
  const words = (header?.fields ?? []).map((word) => word.trim().toLowerCase());
  const places = new Map(
    columnNames.map((column) => [column, words.findIndex((word) => columns[column].some((one) => one === word))]),
  );
  const has = (column: Column) => (places.get(column) ?? -1) >= 0;
  if (!has('kind') || !has('from') || !has('name'))
    return [refused({ line: header?.line ?? 1, name: '' }, 'columns-missing')];
  return body.map(({ line, fields }) => {
    const at = (column: Column) => fields[places.get(column) ?? -1]?.trim() ?? '';
    const from = readDay(at('from'));
    const until = at('until') === '' ? from : readDay(at('until'));
    return checked({ line, kind: kindNamed(at('kind')), from, until, name: at('name'), school: at('school') || null });
  });
}

function rowsOf(text: string) {
  try {
    return readCsv(text);
  } catch (error) {
    if (error instanceof CsvRefused) return null;
    throw error;
  }
}

/** 2026-08-17, or 17/08/2026 as councils write it. */
function readDay(text: string): CalendarDate | null {
  const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const iso = british ? `${british[3]}-${british[2]?.padStart(2, '0')}-${british[1]?.padStart(2, '0')}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

function kindNamed(text: string): SchoolDateKind | null {
  const plain = text.toLowerCase().replace(/\s+/g, '-');
  return schoolDateKinds.find((kind) => kind === plain) ?? kindSaid(text);
}

const said: readonly (readonly [SchoolDateKind, RegExp])[] = [
  ['in-service', /\b(in-?service|inset|staff (development|training))\b/i],
  [
    'holiday',
    /\b(holidays?|break|vacation|mid-?term|half-?term|christmas|easter|may day|bank holiday|public holiday)\b/i,
  ],
  ['closure', /\b(clos(ed|ure)|strike|election|polling)\b/i],
  ['term', /\b(term|semester|session)\b/i],
];

/** What an event's title says that it is: a mid-term holiday is a holiday, an in-service day in a term is in service. */
function kindSaid(title: string): SchoolDateKind | null {
  return said.find(([, words]) => words.test(title))?.[0] ?? null;
}

function fromEvent(event: IcalEvent): ReadDate {
  const { line, summary: name } = event;
  if (event.fault) return refused({ line, name }, event.fault);
  const from = dayOf(event.start);
  const until = event.end ? lastDayOf(event.end) : from;
  const kind = kindSaid(name) ?? kindSaid(event.categories);
  if (kind === 'term' && from !== null && from === until) return refused({ line, name }, 'term-in-two-events');
  return checked({ line, kind, from, until, name, school: event.location });
}

/** The end of an all-day event is the day after its last (RFC 5545, 3.6.1). */
function lastDayOf(end: IcalTime): CalendarDate | null {
  const day = dayOf(end);
  return day && end.allDay ? dayBefore(day) : day;
}

function dayOf(when: IcalEvent['start']): CalendarDate | null {
  if (!when) return null;
  const { text, allDay, utc } = when;
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  if (allDay || !utc) return readDay(day);
  const at = `${day}T${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}Z`;
  try {
    return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();
  } catch {
    return null;
  }
}

function dayBefore(on: CalendarDate): CalendarDate {
  return Temporal.PlainDate.from(on).subtract({ days: 1 }).toString();
}

function checked(row: {
  line: number;
  kind: SchoolDateKind | null;
  from: CalendarDate | null;
  until: CalendarDate | null;
  name: string;
  school: string | null;
}): ReadDate {
  const { line, kind, from, until, school } = row;
  const name = row.name.slice(0, 80);
  const shown = { line, kind, name, school, fromOn: from, untilOn: until };
  if (!from || !until) return { ...shown, why: 'date-unreadable' };
  if (!kind) return { ...shown, why: 'kind-unknown' };
  if (name === '') return { ...shown, why: 'no-name' };
  if (until < from) return { ...shown, why: 'ends-before-it-begins' };
  const days = Temporal.PlainDate.from(from).until(until).days;
  return { ...shown, why: days > longestDays ? 'too-long' : null };
}

function refused({ line, name }: { line: number; name: string }, why: RefusedBecause): ReadDate {
  return { line, name, why, kind: null, fromOn: null, untilOn: null, school: null };
}
