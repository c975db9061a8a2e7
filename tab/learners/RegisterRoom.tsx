import { makeStyles, Title2, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { useMay } from '../me.js';
import { Panes } from '../shell/Panes.js';
import { EmptyState } from '../ui/EmptyState.js';
import { desk, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { RegisterSelect, RegisterViews } from './RegisterViews.js';

const useStyles = makeStyles({
  page: {
    height: '100%',
    overflow: 'auto',
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    boxSizing: 'border-box',
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

interface Props {
  readonly here: 'changes' | 'matches' | 'import' | 'quality';
  readonly needs: 'extract.manage' | 'learner.search' | 'match.decide';
  readonly title?: string;
  readonly children: ReactNode;
}

/** One of the register's rooms, with the register's views beside it. */
export function RegisterRoom({ here, needs, title, children }: Props) {
  const styles = useStyles();
  const may = useMay(needs);
  const wide = useMedia(desk);
  if (!may) return <EmptyState page title={say('forbidden.title')} explains={say('failure.forbidden')} />;
  return (
    <Panes
      views={<RegisterViews here={here} />}
      list={
        <section className={styles.page} tabIndex={0} aria-label={title ?? say(`learners.room.${here}`)}>
          {wide ? null : <RegisterSelect here={here} />}
          <Title2 as="h2">{title ?? say(`learners.room.${here}`)}</Title2>
          {children}
        </section>
      }
      pane={null}
    />
  );
}
