import { initialsLabel, type Named } from './learner.js';

/**
 * Labels for a list in a card: initials and stage, and where two would read alike the month they were born in, then the
 * day. Pure. Twins who share initials share a birthday too: they are numbered, because neither may be taken for the other.
 */
export interface Choice extends Named {
  readonly id: string;
  readonly stage: string | null;
  readonly birthOn: string | null;
}

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
] as const;

const steps: readonly ((choice: Choice) => string)[] = [
  (choice) => initialsLabel(choice),
  (choice) => `${initialsLabel(choice)} (born in ${monthOf(choice)})`,
  (choice) => `${initialsLabel(choice)} (born ${Number(choice.birthOn?.slice(8) ?? 0)} ${monthOf(choice)})`,
];

export function choiceLabels(choices: readonly Choice[]): { id: string; label: string }[] {
  const worded = steps.map((step) => choices.map(step));
  const counts = worded.map(countEach);
  const met = new Map<string, number>();
  return choices.map(({ id }, place) => {
    const step = worded.findIndex((labels, index) => counts[index]?.get(labels[place] ?? '') === 1);
    const alone = worded[step]?.[place];
    if (alone !== undefined) return { id, label: alone };
    const first = worded[0]?.[place] ?? '';
    met.set(first, (met.get(first) ?? 0) + 1);
    return { id, label: `${first} (${met.get(first) ?? 1} of ${counts[0]?.get(first) ?? 1})` };
  });
}

function countEach(labels: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts;
}

function monthOf({ birthOn }: Choice): string {
  return months[Number(birthOn?.slice(5, 7) ?? 0) - 1] ?? 'an unknown month';
}
