import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReviewRow } from '../../bot/reviews/contract.js';
import { Tag } from '../ui/Tag.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  gold: {
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorPaletteMarigoldBackground2,
    border: `1px solid ${tokens.colorPaletteMarigoldBorderActive}`,
  },
});

/** Whether education and social work will both be there: the golden moment, in words and in gold. */
export function JointBadge({ review }: { readonly review: Pick<ReviewRow, 'joint' | 'state'> }) {
  const styles = useStyles();
  if (review.state === 'cancelled' || review.state === 'not-booked') return null;
  const words = say(`joint.${review.joint}`);
  if (review.joint !== 'yes') return <Tag look={review.joint === 'no' ? 'waiting' : 'over'}>{words}</Tag>;
  return (
    <Tag look="over" className={styles.gold}>
      {words}
    </Tag>
  );
}
