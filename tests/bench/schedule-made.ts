import { seededChance } from '../../bot/reviews/batch-chance.js';
import type { Instance } from './schedule-instance.js';

/** Made-up authorities: the same seed makes the same one. */
export interface Size {
  readonly reviews: number;
  readonly people: number;
  readonly days: number;
  /** Slots a day; a slot is an hour of working time. */
  readonly daySlots: number;
  readonly attendees: number;
  readonly busy: number;
  /** Share of reviews that are chaired by any one of the reviewing officers. */
  readonly chaired: number;
}

export { seededChance as seeded };

/** Who takes part: one of the reviewing officers, and the learner's own people, each of whom has a few learners. */
export function madeAuthority(size: Size, seed: number): Instance {
  const random = seededChance(seed);
  const whole = (below: number) => Math.floor(random() * below);
  const horizon = size.days * size.daySlots;
  const officers = Math.max(2, Math.round(size.reviews / 30));
  const people = Array.from({ length: size.people }, (_, index) => ({
    id: `p${index}`,
    busy: busySpans(random, size),
    roles: index < officers ? ['reviewing-officer'] : [],
  }));
  const meetings = Array.from({ length: size.reviews }, (_, index) => {
    const chaired = random() < size.chaired;
    const own = new Set(chaired ? [] : [whole(officers)]);
    const others = size.attendees - 1 + own.size;
    while (own.size < others) own.add(officers + whole(size.people - officers));
    const due = Math.floor(horizon * (0.12 + 0.86 * random()));
    return {
      id: `VR${index}`,
      persons: [...own].map((person) => `p${person}`),
      roles: chaired ? ['reviewing-officer'] : [],
      length: random() < 0.8 ? 1 : 2,
      earliest: Math.max(0, due - 15 * size.daySlots),
      due,
    };
  });
  const open = Array.from({ length: size.days }, (_, day): [number, number] => [
    day * size.daySlots,
    (day + 1) * size.daySlots,
  ]);
  return { slotMinutes: 60, horizon, open, people, meetings };
}

/** Commitments of one to three hours, and a week away for one in six. */
function busySpans(random: () => number, { days, daySlots, busy }: Size): [number, number][] {
  const spans: [number, number][] = [];
  const horizon = days * daySlots;
  const away = random() < 1 / 6 ? Math.floor(random() * days) : days;
  for (let slot = 0; slot < horizon; slot += 1) {
    const day = Math.floor(slot / daySlots);
    if (random() >= busy / 2) continue;
    const until = Math.min(horizon, slot + 1 + Math.floor(random() * 3));
    if (day < away || day >= away + 5) spans.push([slot, until]);
    slot = until - 1;
  }
  if (away < days) spans.push([away * daySlots, Math.min(horizon, (away + 5) * daySlots)]);
  return spans.sort(([one], [other]) => one - other);
}

/** Sixty authorities of 50 to 400 reviews. */
export function sixtyAuthorities(): { name: string; instance: Instance }[] {
  return Array.from({ length: 60 }, (_, index) => {
    const reviews = Math.round(50 + (350 * (index % 15)) / 14);
    const size = { reviews, people: Math.round(reviews * (0.5 + 0.1 * (index % 4))), days: 40, daySlots: 8 };
    const rest = { attendees: 4 + (index % 3), busy: 0.4 + 0.05 * (index % 4), chaired: (index % 5) / 5 };
    return { name: `authority-${index + 1}`, instance: madeAuthority({ ...size, ...rest }, 1000 + index) };
  });
}
