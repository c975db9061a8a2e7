import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  page: { display: 'grid', height: '100%', gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateRows: 'minmax(0, 1fr)' },
  open: { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)' },
  pane: { borderLeft: `1px solid ${tokens.colorNeutralStroke2}`, minHeight: 0, minWidth: 0 },
});

interface Props {
  readonly list: ReactNode;
  /** Null while nobody is open. */
  readonly pane: ReactNode;
  readonly wide: boolean;
}

/** The team, and beside it one person; one at a time where there is less room. */
export function WorkloadPanes({ list, pane, wide }: Props) {
  const styles = useStyles();
  if (!wide) return pane ?? list;
  return (
    <div className={mergeClasses(styles.page, pane !== null && styles.open)}>
      {list}
      {pane === null ? null : <div className={styles.pane}>{pane}</div>}
    </div>
  );
}
