import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTab } from '../tab-context.js';

/** Nothing of one council may be left on the screen of another: everything read is forgotten. */
export function useChooseAuthority(onChosen: () => void = () => undefined) {
  const { api } = useTab();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (authorityId: string) => api.chooseAuthority({ authorityId }),
    onSuccess: async () => {
      await client.cancelQueries();
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' });
      await client.resetQueries({ queryKey: ['me'] });
      onChosen();
    },
  });
}
