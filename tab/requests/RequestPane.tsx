import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { useMay } from '../me.js';
import { Pane, PaneBody, PaneFoot } from '../shell/Pane.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { desk, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { Beside } from './Beside.js';
import { Composer } from './Composer.js';
import { RequestActions } from './RequestActions.js';
import { RequestAudit } from './RequestAudit.js';
import { RequestHead } from './RequestHead.js';
import { RequestNotices } from './RequestNotices.js';
import { RequestStory } from './RequestStory.js';
import { RequestThread } from './RequestThread.js';
import { useRequest } from './request-queries.js';

const useStyles = makeStyles({
  beside: {
    paddingTop: tokens.spacingVerticalL,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  link: { color: tokens.colorBrandForegroundLink },
});

interface Props {
  readonly reference: string;
  /** The way back to the list, where the list is not beside it. */
  readonly back: string | null;
  /** The key for replying was pressed; onHeard says that this has been seen. */
  readonly asked: boolean;
  readonly onHeard: () => void;
}

/** One request: where it stands, what was asked, the thread with the school, and what can be done next. */
export function RequestPane({ reference, back, asked, onHeard }: Props) {
  const query = useRequest(reference);
  const learner = useLearnerPage(back === null);
  return (
    <Pane label={query.data?.reference ?? say('page.requests')} back={learner.shown ? learner.leave : back}>
      {query.data ? (
        learner.shown ? (
          <PaneBody label={say('request.glance')}>
            <Beside request={query.data} />
          </PaneBody>
        ) : (
          <Request request={query.data} asked={asked} onHeard={onHeard} />
        )
      ) : query.error ? (
        <FailedState error={query.error} again={() => void query.refetch()} />
      ) : (
        <PaneLoading />
      )}
    </Pane>
  );
}

/** Where there is room for one page only, what stands beside the request is a page of its own, with its own address. */
function useLearnerPage(beside: boolean) {
  const [params] = useSearchParams();
  const without = new URLSearchParams(params);
  without.delete('learner');
  const withIt = new URLSearchParams(params);
  withIt.set('learner', '1');
  return { shown: !beside && params.has('learner'), open: `?${withIt}`, leave: `?${without}` };
}

function Request({ request, asked, onHeard }: Omit<Props, 'reference' | 'back'> & { readonly request: RequestDetail }) {
  const [writing, setWriting] = useState<'ask' | 'answer' | null>(null);
  const can = (['answer', 'ask'] as const).find((move) => request.moves.includes(move)) ?? null;
  useEffect(() => {
    if (!asked) return;
    onHeard();
    setWriting((before) => before ?? can);
  }, [asked, onHeard, can]);
  return (
    <>
      <PaneBody label={say('request.story')}>
        <RequestHead request={request} />
        <RequestNotices request={request} />
        <RequestStory request={request} />
        <RequestThread entries={request.thread} />
        <Around request={request} />
      </PaneBody>
      <PaneFoot>
        {writing ? (
          <Composer key={writing} request={request} move={writing} onDone={() => setWriting(null)} />
        ) : (
          <RequestActions request={request} onWrite={setWriting} />
        )}
      </PaneFoot>
    </>
  );
}

/** Below the thread at a desk; behind a link on a phone. */
function Around({ request }: { readonly request: RequestDetail }) {
  const styles = useStyles();
  const wide = useMedia(desk);
  const mayAudit = useMay('request.read-audit');
  const learner = useLearnerPage(wide);
  return (
    <>
      {wide ? (
        <div className={styles.beside}>
          <Beside request={request} />
        </div>
      ) : (
        <Link to={learner.open} className={styles.link}>
          {say('beside.open')}
        </Link>
      )}
      {mayAudit ? <RequestAudit request={request} /> : null}
    </>
  );
}
