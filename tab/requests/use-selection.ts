import { useState } from 'react';
import type { RequestRow } from '../../bot/requests/contract.js';
import type { Selection } from '../ui/row-list.js';

/** As many as one act takes (bot/requests/workload-contract.ts). */
const most = 200;

interface Held {
  readonly key: string;
  readonly ids: ReadonlySet<string>;
  readonly last: string | null;
}

/** Rows ticked for something done to all of them. Another list begins with none. */
export function useSelection(rows: readonly (RequestRow | null)[], key: string) {
  const [held, setHeld] = useState<Held>({ key, ids: new Set(), last: null });
  const ids = held.key === key ? held.ids : none;
  const onToggle: Selection['onToggle'] = (id, through) =>
    setHeld((before) => {
      const now = before.key === key ? before : { key, ids: none, last: null };
      return { key, ids: toggled(now, id, through ? between(rows, now.last, id) : [id]), last: id };
    });
  return {
    ids,
    onToggle,
    clear: () => setHeld({ key, ids: none, last: null }),
    rows: rows.flatMap((row) => (row && ids.has(row.id) ? [row] : [])),
  };
}
export type RequestSelection = ReturnType<typeof useSelection>;

const none: ReadonlySet<string> = new Set();

function toggled({ ids }: Held, id: string, all: readonly string[]): ReadonlySet<string> {
  const next = new Set(ids);
  const on = !ids.has(id);
  for (const one of all) {
    if (on && next.size < most) next.add(one);
    if (!on) next.delete(one);
  }
  return next;
}

function between(rows: readonly (RequestRow | null)[], one: string | null, other: string): readonly string[] {
  const places = [one, other].map((id) => rows.findIndex((row) => row?.id === id)).sort((a, b) => a - b);
  const [from = -1, to = -1] = places;
  if (from < 0) return [other];
  return rows.slice(from, to + 1).flatMap((row) => (row ? [row.id] : []));
}
