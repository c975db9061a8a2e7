import { useMemo, useRef, useState } from 'react';
import type { RequestList, RequestRow } from '../../bot/requests/contract.js';
import { changesIn, type Mark, type Steady } from '../ui/steady.js';
import type { RowsHandle } from '../ui/use-rows.js';
import { useSteady } from '../ui/use-steady.js';
import { rowsOf, useRequestList } from './request-queries.js';
import type { Triage } from './use-triage.js';

/** A row with what happened to it since the list was last up to date. */
export interface ListedRequest extends RequestRow {
  readonly mark: Mark;
}

function listed({ rows, marks }: Steady<RequestRow>): readonly ListedRequest[] {
  return rows.map((row) => ({ ...row, mark: marks.get(row.id) ?? null }));
}

/** The rows of the view that is shown, steady under the reader, and the counts of every view. */
export function useRequestRows(triage: Triage) {
  const { question, reference } = triage;
  const query = useRequestList(question);
  const handle = useRef<RowsHandle<ListedRequest>>(null);
  const rows = useMemo(() => rowsOf(query.data), [query.data]);
  const open = rows?.find((row) => row.reference === reference)?.id ?? null;
  const { steady, settle } = useSteady({
    rows,
    complete: !query.hasNextPage,
    key: JSON.stringify(question),
    own: open,
  });
  const shown = useMemo(() => listed(steady), [steady]);
  return {
    query,
    shown,
    handle,
    steady,
    settle,
    changes: changesIn(steady),
    counts: useLast(query.data?.pages[0]?.counts),
    openId: steady.rows.find((row) => row.reference === reference)?.id ?? null,
    more: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
    },
  };
}
export type RequestRows = ReturnType<typeof useRequestRows>;

/** Counts of the last answer stay in sight while the next one is on its way. */
function useLast(counts: RequestList['counts'] | undefined): RequestList['counts'] | null {
  const [last, setLast] = useState(counts ?? null);
  if (counts && counts !== last) setLast(counts);
  return counts ?? last;
}
