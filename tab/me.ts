import { useSuspenseQuery } from '@tanstack/react-query';
import type { Verb } from '../bot/access/roles.js';
import type { Me } from '../bot/people/contract.js';
import { useTab } from './tab-context.js';

/** Who is looking. The shell asks once; inside it the answer is always there. */
export function useMe(): Me {
  const { api } = useTab();
  return useSuspenseQuery({ queryKey: ['me'], queryFn: () => api.me(), staleTime: 5 * 60_000 }).data;
}

export function useMay(verb: Verb): boolean {
  return useMe().may.includes(verb);
}
