import type { ReviewState } from '../../bot/reviews/review.js';
import { Tag, type TagLook } from '../ui/Tag.js';
import { say } from '../words.js';

const looks: Readonly<Record<ReviewState, TagLook>> = {
  booking: 'going',
  booked: 'good',
  cancelled: 'over',
  'not-booked': 'bad',
  recorded: 'waiting',
  held: 'good',
  'not-held': 'over',
};

export function ReviewStateBadge({ state }: { readonly state: ReviewState }) {
  return <Tag look={looks[state]}>{say(`reviewState.${state}`)}</Tag>;
}
