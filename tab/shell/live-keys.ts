import type { QueryKey } from '@tanstack/react-query';
import { keys } from '../query-keys.js';

/** What an event of this kind puts out of date. `kind` is 'request', 'request.taken', ...: the noun is what counts. */
export function keysOf(kind: string, id: string): readonly QueryKey[] {
  switch (kind.split('.')[0]) {
    case 'request':
      return [keys.requestLists, keys.request(id)];
    case 'review':
      return [keys.reviewLists, keys.review(id), keys.requestDetails];
    case 'setting':
      return [keys.settings, keys.me];
    case 'person':
      return [keys.me, keys.people];
    case 'delivery':
      return [keys.deliveries];
    default:
      return [];
  }
}
