import type { RequestSearch } from '../bot/requests/contract.js';
import type { PlanFor } from './api.js';

/** What the tab keeps of the service's answers, by name. In memory only, gone with the page. */
export const keys = {
  me: ['me'],
  authorities: ['authorities'],
  people: ['people'],
  peopleNamed: (search: string, role: string) => ['people', role, search],
  requestLists: ['requests', 'list'],
  requestList: (search: Partial<RequestSearch>) => ['requests', 'list', search],
  requestId: (reference: string) => ['requests', 'id', reference],
  requestDetails: ['requests', 'one'],
  request: (id: string) => ['requests', 'one', id],
  reviewLists: ['reviews', 'list'],
  reviewList: (view: string) => ['reviews', 'list', view],
  reviewId: (reference: string) => ['reviews', 'id', reference],
  review: (id: string) => ['reviews', 'one', id],
  proposal: (what: PlanFor) => ['reviews', 'proposal', what],
  settings: ['settings'],
  deliveries: ['deliveries'],
} as const;
