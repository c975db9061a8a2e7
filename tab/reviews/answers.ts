import type { ReviewRow } from '../../bot/reviews/contract.js';
import { say } from '../words.js';

type ServiceAnswer = ReviewRow['answers'][number];

export type Mark = 'yes' | 'no' | 'wait';

/** How one service stands: yes when somebody accepted, no when all declined, otherwise it is waited for. Pure. */
export function markOf({ invited, accepted, declined }: ServiceAnswer): Mark {
  if (accepted > 0) return 'yes';
  return declined === invited ? 'no' : 'wait';
}

/** "Education: 1 of 2 accepted". */
export function sayAnswer(answer: ServiceAnswer): string {
  const service = say(`service.${answer.service}`);
  const mark = markOf(answer);
  if (mark === 'no') return say('answers.declined', { service });
  if (mark === 'wait') return say('answers.waiting', { service });
  if (answer.accepted === answer.invited) return say('answers.all', { service });
  return say('answers.some', { service, accepted: answer.accepted, invited: answer.invited });
}

/** "Education ✓ · Social work …" */
export function answersInShort(answers: readonly ServiceAnswer[]): string {
  return answers.map((one) => `${say(`service.${one.service}`)} ${say(`answers.mark.${markOf(one)}`)}`).join(' · ');
}
