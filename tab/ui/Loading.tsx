import { makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from '@fluentui/react-components';
import { say } from '../words.js';

const useStyles = makeStyles({
  rows: { display: 'flex', flexDirection: 'column', rowGap: '1px', padding: tokens.spacingHorizontalM },
  row: {
    display: 'grid',
    gridTemplateColumns: '6rem 1fr 30% 5rem',
    columnGap: tokens.spacingHorizontalM,
    height: '32px',
    alignItems: 'center',
  },
  card: { gridTemplateColumns: '6rem 1fr', height: '56px' },
  pane: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalXL,
  },
  short: { width: '40%' },
  mid: { width: '70%' },
});

/** The shape of a list that is coming. */
export function RowsLoading({ narrow = false }: { readonly narrow?: boolean }) {
  const styles = useStyles();
  return (
    <Skeleton className={styles.rows} aria-label={say('loading')}>
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} className={mergeClasses(styles.row, narrow && styles.card)}>
          <SkeletonItem size={12} />
          <SkeletonItem size={12} />
          {narrow ? null : <SkeletonItem size={12} />}
          {narrow ? null : <SkeletonItem size={12} />}
        </div>
      ))}
    </Skeleton>
  );
}

/** The shape of one thing that is coming: a heading, facts, text. */
export function PaneLoading() {
  const styles = useStyles();
  return (
    <Skeleton className={styles.pane} aria-label={say('loading')}>
      <SkeletonItem size={24} className={styles.mid} />
      <SkeletonItem size={12} className={styles.short} />
      <SkeletonItem size={12} className={styles.mid} />
      <SkeletonItem size={64} />
      <SkeletonItem size={12} className={styles.short} />
      <SkeletonItem size={64} />
    </Skeleton>
  );
}
