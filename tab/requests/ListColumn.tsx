import { type RefObject, useMemo } from 'react';
import type { ViewList } from '../../bot/requests/triage-contract.js';
import { sortColumns } from '../../bot/requests/triage-contract.js';
import { base } from '../paths.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { ListFrame } from '../ui/ListFrame.js';
import { RowsLoading } from '../ui/Loading.js';
import type { Sorting } from '../ui/row-list.js';
import { RowList } from '../ui/RowList.js';
import { spacious, useMedia } from '../ui/use-media.js';
import { say, wordFor } from '../words.js';
import { BulkBar } from './BulkBar.js';
import { ListNews } from './ListNews.js';
import { requestLayout } from './request-columns.js';
import { RequestCard } from './RequestCard.js';
import { RequestToolbar } from './RequestToolbar.js';
import { nameOfView, RequestViews } from './RequestViews.js';
import type { ListedRequest, RequestRows } from './use-request-rows.js';
import type { RequestSelection } from './use-selection.js';
import type { Triage } from './use-triage.js';

interface Props {
  readonly triage: Triage;
  readonly list: RequestRows;
  readonly views: ViewList | null;
  /** Null for those who may not give requests to anybody. */
  readonly selection: RequestSelection | null;
  readonly wide: boolean;
  readonly searchBox: RefObject<HTMLInputElement | null>;
  readonly onKeys: () => void;
}

export function ListColumn(props: Props) {
  const { triage, list, views, selection, wide } = props;
  return (
    <ListFrame
      label={say('requests.list', { view: nameOfView(triage, views) })}
      top={
        <>
          {wide ? null : <RequestViews triage={triage} views={views} oneLine />}
          <RequestToolbar triage={triage} searchBox={props.searchBox} onKeys={wide ? props.onKeys : null} />
          {selection ? <BulkBar selection={selection} /> : null}
          <ListNews list={list} />
        </>
      }
    >
      <Body {...props} />
    </ListFrame>
  );
}

const roomyLayout = requestLayout(true);
const tightLayout = requestLayout(false);
const idOf = (row: ListedRequest) => row.id;
const nameOf = (row: ListedRequest) => row.reference;
const markOf = (row: ListedRequest) => row.mark;
const card = (row: ListedRequest) => <RequestCard row={row} />;

function Body({ triage, list, views, selection, wide }: Props) {
  const roomy = useMedia(spacious);
  const { query, shown } = list;
  const narrow = !wide || triage.reference !== null;
  const sorting = useSorting(triage);
  if (query.isPending) return <RowsLoading narrow={narrow} />;
  if (query.error && shown.length === 0) return <FailedState error={query.error} again={query.refetch} />;
  if (shown.length === 0) return <Nothing triage={triage} />;
  return (
    <RowList
      label={say('requests.list', { view: nameOfView(triage, views) })}
      rows={shown}
      {...(roomy ? roomyLayout : tightLayout)}
      {...{ narrow, card, idOf, nameOf, markOf, sorting, openId: list.openId, onOpen: triage.open }}
      hrefOf={(row) => `${base}${triage.pathOf(row)}`}
      onSight={list.onSight}
      selection={selection && (wide || selection.ids.size > 0) ? selection : null}
      handle={list.handle}
    />
  );
}

function useSorting({ sort, setSort }: Triage): Sorting {
  return useMemo(
    () => ({
      ...{ by: sort?.by ?? 'asked', descending: sort?.descending ?? true },
      ...{ sortable: sortColumns, onSort: setSort },
    }),
    [sort, setSort],
  );
}

function Nothing({ triage }: Pick<Props, 'triage'>) {
  const asked = triage.question.search !== '' || Object.keys(triage.filters).length > 0;
  const explains = wordFor(`view.${triage.view}`, 'emptyExplains');
  if (asked || explains === null)
    return <EmptyState title={say('requests.noMatch')} explains={say('requests.noMatchExplains')} />;
  return <EmptyState title={wordFor(`view.${triage.view}`, 'empty') ?? say('requests.noMatch')} explains={explains} />;
}
