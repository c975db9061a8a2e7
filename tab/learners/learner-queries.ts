import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LearnerView, MatchDecision, MatchPair } from '../../bot/learners/register-contract.js';
import { codeOf } from '../failure.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';
import type { AsOf } from './learner-calls.js';

export function useLearners(view: LearnerView, words: string) {
  const { api } = useTab();
  return useQuery({
    queryKey: keys.learnerList(view, words),
    queryFn: () => api.searchLearners({ view, words, limit: 200 }),
    placeholderData: (before) => before,
  });
}

export function useLearner(id: string, as: AsOf) {
  const { api } = useTab();
  return useQuery({ queryKey: keys.learner(id, as), queryFn: () => api.readLearner(id, as) });
}

export function useChanges(open: boolean) {
  const { api } = useTab();
  return useQuery({ queryKey: keys.changes(open), queryFn: () => api.listChanges(open) });
}

export function useMatches() {
  const { api } = useTab();
  return useQuery({ queryKey: keys.matches, queryFn: () => api.listMatches() });
}

export function useQuality() {
  const { api } = useTab();
  return useQuery({ queryKey: keys.quality, queryFn: () => api.readQuality() });
}

export type ChangePress =
  | { readonly id: string; readonly kind: 'acknowledge' }
  | { readonly id: string; readonly kind: 'settle'; readonly version: number; readonly because: string };

export function useChangePress() {
  const { api } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (press: ChangePress) =>
      press.kind === 'acknowledge'
        ? api.acknowledgeChange(press.id)
        : api.settleChange(press.id, { version: press.version, tell: [], because: press.because }),
    onSuccess: () => notify.done(say('changes.done')),
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.allLearners }),
  });
}

/** The judged pair leaves at once and the next, which is loaded already, takes its place. */
export function useDecide() {
  const { api } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: ({ pair, decision }: { readonly pair: MatchPair; readonly decision: MatchDecision }) =>
      api.decideMatch(pair.id, { version: pair.version, decision }),
    onMutate: ({ pair }) => {
      client.setQueryData<Awaited<ReturnType<typeof api.listMatches>>>(keys.matches, (queue) =>
        queue ? { items: queue.items.filter(({ id }) => id !== pair.id), total: queue.total - 1 } : queue,
      );
    },
    onSuccess: () => notify.done(say('match.decided')),
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.matches }),
  });
}
