import { requestViews, type RequestViewName } from '../bot/requests/contract.js';

/** Where the tab's pages live on its host; its scripts are under /tab/. */
export const base = '';

/**
 * Every address of the tab, relative to its base. Only references and ids that say nothing are in an address; names and
 * search words never are (links get logged and forwarded).
 */
export const reviewViews = ['coming', 'waiting', 'past', 'everything'] as const;
export type ReviewViewName = (typeof reviewViews)[number];

export const paths = {
  requests: (view: RequestViewName = 'new') => `/requests?view=${view}`,
  request: (reference: string, view: RequestViewName = 'everything') => `/requests/${reference}?view=${view}`,
  reviews: (view: ReviewViewName = 'coming') => `/reviews?view=${view}`,
  review: (reference: string, view: ReviewViewName = 'everything') => `/reviews/${reference}?view=${view}`,
  planForRequest: (reference: string) => `/reviews/plan?request=${reference}`,
  planForLearner: (learnerId: string) => `/reviews/plan?learner=${learnerId}`,
  settings: () => '/settings',
  deliveries: () => '/settings/deliveries',
} as const;

const reference = /^V[RS]-[0-9A-HJKMNP-TV-Z]{6}$/;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isReference(text: string): boolean {
  return reference.test(text);
}

/** Links made by the service may hold the record's id instead of its reference; neither says anything. */
export function isId(text: string): boolean {
  return id.test(text);
}

export function requestViewOf(text: string | null): RequestViewName {
  return requestViews.find((view) => view === text) ?? 'new';
}

export function reviewViewOf(text: string | null): ReviewViewName {
  return reviewViews.find((view) => view === text) ?? 'coming';
}

/**
 * Where a Teams deep link leads: `subPageId` is 'request/VS-…', 'review/VR-…', 'reviews', 'settings' or 'deliveries'. Anything
 * else, a forged one included, leads to the first page.
 */
export function pathOfDeepLink(subPageId: string | null): string {
  const [page = '', which = '', ...more] = (subPageId ?? '').split('/');
  const good = more.length === 0 && (isReference(which) || isId(which));
  if (page === 'request' && good) return paths.request(which);
  if (page === 'review' && good) return paths.review(which);
  if (page === 'reviews') return paths.reviews();
  if (page === 'settings') return paths.settings();
  if (page === 'deliveries') return paths.deliveries();
  return '/';
}
