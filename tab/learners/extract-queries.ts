import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConfirmMapping, ExtractDetail, outcomes } from '../../bot/learners/extract-contract.js';
import { codeOf, Failure } from '../failure.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';
import type { ExtractPress } from './learner-calls.js';

export type Outcome = (typeof outcomes)[number];

export function useExtracts() {
  const { api } = useTab();
  return useQuery({ queryKey: keys.extracts, queryFn: () => api.listExtracts() });
}

const working: readonly ExtractDetail['state'][] = ['reading', 'importing', 'undoing'];

/** While it is being worked on it is asked for again each second, so that the bar moves. */
export function useExtract(id: string) {
  const { api } = useTab();
  return useQuery({
    queryKey: keys.extract(id),
    queryFn: () => api.readExtract(id),
    refetchInterval: ({ state }) => (state.data && working.includes(state.data.state) ? 1_000 : false),
  });
}

export function useLook(id: string) {
  const { api } = useTab();
  return useQuery({
    queryKey: keys.extractLook(id),
    queryFn: () => api.lookAtExtract(id),
    staleTime: Infinity,
    retry: false,
  });
}

export function useExtractRows(id: string, outcome: Outcome) {
  const { api } = useTab();
  return useInfiniteQuery({
    queryKey: keys.extractRows(id, outcome),
    queryFn: ({ pageParam }) => api.previewRows(id, outcome, pageParam),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
  });
}

/** What is done to an extract; afterwards it, its rows and the register are read anew. */
export function useExtractPress(id: string) {
  const { api } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  const settled = {
    onSuccess: (extract: ExtractDetail) => client.setQueryData(keys.extract(id), extract),
    onError: (error: unknown) => notify.refused(whyNot(error)),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: keys.extracts });
      await client.invalidateQueries({ queryKey: keys.allLearners });
    },
  };
  const press = useMutation({
    mutationFn: (one: { readonly name: ExtractPress; readonly version: number; readonly acceptAlarms?: boolean }) =>
      api.moveExtract(id, one.name, { version: one.version, ...(one.acceptAlarms ? { acceptAlarms: true } : {}) }),
    ...settled,
  });
  const confirm = useMutation({ mutationFn: (body: ConfirmMapping) => api.confirmMapping(id, body), ...settled });
  return { press, confirm };
}

function whyNot(error: unknown): string {
  if (error instanceof Failure && error.where === 'later') return say('result.later');
  return say(`failure.${codeOf(error)}`);
}
