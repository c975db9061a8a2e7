import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DueGroup } from '../../bot/reviews/due-contract.js';
import type { PlanDetail } from '../../bot/reviews/plan-contract.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';

export function useDueBoard(group: DueGroup) {
  const { api } = useTab();
  return useQuery({ queryKey: keys.dueBoard(group), queryFn: () => api.dueBoard({ group }) });
}

export function useCurrentPlan() {
  const { api } = useTab();
  return useQuery({ queryKey: keys.reviewPlan, queryFn: async () => (await api.currentPlan()).plan });
}

/** Each press has a nonce of its own: a repeat after a lost answer does it once. */
export function usePlanActs() {
  const { api, nonce } = useTab();
  const client = useQueryClient();
  const onSuccess = (plan: PlanDetail) => client.setQueryData(keys.reviewPlan, plan);
  const onError = () => void client.invalidateQueries({ queryKey: keys.reviewPlan });
  const make = useMutation({
    mutationFn: (from: string | null) => api.makePlan({ nonce: nonce(), ...(from ? { from } : {}) }),
    ...{ onSuccess, onError },
  });
  const send = useMutation({
    mutationFn: ({ id, version, counts }: PlanDetail) =>
      api.sendPlan(id, { nonce: nonce(), version, count: counts.inTime + counts.late }),
    ...{ onSuccess, onError },
  });
  const adjust = useMutation({
    mutationFn: (change: { plan: PlanDetail; itemId: string; startsAt: string | null; locked: boolean }) => {
      const { plan, itemId, startsAt, locked } = change;
      return api.adjustPlan(plan.id, itemId, { nonce: nonce(), version: plan.version, startsAt, locked });
    },
    ...{ onSuccess, onError },
  });
  return { make, send, adjust };
}
