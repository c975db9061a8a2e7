import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SettingRow } from '../../bot/people/contract.js';
import { codeOf } from '../failure.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';

export function useSettings() {
  const { api } = useTab();
  return useQuery({ queryKey: keys.settings, queryFn: () => api.listSettings() });
}

export function useChangeSetting(setting: Pick<SettingRow, 'key' | 'title'>, onDone: () => void) {
  const { api } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (value: unknown) => api.changeSetting(setting.key, value),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.settings });
      void client.invalidateQueries({ queryKey: keys.me });
      notify.done(say('settings.saved', { title: setting.title }));
      onDone();
    },
  });
}

/** Null for those who may not see deliveries. */
export function useDeliveries(may: boolean) {
  const { api } = useTab();
  return useQuery({
    queryKey: keys.deliveries,
    queryFn: () => api.listDeliveries(),
    enabled: may,
    refetchInterval: 15_000,
  });
}

export function useRetry() {
  const { api } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (id: string) => api.retryDelivery(id),
    onSuccess: () => notify.done(say('deliveries.retried')),
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.deliveries }),
  });
}
