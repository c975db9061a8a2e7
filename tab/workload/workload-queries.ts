import { useQuery } from '@tanstack/react-query';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';

export function useWorkload() {
  const { api } = useTab();
  return useQuery({ queryKey: keys.workload, queryFn: () => api.readWorkload() });
}

export function useWorkloadOf(personId: string) {
  const { api } = useTab();
  return useQuery({ queryKey: keys.workloadOf(personId), queryFn: () => api.readWorkloadOf(personId) });
}
