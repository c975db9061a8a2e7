import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef } from 'react';
import { say } from '../words.js';
import { EmptyState } from './EmptyState.js';
import { useIdle } from './use-idle.js';

const useStyles = makeStyles({
  hidden: { display: 'none' },
  shown: { display: 'contents' },
  blank: {
    border: 'none',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    '::backdrop': { backgroundColor: tokens.colorNeutralBackground1 },
  },
});

interface Props {
  /** Milliseconds without a touch. */
  readonly after: number;
  /** The machine's own clock: a service clock that jumps must not blank the page. */
  readonly now: () => number;
  readonly children: ReactNode;
}

/** Takes everything off an unattended screen. What was being written stays in memory, and one press brings it back. */
export function Blank({ after, now, children }: Props) {
  const styles = useStyles();
  const { idle, back } = useIdle(after, now);
  return (
    <>
      <div className={idle ? styles.hidden : styles.shown}>{children}</div>
      {idle ? <Cover back={back} /> : null}
    </>
  );
}

/** A modal dialog of the browser's own lies above everything, open dialogs and messages of the page included. */
function Cover({ back }: { readonly back: () => void }) {
  const styles = useStyles();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.blank} aria-label={say('app.blank.title')} onClose={back}>
      <EmptyState page title={say('app.blank.title')} explains={say('app.blank.explains')}>
        <Button appearance="primary" autoFocus onClick={back}>
          {say('app.blank.back')}
        </Button>
      </EmptyState>
    </dialog>
  );
}
