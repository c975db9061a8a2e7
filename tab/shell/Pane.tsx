import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { say } from '../words.js';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    minHeight: 0,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  back: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalL} 0`,
    color: tokens.colorBrandForegroundLink,
    alignSelf: 'flex-start',
  },
});

/** One thing, beside its list or on a page of its own. */
export function Pane(props: { readonly label: string; readonly back: string | null; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <article className={styles.root} aria-label={props.label}>
      {props.back ? (
        <Link to={props.back} className={styles.back}>
          {say('back')}
        </Link>
      ) : null}
      {props.children}
    </article>
  );
}

const usePartStyles = makeStyles({
  body: {
    flexGrow: 1,
    minHeight: 0,
    overflow: 'auto',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXL,
    padding: tokens.spacingHorizontalL,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  foot: {
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
});

/** What scrolls: it can be reached by Tab, so that the arrows scroll it. */
export function PaneBody({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const styles = usePartStyles();
  return (
    <div className={styles.body} tabIndex={0} role="region" aria-label={label}>
      {children}
    </div>
  );
}

/** What can be done, always in sight. */
export function PaneFoot({ children }: { readonly children: ReactNode }) {
  return <div className={usePartStyles().foot}>{children}</div>;
}
