import type { QueryClient } from '@tanstack/react-query';
import type { RequestDetail, RequestRow } from '../../bot/requests/contract.js';
import { nextState, type RequestMove } from '../../bot/requests/request.js';
import type { TriageList } from '../../bot/requests/triage-contract.js';
import { keys } from '../query-keys.js';

type Named = { readonly id: string; readonly name: string };

/** The row as it will be if the service agrees. Pure. The version stays: only the service gives a new one. */
export function foreseen<Row extends RequestRow>(row: Row, move: RequestMove, to: Named | null): Row {
  return { ...row, state: nextState(row.state, move) ?? row.state, assignee: to ?? row.assignee };
}

/** Changes a row wherever it is shown; answers with the way back. */
export function patchRequest(
  client: QueryClient,
  id: string,
  patch: <Row extends RequestRow>(row: Row) => Row,
): () => void {
  const lists = client.getQueriesData<TriageList>({ queryKey: keys.requestLists });
  const detail = client.getQueryData<RequestDetail>(keys.request(id));
  client.setQueriesData<TriageList>({ queryKey: keys.requestLists }, (list) => list && patchList(list, id, patch));
  if (detail) client.setQueryData<RequestDetail>(keys.request(id), patch(detail));
  return () => {
    for (const [key, list] of lists) client.setQueryData(key, list);
    if (detail) client.setQueryData(keys.request(id), detail);
  };
}

function patchList(list: TriageList, id: string, patch: (row: RequestRow) => RequestRow): TriageList {
  if (!list.items.some((row) => row.id === id)) return list;
  return { ...list, items: list.items.map((row) => (row.id === id ? patch(row) : row)) };
}
