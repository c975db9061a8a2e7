import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useImperativeHandle, useRef, useState } from 'react';

/** What a page's keys may ask of its list. */
export interface RowsHandle<Row> {
  /** Moves the focus by so many rows. */
  move(by: number): void;
  active(): Row | null;
}

interface Options<Row> {
  /** Null where nothing has been read yet. */
  readonly rows: readonly (Row | null)[];
  readonly idOf: (row: Row) => string;
  /** Pixels. */
  readonly height: number;
  readonly openId: string | null;
  readonly handle?: RefObject<RowsHandle<Row> | null> | undefined;
  /** Called with the places of the first and last row in sight, when they change. */
  readonly onSight?: ((first: number, last: number) => void) | undefined;
}

/** Only the rows in sight are in the page; one of them can be reached by Tab, the others by j, k and the arrows. */
export function useRows<Row>({ rows, idOf, height, openId, handle, onSight }: Options<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  const [activeId, setActiveId] = useState<string | null>(openId);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => keyOf(rows[index] ?? null, idOf, index),
    overscan: 6,
  });
  const placeOf = (id: string | null) => (id === null ? -1 : rows.findIndex((row) => row !== null && idOf(row) === id));
  const activeIndex = Math.max(0, placeOf(activeId));

  const move = (by: number) => {
    const index = Math.min(rows.length - 1, Math.max(0, activeId === null ? 0 : activeIndex + by));
    const row = rows[index];
    if (!row) return;
    setActiveId(idOf(row));
    wanted.current = idOf(row);
    virtual.scrollToIndex(index, { align: 'auto' });
    scroller.current?.querySelector<HTMLElement>(`[data-row="${idOf(row)}"]`)?.focus();
  };
  useImperativeHandle(handle, () => ({ move, active: () => (activeId === null ? null : (rows[activeIndex] ?? null)) }));
  useShowOpen(placeOf(openId), openId, height, (index) => virtual.scrollToIndex(index));
  const items = virtual.getVirtualItems();
  useSight(items[0]?.index ?? 0, items[items.length - 1]?.index ?? 0, onSight);

  /** A row takes the focus that was meant for it as soon as it is in the page. */
  const takeFocus = useCallback((link: HTMLElement | null) => {
    if (!link || wanted.current === null || wanted.current !== link.dataset['row']) return;
    wanted.current = null;
    link.focus();
  }, []);
  return { scroller, virtual, items, move, activeIndex, onRowFocus: setActiveId, takeFocus };
}

function keyOf<Row>(row: Row | null, idOf: (row: Row) => string, index: number): string {
  return row === null ? `place ${index}` : idOf(row);
}

/** The open row is brought into sight once, when it is opened or when the rows change their height. */
function useShowOpen(index: number, openId: string | null, height: number, show: (index: number) => void): void {
  const shown = useRef('');
  useEffect(() => {
    const what = `${openId} ${height}`;
    if (index < 0 || shown.current === what) return;
    shown.current = what;
    show(index);
  });
}

function useSight(first: number, last: number, onSight: Options<never>['onSight']): void {
  useEffect(() => onSight?.(first, last), [first, last, onSight]);
}
