import { useMemo, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { RequestRow } from '../../bot/requests/contract.js';
import { paths } from '../paths.js';
import { useSettled } from '../ui/use-settled.js';
import { type FilterName, filtersIn, filtersOf, type Filters, questionOf, sortIn, viewIn } from './question.js';

/** Where the reader is in Requests: view, filters, sort and open request from the address, search words from nowhere but here. */
export function useTriage() {
  const { reference } = useParams();
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const settled = useSettled(search.trim(), 200);
  const asked = params.toString();
  const place = useMemo(() => placeOf(asked), [asked]);
  const question = useMemo(() => questionOf(place, settled), [place, settled]);
  const { view, rest } = place;
  const at = (path: string) => (rest ? `${path}&${rest}` : path);
  const put = (changes: Readonly<Record<string, string>>) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value) next.set(name, value);
        else next.delete(name);
      }
      return next;
    });
  return {
    ...{ reference: reference ?? null, view, search, setSearch, question, filters: place.filters, sort: place.sort },
    /** As a saved view keeps them. */
    kept: filtersOf(place.filters),
    pathOf: (row: RequestRow) => at(paths.request(row.reference, view)),
    pathOfList: at(paths.requests(view)),
    pathOfView: (other: string) => paths.requests(other),
    open: (row: RequestRow) => void navigate(at(paths.request(row.reference, view))),
    back: () => void navigate(at(paths.requests(view))),
    setFilter: (name: FilterName, value: string) => put({ [name]: value }),
    clearFilters: () => setParams({ view }),
    setSort: (column: string) => {
      const again = place.sort?.by === column;
      put({ sort: column, down: again && !place.sort?.descending ? '1' : '' });
    },
  };
}
export type Triage = ReturnType<typeof useTriage>;

function placeOf(asked: string) {
  const params = new URLSearchParams(asked);
  const view = viewIn(params);
  params.delete('view');
  return { view, rest: params.toString(), filters: filtersIn(params) satisfies Filters, sort: sortIn(params) };
}
