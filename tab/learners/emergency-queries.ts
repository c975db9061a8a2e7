import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OpenRecord } from '../../bot/learners/glass-contract.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';

export function useOpenedRecords(may: boolean) {
  const { api } = useTab();
  return useQuery({ queryKey: keys.openedRecords, queryFn: () => api.listOpenedRecords(), enabled: may });
}

/** What the person reaches is another set afterwards: every list is asked for anew. */
export function useOpenRecord() {
  const { api } = useTab();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: OpenRecord) => api.openRecord(wanted),
    onSuccess: () => client.invalidateQueries(),
  });
}
