import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RequestRow } from '../../bot/requests/contract.js';
import type { TriageList, TriageSearch } from '../../bot/requests/triage-contract.js';
import { Failure } from '../failure.js';
import { isId } from '../paths.js';
import { keys } from '../query-keys.js';
import { type Tab, useTab } from '../tab-context.js';

/** What is asked of the list, apart from which part of it. */
export type Question = Omit<TriageSearch, 'page' | 'at' | 'limit' | 'total' | 'counts'>;

/** Rows are read in windows of so many. */
export const windowSize = 100;

/** One window of the list, counted from 0, with the length of the whole. */
export function windowQuery(api: Tab['api'], question: Question, index: number) {
  return {
    queryKey: keys.requestList({ ...question, at: index * windowSize }),
    queryFn: () =>
      api.searchRequests({ ...question, at: index * windowSize, limit: windowSize, total: true, counts: false }),
  };
}

/** Every view with its true count, the saved ones too. */
export function useViews() {
  const { api } = useTab();
  return useQuery({ queryKey: keys.views, queryFn: () => api.listViews() });
}

/** A reference leads to its request through the lists already read, otherwise by asking. Fails with 'not-found'. */
export function useRequestId(reference: string) {
  const { api } = useTab();
  const client = useQueryClient();
  const known = () =>
    client
      .getQueriesData<TriageList>({ queryKey: keys.requestLists })
      .flatMap(([, list]) => list?.items ?? [])
      .find((row) => row.reference === reference)?.id;
  return useQuery({
    queryKey: keys.requestId(reference),
    queryFn: async () => {
      const { items } = await api.searchRequests({ search: reference, limit: 10, counts: false });
      const id = items.find((row) => row.reference === reference)?.id;
      if (!id) throw new Failure('not-found');
      return id;
    },
    initialData: isId(reference) ? reference : known,
    staleTime: Infinity,
  });
}

/** One request by its reference (or id). */
export function useRequest(reference: string) {
  const { api } = useTab();
  const found = useRequestId(reference);
  const id = found.data;
  const request = useQuery({
    queryKey: keys.request(id ?? ''),
    queryFn: () => api.readRequest(id ?? ''),
    enabled: id !== undefined,
  });
  return id === undefined && found.isError ? { ...request, error: found.error, refetch: found.refetch } : request;
}

/** What helps to decide, next to a request. */
export function useBeside({ id }: Pick<RequestRow, 'id'>) {
  const { api } = useTab();
  return useQuery({ queryKey: keys.beside(id), queryFn: () => api.readBeside(id) });
}

/** Who looked at it and changed it; asked for when wanted, because asking is itself written down. */
export function useAudit({ id }: Pick<RequestRow, 'id'>, wanted: boolean) {
  const { api } = useTab();
  return useQuery({ queryKey: keys.audit(id), queryFn: () => api.readAudit(id), enabled: wanted });
}

export function useSnippets() {
  const { api } = useTab();
  return useQuery({ queryKey: keys.snippets, queryFn: () => api.listSnippets(), staleTime: 5 * 60_000 });
}
