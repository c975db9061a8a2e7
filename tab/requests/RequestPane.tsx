import { useEffect, useState } from 'react';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { Pane, PaneBody, PaneFoot } from '../shell/Pane.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { say } from '../words.js';
import { AtAGlance } from './AtAGlance.js';
import { Composer } from './Composer.js';
import { RequestActions } from './RequestActions.js';
import { RequestHead } from './RequestHead.js';
import { RequestStory } from './RequestStory.js';
import { RequestThread } from './RequestThread.js';
import { useRequest } from './request-queries.js';

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
  return (
    <Pane label={query.data?.reference ?? say('page.requests')} back={back}>
      {query.data ? (
        <Request request={query.data} asked={asked} onHeard={onHeard} />
      ) : query.error ? (
        <FailedState error={query.error} again={() => void query.refetch()} />
      ) : (
        <PaneLoading />
      )}
    </Pane>
  );
}

function Request({ request, asked, onHeard }: Omit<Props, 'reference' | 'back'> & { readonly request: RequestDetail }) {
  const [writing, setWriting] = useState<'ask' | 'answer' | null>(null);
  const can = (['ask', 'answer'] as const).find((move) => request.moves.includes(move)) ?? null;
  useEffect(() => {
    if (!asked) return;
    onHeard();
    setWriting((before) => before ?? can);
  }, [asked, onHeard, can]);
  return (
    <>
      <PaneBody label={say('request.story')}>
        <RequestHead request={request} />
        <RequestStory request={request} />
        {request.atAGlance ? <AtAGlance learner={request.atAGlance} /> : null}
        <RequestThread entries={request.thread} />
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
