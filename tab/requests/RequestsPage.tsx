import { useCallback, useRef, useState } from 'react';
import { useMay } from '../me.js';
import { Panes } from '../shell/Panes.js';
import { EmptyState } from '../ui/EmptyState.js';
import { desk, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { ListColumn } from './ListColumn.js';
import { RequestPane } from './RequestPane.js';
import { RequestViews } from './RequestViews.js';
import { useRequestKeys } from './use-request-keys.js';
import { useRequestRows } from './use-request-rows.js';
import { useTriage } from './use-triage.js';

export function RequestsPage() {
  const may = useMay('request.read-all');
  if (!may) return <EmptyState page title={say('forbidden.title')} explains={say('forbidden.requests')} />;
  return <TriagePage />;
}

function TriagePage() {
  const wide = useMedia(desk);
  const triage = useTriage();
  const list = useRequestRows(triage);
  const searchBox = useRef<HTMLInputElement>(null);
  const [replying, setReplying] = useState(false);
  const heard = useCallback(() => setReplying(false), []);
  const keys = useRequestKeys({ triage, list, searchBox, reply: () => setReplying(true) });
  return (
    <>
      <Panes
        views={<RequestViews triage={triage} counts={list.counts} />}
        list={<ListColumn triage={triage} list={list} wide={wide} searchBox={searchBox} onKeys={keys.show} />}
        pane={
          triage.reference === null ? null : (
            <RequestPane
              key={triage.reference}
              reference={triage.reference}
              back={wide ? null : triage.pathOfList}
              asked={replying}
              onHeard={heard}
            />
          )
        }
      />
      {keys.dialog}
    </>
  );
}
