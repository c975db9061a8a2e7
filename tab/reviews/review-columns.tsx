import { makeStyles, tokens } from '@fluentui/react-components';
import { createColumnHelper } from '@tanstack/react-table';
import type { ReviewRow } from '../../bot/reviews/contract.js';
import { type rowFeatures } from '../ui/row-features.js';
import { When } from '../ui/When.js';
import { say } from '../words.js';
import { answersInShort } from './answers.js';
import { JointBadge } from './JointBadge.js';
import { ReviewStateBadge } from './ReviewStateBadge.js';

const column = createColumnHelper<typeof rowFeatures, ReviewRow>();

export function learnerOf({ learner }: Pick<ReviewRow, 'learner'>): string {
  return learner.stage ? `${learner.label}, ${learner.stage}` : learner.label;
}

export const reviewColumns = column.columns([
  column.accessor('reference', { header: say('reviews.column.reference') }),
  column.accessor('startsAt', {
    header: say('reviews.column.when'),
    cell: ({ row }) => <When at={row.original.startsAt} />,
  }),
  column.display({ id: 'learner', header: say('reviews.column.learner'), cell: ({ row }) => learnerOf(row.original) }),
  column.accessor('purpose', {
    header: say('reviews.column.purpose'),
    cell: ({ row }) => say(`purpose.${row.original.purpose}`),
  }),
  column.display({
    id: 'answers',
    header: say('reviews.column.answers'),
    cell: ({ row }) => answersInShort(row.original.answers),
  }),
  column.accessor('joint', {
    header: say('reviews.column.joint'),
    cell: ({ row }) => <JointBadge review={row.original} />,
  }),
  column.accessor('state', {
    header: say('reviews.column.state'),
    cell: ({ row }) => <ReviewStateBadge state={row.original.state} />,
  }),
]);

export const reviewWidths = '6.5rem 10.5rem minmax(8rem, 1fr) minmax(8rem, 1fr) minmax(14rem, 1.6fr) 8.5rem 7.5rem';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
  },
  grow: { flexGrow: 1, overflow: 'hidden', textOverflow: 'ellipsis' },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** A review in two lines. */
export function ReviewCard({ row }: { readonly row: ReviewRow }) {
  const styles = useStyles();
  return (
    <>
      <span className={styles.line}>
        <span className={styles.grow}>
          <When at={row.startsAt} /> · {learnerOf(row)}
        </span>
        {row.state === 'booked' ? <JointBadge review={row} /> : <ReviewStateBadge state={row.state} />}
      </span>
      <span className={`${styles.line} ${styles.small}`}>
        <span className={styles.grow}>
          {row.reference} · {answersInShort(row.answers)}
        </span>
      </span>
    </>
  );
}
