import { makeStyles, Toaster, tokens } from '@fluentui/react-components';
import { QueryErrorResetBoundary } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Outlet, useLocation } from 'react-router';
import { codeOf } from '../failure.js';
import { Catch } from '../ui/Catch.js';
import { FailedState } from '../ui/FailedState.js';
import { RowsLoading } from '../ui/Loading.js';
import { messages } from '../ui/use-notify.js';
import { say } from '../words.js';
import { ChooseAuthority } from './ChooseAuthority.js';
import { Header } from './Header.js';
import { useLive } from './use-live.js';
import { useMe } from '../me.js';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateRows: 'auto minmax(0, 1fr)',
    height: '100vh',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  skip: {
    position: 'absolute',
    left: tokens.spacingHorizontalS,
    top: '-100px',
    zIndex: 10,
    padding: tokens.spacingHorizontalS,
    color: tokens.colorBrandForegroundLink,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus': { top: tokens.spacingVerticalXS },
  },
  // Below the header, where nothing is pressed: what can be done with a thing stands at its foot.
  messages: { position: 'fixed', right: 0, top: '48px', zIndex: 1 },
  main: { minHeight: 0, overflow: 'auto', outlineStyle: 'none' },
});

/** What is around every page: the way to the others, the live connection, messages, and what catches an error. */
export function Shell() {
  const styles = useStyles();
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <Catch
          onAgain={reset}
          special={(error, again) => (
            <main id="page">
              {codeOf(error) === 'choose-authority' ? (
                <ChooseAuthority onChosen={again} />
              ) : (
                <FailedState page error={error} again={again} />
              )}
            </main>
          )}
        >
          <a href="#page" className={styles.skip}>
            {say('app.skip')}
          </a>
          <Suspense fallback={<Coming />}>
            <Signed onAgain={reset} />
          </Suspense>
        </Catch>
      )}
    </QueryErrorResetBoundary>
  );
}

/** Until it is known who is looking. */
function Coming() {
  return (
    <main id="page">
      <RowsLoading />
    </main>
  );
}

/** From here on somebody is signed in. An error on one page leaves the way to the others. */
function Signed({ onAgain }: { readonly onAgain: () => void }) {
  const styles = useStyles();
  const { pathname } = useLocation();
  const { authority } = useMe();
  const live = useLive();
  return (
    <div key={authority.id} className={styles.root}>
      <Header live={live} />
      <main id="page" tabIndex={-1} className={styles.main}>
        <Catch key={pathname.split('/')[1]} onAgain={onAgain}>
          <Outlet />
        </Catch>
      </main>
      <section aria-label={say('app.messages')} className={styles.messages}>
        <Toaster inline toasterId={messages} position="top-end" />
      </section>
    </div>
  );
}
