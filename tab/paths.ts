/** Where the tab's pages live on its host; its scripts are under /tab/. */
export const base = '';

/**
 * Every address of the tab, relative to its base. Only references and ids that say nothing are in an address; names and
 * search words never are (links get logged and forwarded).
 */
export const reviewViews = ['coming', 'waiting', 'past', 'everything'] as const;
export type ReviewViewName = (typeof reviewViews)[number];

export const paths = {
  today: () => '/today',
  workload: () => '/workload',
  workloadOf: (personId: string) => `/workload/${personId}`,
  numbers: () => '/numbers',
  requests: (view = 'new') => `/requests?view=${view}`,
  request: (reference: string, view = 'everything') => `/requests/${reference}?view=${view}`,
  reviews: (view: ReviewViewName = 'coming') => `/reviews?view=${view}`,
  review: (reference: string, view: ReviewViewName = 'everything') => `/reviews/${reference}?view=${view}`,
  due: (group = 'overdue') => `/reviews/due?group=${group}`,
  planner: () => '/reviews/planner',
  planForRequest: (reference: string) => `/reviews/plan?request=${reference}`,
  planForLearner: (learnerId: string) => `/reviews/plan?learner=${learnerId}`,
  learners: (view = 'everybody') => `/learners?view=${view}`,
  learner: (id: string, view = 'everybody') => `/learners/${id}?view=${view}`,
  register: (room: 'changes' | 'matches' | 'import' | 'quality') => `/register/${room}`,
  extract: (id: string) => `/register/import/${id}`,
  emergency: () => '/emergency',
  settings: () => '/settings',
  routing: () => '/settings/routing',
  calendars: () => '/settings/calendars',
  deliveries: () => '/settings/deliveries',
} as const;

/** The pages that a deep link may name. */
const pagesByName = [
  ...(['today', 'requests', 'workload', 'numbers', 'reviews', 'emergency', 'settings'] as const),
  ...(['routing', 'calendars', 'deliveries'] as const),
] as const;

const reference = /^V[RS]-[0-9A-HJKMNP-TV-Z]{6}$/;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isReference(text: string): boolean {
  return reference.test(text);
}

/** Links made by the service may hold the record's id instead of its reference; neither says anything. */
export function isId(text: string): boolean {
  return id.test(text);
}

export function reviewViewOf(text: string | null): ReviewViewName {
  return reviewViews.find((view) => view === text) ?? 'coming';
}

/**
 * Where a Teams deep link leads: `subPageId` is 'request/VS-…', 'review/VR-…', or the name of a page. Anything else, a forged one
 * included, leads to the first page.
 */
export function pathOfDeepLink(subPageId: string | null): string {
  const [page = '', which = '', ...more] = (subPageId ?? '').split('/');
  const good = more.length === 0 && (isReference(which) || isId(which));
  if (page === 'request' && good) return paths.request(which);
  if (page === 'review' && good) return paths.review(which);
  if (which !== '') return '/';
  const named = pagesByName.find((name) => name === page);
  return named ? paths[named]() : '/';
}
