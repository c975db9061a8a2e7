/** One entry of a calendar, as /_local/calendar gives it. Both ends are instants. */
export interface Entry {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly startAt: string;
  readonly endAt: string;
  readonly location: string | null;
  readonly joinUrl: string | null;
  readonly organiser: { readonly name: string; readonly address: string };
  readonly isOrganiser: boolean;
  readonly isCancelled: boolean;
  readonly response: 'none' | 'organizer' | 'notResponded' | 'tentativelyAccepted' | 'accepted' | 'declined';
  readonly showAs: string;
}

const zone = 'Europe/London';
const dayMs = 86_400_000;
const dateWords = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: zone });
const dayWords = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const timeWords = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: zone });

/** 'YYYY-MM-DD' in London. */
export function dateOf(instant: string): string {
  return dateWords.format(new Date(instant));
}

/** "Thu 12 Feb". */
export function sayDay(date: string): string {
  return dayWords.format(new Date(`${date}T12:00:00Z`)).replace(',', '');
}

/** "09:30", in London. */
export function sayClock(instant: string): string {
  return timeWords.format(new Date(instant));
}

export function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The Monday of the week that somebody looks at on that date: on a Saturday or Sunday it is the coming one. */
export function mondayOf(date: string): string {
  const weekday = (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;
  return daysLater(date, weekday < 5 ? -weekday : 7 - weekday);
}

export interface Day {
  readonly date: string;
  readonly entries: readonly Entry[];
}

/** Monday to Friday, and Saturday and Sunday where something is on them; each entry on the day that it begins. */
export function weekOf(monday: string, entries: readonly Entry[]): Day[] {
  return [0, 1, 2, 3, 4, 5, 6].flatMap((days) => {
    const date = daysLater(monday, days);
    const own = entries.filter(({ startAt }) => dateOf(startAt) === date);
    return days < 5 || own.length > 0 ? [{ date, entries: own }] : [];
  });
}

/** Invitations that nobody has answered and that are not over. */
export function unanswered(entries: readonly Entry[], now: string): Entry[] {
  return entries.filter(
    (one) => isInvitation(one) && one.response === 'notResponded' && Date.parse(one.endAt) > Date.parse(now),
  );
}

export function isInvitation(entry: Entry): boolean {
  return !entry.isOrganiser && !entry.isCancelled;
}
