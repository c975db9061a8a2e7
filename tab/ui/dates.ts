import { say } from '../words.js';

/** School life is London's, wherever the browser is. */
const zone = 'Europe/London';
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options });

const parts = format({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const exact = format({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const dayOnly = format({ year: 'numeric', month: '2-digit', day: '2-digit' });

function pieces(at: number): Record<string, string> {
  return Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** The calendar date in London, 'YYYY-MM-DD'. `at` in milliseconds since 1970. */
export function dateOf(at: number): string {
  const [day = '', month = '', year = ''] = dayOnly.format(at).split('/');
  return `${year}-${month}-${day}`;
}

export function addDays(on: string, days: number): string {
  return new Date(Date.parse(`${on}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Calendar days from `now` to `at`, by London's midnights; negative in the past. */
function daysApart(at: number, now: number): number {
  return Math.round((Date.parse(dateOf(at)) - Date.parse(dateOf(now))) / 86_400_000);
}

/** "Thu 12 Feb", with the year when it is not this one. */
export function sayDay(at: number, now: number): string {
  const { weekday, day, month, year } = pieces(at);
  return `${weekday} ${day} ${month}${year === pieces(now).year ? '' : ` ${year}`}`;
}

/** A calendar date 'YYYY-MM-DD' as sayDay says it; what is no date is said as it is. */
export function sayCalendarDay(on: string, now: number): string {
  const noon = Date.parse(`${on}T12:00:00Z`);
  return Number.isNaN(noon) ? on : sayDay(noon, now);
}

/** The hour of the day in London, 0 to 23. */
export function hourOf(at: number): number {
  return Number(pieces(at)['hour']);
}

/** "09:30" */
export function sayTime(at: number): string {
  const { hour, minute } = pieces(at);
  return `${hour}:${minute}`;
}

/** "today, 16:00", "tomorrow, 09:30", "Thu 12 Feb, 09:30": for what is to come, and what has an hour. */
export function sayWhen(at: number, now: number): string {
  const time = sayTime(at);
  const days = daysApart(at, now);
  if (days === 0) return say('when.today', { time });
  if (days === 1) return say('when.tomorrow', { time });
  if (days === -1) return say('when.yesterday', { time });
  return `${sayDay(at, now)}, ${time}`;
}

/** "today", "tomorrow", "Thu 12 Feb": where the hour does not matter. */
export function sayNearDay(at: number, now: number): string {
  const days = daysApart(at, now);
  if (days === 0) return say('when.day.today');
  if (days === 1) return say('when.day.tomorrow');
  return days === -1 ? say('when.day.yesterday') : sayDay(at, now);
}

/** "just now", "2 hours ago", then as sayWhen: for what was done. */
export function sayAgo(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return say('when.now');
  if (minutes < 60) return say('when.minutes', { count: minutes });
  if (minutes < 6 * 60) return say('when.hours', { count: Math.floor(minutes / 60) });
  return sayWhen(at, now);
}

/** "Thursday 12 February 2026 at 09:30": what a date said in other words shows on hover. */
export function sayExact(at: number): string {
  return exact.format(at).replace(/,/g, '');
}

/** London's wall time as a field of a form has it: 'YYYY-MM-DDTHH:MM'. */
export function localOf(at: number): string {
  return `${dateOf(at)}T${sayTime(at)}`;
}

/** The instant of a wall time in London, wherever the browser is; null for what is no time. Milliseconds since 1970. */
export function instantOfLocal(local: string): number | null {
  const guess = Date.parse(`${local}Z`);
  if (Number.isNaN(guess)) return null;
  // London is at most an hour ahead: where it is, the same wall time comes an hour earlier.
  const ahead = Date.parse(`${localOf(guess)}Z`) - guess;
  const earlier = guess - ahead;
  return localOf(earlier) === local ? earlier : guess;
}

/** A length of time in the largest two units that matter: "3 days 4 hours". Milliseconds. */
export function sayLength(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0)
    return hours > 0
      ? `${say('length.days', { count: days })} ${say('length.hours', { count: hours })}`
      : say('length.days', { count: days });
  return hours > 0 ? say('length.hours', { count: hours }) : say('length.minutes', { count: minutes });
}
