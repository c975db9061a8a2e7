import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    height: '6px',
    marginTop: tokens.spacingVerticalXS,
    maxWidth: '20rem',
    backgroundColor: tokens.colorNeutralBackground4,
    borderRadius: tokens.borderRadiusSmall,
    overflow: 'hidden',
  },
  late: { backgroundColor: tokens.colorStatusDangerBackground3 },
  rest: { backgroundColor: tokens.colorBrandBackground },
});

interface Props {
  readonly open: number;
  readonly overdue: number;
  /** As many as whoever has the most: the whole width. */
  readonly most: number;
}

/** How much somebody has beside the others; the numbers say the same in words. */
export function LoadBar({ open, overdue, most }: Props) {
  const styles = useStyles();
  const part = (count: number) => `${(100 * count) / Math.max(1, most)}%`;
  return (
    <div className={styles.root} aria-hidden="true">
      <div className={styles.late} style={{ width: part(overdue) }} />
      <div className={styles.rest} style={{ width: part(open - overdue) }} />
    </div>
  );
}
