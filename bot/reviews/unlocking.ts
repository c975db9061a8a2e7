import { Temporal } from 'temporal-polyfill';
import type { BusyBlock } from '../context.js';
import { workingStarts, type SlotPerson, type SlotQuestion } from './slots.js';

/**
 * When nobody can meet in time: what is the least that would have to give? Pure. Times of blocks only, never what they are.
 * A calendar that could not be read unlocks nothing: unknown is never free (product.md E.3).
 */
export interface Unlocking {
  /** The smallest set of commitments that prevents a meeting: if these moved, everybody who must be there would be free. */
  readonly moving: { readonly at: Temporal.Instant; readonly blocks: readonly PersonsBlock[] } | null;
  /** One person without whom there would be a time. */
  readonly without: { readonly at: Temporal.Instant; readonly personId: string } | null;
}

export interface PersonsBlock {
  readonly personId: string;
  readonly startAt: Temporal.Instant;
  readonly endAt: Temporal.Instant;
}

/** More than these is no advice. */
const mostBlocks = 3;

export function unlockingOf(question: SlotQuestion): Unlocking {
  const required = question.people.filter((person) => person.required);
  const soonest = question.now.epochMilliseconds + question.noticeMinutes * 60_000;
  const starts = workingStarts(question).filter(({ at }) => at >= soonest);
  const calendars = required.map((person) => ({
    id: person.id,
    known: person.availability.known,
    blocks: blocksOf(person),
  }));
  const unread = calendars.filter(({ known }) => !known);
  const length = question.minutes * 60_000;
  let moving: { at: number; blocks: PersonsBlock[] } | null = null;
  let without: { at: number; personId: string } | null = null;
  for (const { at } of starts) {
    const busy = calendars.map(({ id, blocks }) => ({ id, blocks: overlapping(blocks, at, at + length) }));
    const inWay = busy.filter(({ blocks }) => blocks.length > 0);
    const blocks = inWay.flatMap((one) => one.blocks.map((block) => ({ ...block, personId: one.id })));
    if (unread.length === 0 && blocks.length > 0 && blocks.length < (moving?.blocks.length ?? mostBlocks + 1))
      moving = { at, blocks: blocks.map(({ personId, startAt, endAt }) => ({ personId, startAt, endAt })) };
    const people = new Set([...inWay.map(({ id }) => id), ...unread.map(({ id }) => id)]);
    const [only] = people;
    if (without === null && people.size === 1 && only !== undefined && required.length > 1)
      without = { at, personId: only };
  }
  return {
    moving: moving && { at: instantOf(moving.at), blocks: moving.blocks },
    without: without && { at: instantOf(without.at), personId: without.personId },
  };
}

function blocksOf({ availability, alsoBusy = [] }: SlotPerson): readonly BusyBlock[] {
  return [...(availability.known ? availability.busy : []), ...alsoBusy];
}

function overlapping(blocks: readonly BusyBlock[], from: number, until: number): BusyBlock[] {
  return blocks.filter(({ startAt, endAt }) => startAt.epochMilliseconds < until && endAt.epochMilliseconds > from);
}

function instantOf(at: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(at);
}
