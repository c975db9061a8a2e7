import { useQueries } from '@tanstack/react-query';
import type { PersonRow } from '../../bot/people/contract.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';

/** Those who may have a request: the virtual school team, by name. */
export function useTeam(search: string): readonly PersonRow[] {
  const { api } = useTab();
  const answers = useQueries({
    queries: (['virtual-school', 'virtual-school-head'] as const).map((role) => ({
      queryKey: keys.peopleNamed(search, role),
      queryFn: () => api.searchPeople({ search, role, limit: 50 }),
      staleTime: 60_000,
    })),
  });
  const people = new Map(answers.flatMap(({ data }) => (data?.items ?? []).map((person) => [person.id, person])));
  return [...people.values()].sort((one, other) => one.name.localeCompare(other.name));
}
