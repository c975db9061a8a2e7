import { useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { RequestRow } from '../../bot/requests/contract.js';
import type { TriageList } from '../../bot/requests/triage-contract.js';
import { useTab } from '../tab-context.js';
import type { Mark } from '../ui/windows.js';
import { useWindows } from '../ui/use-windows.js';
import type { RowsHandle } from '../ui/use-rows.js';
import { changesAmong, type Windows } from '../ui/windows.js';
import { type Question, windowQuery, windowSize } from './request-queries.js';
import type { Triage } from './use-triage.js';

/** A row with what happened to it since the list was last up to date. */
export interface ListedRequest extends RequestRow {
  readonly mark: Mark;
}

function listed({ rows, marks }: Windows<RequestRow>): readonly (ListedRequest | null)[] {
  const made = rows.map((row) => row && shownAs(row, marks.get(row.id) ?? null));
  return made;
}

const drawn = new WeakMap<RequestRow, ListedRequest>();

/** The same object for the same row and mark, so that a line is drawn again only when something of its own changed. */
function shownAs(row: RequestRow, mark: Mark): ListedRequest {
  const before = drawn.get(row);
  if (before?.mark === mark) return before;
  const made = { ...row, mark };
  drawn.set(row, made);
  return made;
}

/** The rows of the list that is shown, read window by window as they come into sight, and steady under the reader. */
export function useRequestRows(triage: Triage) {
  const { question, reference } = triage;
  const key = JSON.stringify(question);
  const handle = useRef<RowsHandle<ListedRequest>>(null);
  const { queries, indexes, onSight } = useWindowQueries(question, key);
  const answers = queries.map(({ data }) => data);
  const openId = answers.flatMap((list) => list?.items ?? []).find((row) => row.reference === reference)?.id ?? null;
  const { windows, settle } = useWindows({ answer: answerOf(indexes, answers), key, own: openId });
  const shown = useMemo(() => listed(windows), [windows]);
  return {
    query: {
      isPending: windows.total === 0 && queries.some(({ isPending }) => isPending),
      error: queries.find(({ error }) => error)?.error ?? null,
      refetch: () => queries.forEach(({ refetch }) => void refetch()),
    },
    ...{ shown, handle, settle, onSight, total: windows.total, fresh: windows.fresh },
    changes: changesAmong(windows),
    openId: shown.find((row) => row?.reference === reference)?.id ?? null,
  };
}
export type RequestRows = ReturnType<typeof useRequestRows>;

/** The windows in sight and the one after them are asked for, and asked for again when something happened. */
function useWindowQueries(question: Question, key: string) {
  const { api } = useTab();
  const [sight, setSight] = useState({ key, first: 0, last: 0 });
  const { first, last } = sight.key === key ? sight : { first: 0, last: 0 };
  const indexes = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  const onSight = useCallback(
    (firstRow: number, lastRow: number) => {
      const next = {
        key,
        first: Math.floor(Math.max(0, firstRow - windowSize / 4) / windowSize),
        last: Math.floor((lastRow + windowSize / 2) / windowSize),
      };
      setSight((now) => (now.key === key && now.first === next.first && now.last === next.last ? now : next));
    },
    [key],
  );
  const queries = useQueries({ queries: indexes.map((index) => windowQuery(api, question, index)) });
  return { queries, indexes, onSight };
}

function answerOf(indexes: readonly number[], lists: readonly (TriageList | undefined)[]) {
  const windows = indexes.flatMap((index, at) => {
    const list = lists[at];
    return list ? [{ at: index * windowSize, rows: list.items }] : [];
  });
  const total = lists.find((list) => list)?.total ?? null;
  return total === null ? null : { total, windows };
}
