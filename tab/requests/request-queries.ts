import { type InfiniteData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { RequestList, RequestRow, RequestSearch } from '../../bot/requests/contract.js';
import { Failure } from '../failure.js';
import { isId } from '../paths.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';

/** What is asked of the list, apart from which page of it. */
export type Question = Pick<RequestSearch, 'view' | 'search'> &
  Partial<Pick<RequestSearch, 'need' | 'schoolId' | 'assigneeId'>>;

export type Pages = InfiniteData<RequestList, string | null>;

const pageSize = 100;

export function useRequestList(question: Question) {
  const { api } = useTab();
  return useInfiniteQuery({
    queryKey: keys.requestList(question),
    queryFn: ({ pageParam }) =>
      api.searchRequests({ ...question, limit: pageSize, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

/** Rows of every list that has been read, newest answer of each. */
export function rowsOf(pages: Pick<Pages, 'pages'> | undefined): readonly RequestRow[] | undefined {
  return pages?.pages.flatMap((page) => page.items);
}

/** A reference leads to its request through the lists already read, otherwise by asking. Fails with 'not-found'. */
export function useRequestId(reference: string) {
  const { api } = useTab();
  const client = useQueryClient();
  const known = () =>
    client
      .getQueriesData<Pages>({ queryKey: keys.requestLists })
      .flatMap(([, pages]) => rowsOf(pages) ?? [])
      .find((row) => row.reference === reference)?.id;
  return useQuery({
    queryKey: keys.requestId(reference),
    queryFn: async () => {
      const { items } = await api.searchRequests({ view: 'everything', search: reference, limit: 10 });
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
