import { requestViews } from '../../bot/requests/contract.js';
import { levels, needs, requestStates, urgencies } from '../../bot/requests/request.js';
import {
  dueWindows,
  type RequestFilters,
  type RequestSort,
  sortColumns,
  type TriageSearch,
} from '../../bot/requests/triage-contract.js';
import { isId } from '../paths.js';

/** What the reader asks of the list, to and from the page's address. Pure. Search words are never in it. */

export const filterNames = ['need', 'level', 'urgency', 'state', 'due', 'school', 'cluster', 'who'] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

interface Place {
  readonly view: string;
  readonly filters: Filters;
  readonly sort: RequestSort | null;
}

/** A view of the house by name or a saved one by id; anything else is the first. */
export function viewIn(params: URLSearchParams): string {
  const asked = params.get('view');
  if (asked !== null && isId(asked)) return asked;
  return requestViews.find((view) => view === asked) ?? 'new';
}

export function filtersIn(params: URLSearchParams): Filters {
  return Object.fromEntries(filterNames.flatMap((name) => (params.get(name) ? [[name, params.get(name) ?? '']] : [])));
}

export function sortIn(params: URLSearchParams): RequestSort | null {
  const by = sortColumns.find((column) => column === params.get('sort'));
  return by ? { by, descending: params.get('down') === '1' } : null;
}

/** What the service knows of the filters; a forged value falls away. */
export function filtersOf(filters: Filters): RequestFilters {
  const who = filters.who;
  return {
    ...one('need', needs, filters.need),
    ...one('level', levels, filters.level),
    ...one('urgency', urgencies, filters.urgency),
    ...one('state', requestStates, filters.state),
    ...one('due', dueWindows, filters.due),
    ...(filters.school && isId(filters.school) ? { schoolId: filters.school } : {}),
    ...(filters.cluster && isId(filters.cluster) ? { clusterId: filters.cluster } : {}),
    ...(who === 'me' || who === 'nobody' || (who && isId(who)) ? { assigneeId: who } : {}),
  };
}

function one<Name extends string, Value extends string>(
  name: Name,
  values: readonly Value[],
  asked: string | undefined,
): Partial<Record<Name, Value>> {
  const found = values.find((value) => value === asked);
  return found ? ({ [name]: found } as Record<Name, Value>) : {}; // a computed name widens to string
}

export function questionOf({ view, filters, sort }: Place, search: string): TriageSearch {
  return { view, search, ...filtersOf(filters), ...(sort ? { sort } : {}) };
}
