import type { RefObject } from 'react';
import { base } from '../paths.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { ListFrame } from '../ui/ListFrame.js';
import { RowsLoading } from '../ui/Loading.js';
import { RowList } from '../ui/RowList.js';
import { spacious, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { ListNews } from './ListNews.js';
import { requestLayout } from './request-columns.js';
import { RequestCard } from './RequestCard.js';
import { RequestToolbar } from './RequestToolbar.js';
import { RequestViews } from './RequestViews.js';
import type { RequestRows } from './use-request-rows.js';
import type { Triage } from './use-triage.js';

interface Props {
  readonly triage: Triage;
  readonly list: RequestRows;
  readonly wide: boolean;
  readonly searchBox: RefObject<HTMLInputElement | null>;
  readonly onKeys: () => void;
}

export function ListColumn({ triage, list, wide, searchBox, onKeys }: Props) {
  return (
    <ListFrame
      label={say('requests.list', { view: say(`view.${triage.view}`) })}
      top={
        <>
          {wide ? null : <RequestViews triage={triage} counts={list.counts} oneLine />}
          <RequestToolbar triage={triage} rows={list.steady.rows} searchBox={searchBox} onKeys={wide ? onKeys : null} />
          <ListNews list={list} />
        </>
      }
    >
      <Body triage={triage} list={list} wide={wide} />
    </ListFrame>
  );
}

const roomyLayout = requestLayout(true);
const tightLayout = requestLayout(false);

function Body({ triage, list, wide }: Pick<Props, 'triage' | 'list' | 'wide'>) {
  const roomy = useMedia(spacious);
  const { query, steady } = list;
  const narrow = !wide || triage.reference !== null;
  if (query.isPending) return <RowsLoading narrow={narrow} />;
  if (query.isError && steady.rows.length === 0)
    return <FailedState error={query.error} again={() => void query.refetch()} />;
  if (steady.rows.length === 0) return <Nothing triage={triage} />;
  return (
    <RowList
      label={say('requests.list', { view: say(`view.${triage.view}`) })}
      rows={list.shown}
      {...(roomy ? roomyLayout : tightLayout)}
      narrow={narrow}
      card={(row) => <RequestCard row={row} />}
      idOf={(row) => row.id}
      hrefOf={(row) => `${base}${triage.pathOf(row)}`}
      markOf={(row) => row.mark}
      openId={list.openId}
      onOpen={triage.open}
      onEnd={list.more}
      handle={list.handle}
    />
  );
}

function Nothing({ triage }: Pick<Props, 'triage'>) {
  const asked = triage.question.search !== '' || Object.keys(triage.filters).length > 0;
  if (asked) return <EmptyState title={say('requests.noMatch')} explains={say('requests.noMatchExplains')} />;
  return <EmptyState title={say(`view.${triage.view}.empty`)} explains={say(`view.${triage.view}.emptyExplains`)} />;
}
