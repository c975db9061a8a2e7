import type { QueryKey } from '@tanstack/react-query';
import { keys } from '../query-keys.js';

/** What an event of this kind puts out of date. `kind` is 'request', 'request.taken', ...: the noun is what counts. */
export function keysOf(kind: string, id: string): readonly QueryKey[] {
  switch (kind.split('.')[0]) {
    case 'request':
      return [keys.requestLists, keys.views, keys.request(id), keys.beside(id), keys.today, keys.workload];
    case 'review':
      return [keys.reviewLists, keys.review(id), keys.requestDetails, keys.today];
    case 'setting':
      return [keys.settings, keys.me, keys.routing];
    case 'person':
      return [keys.me, keys.people, keys.workload];
    case 'call-note':
      return [keys.today, keys.allBeside, keys.workload];
    case 'change':
    case 'learner':
      return [keys.today, keys.allBeside];
    case 'delivery':
      return [keys.deliveries];
    default:
      return [];
  }
}
