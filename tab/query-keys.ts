import type { NumbersQuestion } from '../bot/requests/numbers-contract.js';
import type { TriageSearch } from '../bot/requests/triage-contract.js';
import type { PlanFor } from './api.js';

/** What the tab keeps of the service's answers, by name. In memory only, gone with the page. */
export const keys = {
  me: ['me'],
  authorities: ['authorities'],
  people: ['people'],
  peopleNamed: (search: string, role: string) => ['people', role, search],
  requestLists: ['requests', 'list'],
  requestList: (search: Partial<TriageSearch>) => ['requests', 'list', search],
  views: ['requests', 'views'],
  beside: (id: string) => ['requests', 'beside', id],
  allBeside: ['requests', 'beside'],
  audit: (id: string) => ['requests', 'audit', id],
  snippets: ['requests', 'snippets'],
  routing: ['routing'],
  allCalendars: ['calendars'],
  calendars: (span: { readonly fromOn: string; readonly untilOn: string }) => ['calendars', span],
  today: ['today'],
  workload: ['workload'],
  workloadOf: (id: string) => ['workload', id],
  terms: ['numbers', 'terms'],
  numbers: (question: NumbersQuestion | null) => ['numbers', question],
  requestId: (reference: string) => ['requests', 'id', reference],
  requestDetails: ['requests', 'one'],
  request: (id: string) => ['requests', 'one', id],
  reviewLists: ['reviews', 'list'],
  reviewList: (view: string) => ['reviews', 'list', view],
  reviewId: (reference: string) => ['reviews', 'id', reference],
  review: (id: string) => ['reviews', 'one', id],
  proposal: (what: PlanFor) => ['reviews', 'proposal', what],
  openedRecords: ['opened-records'],
  settings: ['settings'],
  deliveries: ['deliveries'],
} as const;
