import { useEffect, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { RequestRow, RequestViewName } from '../../bot/requests/contract.js';
import { needs } from '../../bot/requests/request.js';
import { paths, requestViewOf } from '../paths.js';
import type { Question } from './request-queries.js';

export const filterNames = ['need', 'school', 'who'] as const;
export type FilterName = (typeof filterNames)[number];
export type Filters = Readonly<Partial<Record<FilterName, string>>>;

/** Where the reader is in Requests: view, filters and open request from the address, search words from nowhere but here. */
export function useTriage() {
  const { reference } = useParams();
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const settled = useSettled(search, 250);
  const view = requestViewOf(params.get('view'));
  const filters: Filters = Object.fromEntries(
    filterNames.flatMap((name) => (params.get(name) ? [[name, params.get(name)]] : [])),
  );
  const rest = withoutView(params);
  const at = (path: string) => (rest ? `${path}&${rest}` : path);
  return {
    reference: reference ?? null,
    view,
    search,
    setSearch,
    filters,
    question: questionOf(view, settled, filters),
    pathOf: (row: RequestRow) => at(paths.request(row.reference, view)),
    pathOfList: at(paths.requests(view)),
    pathOfView: (other: RequestViewName) => at(paths.requests(other)),
    open: (row: RequestRow) => void navigate(at(paths.request(row.reference, view))),
    back: () => void navigate(at(paths.requests(view))),
    setFilter: (name: FilterName, value: string) =>
      setParams((before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      }),
    clearFilters: () => setParams({ view }),
  };
}
export type Triage = ReturnType<typeof useTriage>;

function withoutView(params: URLSearchParams): string {
  return new URLSearchParams(
    filterNames.flatMap((name) => (params.get(name) ? [[name, params.get(name) ?? '']] : [])),
  ).toString();
}

function questionOf(view: RequestViewName, search: string, filters: Filters): Question {
  const need = needs.find((one) => one === filters.need);
  return {
    view,
    search: search.trim(),
    ...(need ? { need } : {}),
    ...(filters.school ? { schoolId: filters.school } : {}),
    ...(filters.who ? { assigneeId: filters.who } : {}),
  };
}

/** The value once it has not changed for that long. */
function useSettled<T>(value: T, milliseconds: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
