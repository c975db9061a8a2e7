import { useQuery } from '@tanstack/react-query';
import type { RoutingChoices } from '../../bot/requests/contract.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';

const none: RoutingChoices = { schools: [], clusters: [], localities: [], people: [], channels: [] };

/** As usePlaces, null until they have been read: for a form that would otherwise show a choice as not made. */
export function useKnownPlaces(): RoutingChoices | null {
  const { api } = useTab();
  return useQuery({ queryKey: keys.routing, queryFn: () => api.routingChoices(), staleTime: 60_000 }).data ?? null;
}

/** The council's schools, clusters, localities, channels and team, by name; all empty until they have been read. */
export function usePlaces(): RoutingChoices {
  return useKnownPlaces() ?? none;
}
