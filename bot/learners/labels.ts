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
  const labels = choices.map((choice) => {
    const step = steps.find((label) => choices.filter((other) => label(other) === label(choice)).length === 1);
    return { id: choice.id, label: step?.(choice) ?? null, choice };
  });
  return labels.map(({ id, label, choice }) => ({ id, label: label ?? numbered(choices, choice) }));
}

function numbered(choices: readonly Choice[], choice: Choice): string {
  const alike = choices.filter((other) => initialsLabel(other) === initialsLabel(choice));
  return `${initialsLabel(choice)} (${alike.findIndex(({ id }) => id === choice.id) + 1} of ${alike.length})`;
}

function monthOf({ birthOn }: Choice): string {
  return months[Number(birthOn?.slice(5, 7) ?? 0) - 1] ?? 'an unknown month';
}
