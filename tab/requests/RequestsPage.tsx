import { useCallback, useRef, useState } from 'react';
import { useMay } from '../me.js';
import { Panes } from '../shell/Panes.js';
import { EmptyState } from '../ui/EmptyState.js';
import { desk, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { ListColumn } from './ListColumn.js';
import { useViews } from './request-queries.js';
import { RequestPane } from './RequestPane.js';
import { RequestViews } from './RequestViews.js';
import { useRequestKeys } from './use-request-keys.js';
import { useRequestRows } from './use-request-rows.js';
import { useSelection } from './use-selection.js';
import { useTriage } from './use-triage.js';

export function RequestsPage() {
  const may = useMay('request.read-all');
  if (!may) return <EmptyState page title={say('forbidden.title')} explains={say('forbidden.requests')} />;
  return <TriagePage />;
}

function TriagePage() {
  const wide = useMedia(desk);
  const mayGive = useMay('request.triage');
  const triage = useTriage();
  const list = useRequestRows(triage);
  const views = useViews().data ?? null;
  const selection = useSelection(list.shown, JSON.stringify(triage.question));
  const searchBox = useRef<HTMLInputElement>(null);
  const [replying, setReplying] = useState(false);
  const heard = useCallback(() => setReplying(false), []);
  const keys = useRequestKeys({ triage, list, selection, searchBox, reply: () => setReplying(true) });
  return (
    <>
      <Panes
        views={<RequestViews triage={triage} views={views} />}
        list={
          <ListColumn
            {...{ triage, list, views, wide, searchBox, onKeys: keys.show }}
            selection={mayGive ? selection : null}
          />
        }
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
