import type { LocalPerson, People } from './shared.js';

export function createPeople(initial: readonly LocalPerson[]): People {
  const people = new Map<string, LocalPerson>();
  const key = (tenantId: string, oid: string) => `${tenantId}/${oid}`.toLowerCase();
  for (const person of initial) people.set(key(person.tenantId, person.oid), person);
  return {
    list: (tenantId) => [...people.values()].filter((person) => !tenantId || person.tenantId === tenantId),
    find: (tenantId, oid) => people.get(key(tenantId, oid)) ?? null,
    add: (person) => void people.set(key(person.tenantId, person.oid), person),
    remove: (tenantId, oid) => void people.delete(key(tenantId, oid)),
  };
}
