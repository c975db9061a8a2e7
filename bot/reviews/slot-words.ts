import { type CalendarDate, dateIn, sayDate, sayInstant } from '../time.js';
import type { SlotAnswer } from './contract.js';
import type { Obstacle, Slot, SlotFinding } from './slots.js';
import type { Unlocking } from './unlocking.js';
import { daysBetween } from './due-compared.js';
import { say } from './words.js';

/** Turns what the search found, by id, into what a person reads. Pure. */
export interface Asked {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly earliestOn: CalendarDate;
  readonly latestOn: CalendarDate;
}

type Answer = Pick<SlotAnswer, 'slots' | 'unknown' | 'none'>;

export function answerOf({ slots, unknown, obstacle }: SlotFinding, asked: Asked): Answer {
  const name = (id: string) => asked.people.find((one) => one.id === id)?.name ?? '';
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, name: name(id) }));
  return {
    slots: slots.map((slot) => ({
      startsAt: slot.startAt.toString(),
      endsAt: slot.endAt.toString(),
      why: whyOf(slot),
      busy: named(slot.busy),
      unknown: named(slot.unknown),
    })),
    unknown: unknown.map(({ id, reason }) => ({ id, name: name(id), reason: reasonOf(reason) })),
    none: obstacle ? obstacleOf(obstacle, asked, name) : null,
  };
}

function whyOf({ kind, busy, unknown, inService }: Slot): string {
  const everybody = busy.length + unknown.length === 0 ? 'slot.free' : 'slot.needed-free';
  const why = say(kind === 'unknown' ? 'slot.unknown' : everybody);
  return inService ? say('slot.in-service', { why }) : why;
}

const reasons = ['no-such-calendar', 'no-permission', 'too-full', 'unclear', 'not-shared'] as const;

/** The reason's code in words; one that has none is told as not reached. */
export function reasonOf(code: string): string {
  const known = reasons.find((reason) => reason === code);
  return say(`unknown.${known ?? 'unavailable'}`);
}

function obstacleOf(obstacle: Obstacle, { earliestOn, latestOn }: Asked, name: (id: string) => string): string {
  const between = { from: sayDate(earliestOn), until: sayDate(latestOn) };
  if (obstacle.why === 'too-soon') return say('none.too-soon', { when: sayInstant(obstacle.earliestAt) });
  if (obstacle.why === 'no-working-time')
    return obstacle.holidays > 0
      ? say('none.holidays', { ...between, count: obstacle.holidays })
      : say('none.no-working-time', between);
  const worst = obstacle.busy.slice(0, 3).map(({ id, times }) => say('none.who', { name: name(id), times }));
  const nobodyAlways = obstacle.busy.every(({ times }) => times < obstacle.times);
  const who = [...worst, ...(nobodyAlways ? [say('none.together')] : [])].join(' ');
  return say('none.busy', { count: obstacle.times, who });
}

/** What would unlock a time, in sentences; `later` is the first free time after the window. */
export function unlockingWords({ moving, without }: Unlocking, later: Slot | null, asked: Asked): string[] {
  const name = (id: string) => asked.people.find((one) => one.id === id)?.name ?? '';
  const time = (at: Slot['startAt']) => sayInstant(at).split(', ')[1] ?? '';
  const words: string[] = [];
  if (moving) {
    const blocks = moving.blocks.map(({ personId, startAt, endAt }) =>
      say('unlock.block', { name: name(personId), from: sayInstant(startAt), until: time(endAt) }),
    );
    words.push(say('unlock.moving', { at: sayInstant(moving.at), blocks: blocks.join('; ') }));
  }
  if (without) words.push(say('unlock.without', { name: name(without.personId), at: sayInstant(without.at) }));
  const late = later ? daysBetween(asked.latestOn, dateIn(later.startAt)) : 0;
  if (later) words.push(say('unlock.later', { at: sayInstant(later.startAt), count: late }));
  return words;
}
