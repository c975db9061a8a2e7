import { useQuery } from '@tanstack/react-query';
import type { RoutingChoices } from '../../bot/requests/contract.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';

const none: RoutingChoices = { schools: [], clusters: [], localities: [], people: [], channels: [] };

/** The council's schools, clusters, localities, channels and team, by name; all empty until they have been read. */
export function usePlaces(): RoutingChoices {
  const { api } = useTab();
  const { data } = useQuery({ queryKey: keys.routing, queryFn: () => api.routingChoices(), staleTime: 60_000 });
  return data ?? none;
}
