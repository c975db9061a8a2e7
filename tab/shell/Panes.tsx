import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { desk, useMedia } from '../ui/use-media.js';

const useStyles = makeStyles({
  page: { display: 'grid', height: '100%', gridTemplateColumns: 'minmax(0, 1fr)', gridTemplateRows: 'minmax(0, 1fr)' },
  desk: { gridTemplateColumns: '12rem minmax(0, 1fr)' },
  open: { gridTemplateColumns: '12rem minmax(18rem, 22rem) minmax(0, 1fr)' },
  views: { borderRight: `1px solid ${tokens.colorNeutralStroke2}`, minHeight: 0, overflow: 'auto' },
  pane: { borderLeft: `1px solid ${tokens.colorNeutralStroke2}`, minHeight: 0, minWidth: 0 },
});

interface Props {
  readonly views: ReactNode;
  readonly list: ReactNode;
  /** Null when nothing is open: the list then has all the room. */
  readonly pane: ReactNode;
}

/** Views, list and one thing side by side at a desk; one at a time, each with its way back, where there is less room. */
export function Panes({ views, list, pane }: Props) {
  const styles = useStyles();
  const wide = useMedia(desk);
  if (!wide) return pane ?? list;
  return (
    <div className={mergeClasses(styles.page, styles.desk, pane !== null && styles.open)}>
      <div className={styles.views}>{views}</div>
      {list}
      {pane === null ? null : <div className={styles.pane}>{pane}</div>}
    </div>
  );
}
