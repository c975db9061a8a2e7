import { Badge, type BadgeProps } from '@fluentui/react-components';
import type { ReviewState } from '../../bot/reviews/review.js';
import { say } from '../words.js';

const looks: Readonly<Record<ReviewState, Pick<BadgeProps, 'color' | 'appearance'>>> = {
  booking: { color: 'brand', appearance: 'tint' },
  booked: { color: 'success', appearance: 'tint' },
  cancelled: { color: 'subtle', appearance: 'outline' },
  'not-booked': { color: 'danger', appearance: 'tint' },
};

export function ReviewStateBadge({ state }: { readonly state: ReviewState }) {
  return <Badge {...looks[state]}>{say(`reviewState.${state}`)}</Badge>;
}
