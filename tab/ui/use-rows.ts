import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useImperativeHandle, useRef, useState } from 'react';

/** What a page's keys may ask of its list. */
export interface RowsHandle<Row> {
  /** Moves the focus by so many rows. */
  move(by: number): void;
  active(): Row | null;
}

interface Options<Row> {
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  /** Pixels. */
  readonly height: number;
  readonly openId: string | null;
  readonly handle?: RefObject<RowsHandle<Row> | null> | undefined;
  /** Called when the last row comes into sight. */
  readonly onEnd?: (() => void) | undefined;
}

/** Only the rows in sight are in the page; one of them can be reached by Tab, the others by j, k and the arrows. */
export function useRows<Row>({ rows, idOf, height, openId, handle, onEnd }: Options<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  const [activeId, setActiveId] = useState<string | null>(openId);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => idOf(rowAt(rows, index)),
    overscan: 6,
  });
  const activeIndex = Math.max(
    0,
    rows.findIndex((row) => idOf(row) === activeId),
  );

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
  useShowOpen(
    rows.findIndex((row) => idOf(row) === openId),
    openId,
    height,
    (index) => virtual.scrollToIndex(index),
  );
  const items = virtual.getVirtualItems();
  useEnd(items[items.length - 1]?.index === rows.length - 1 && rows.length > 0, rows.length, onEnd);

  /** Props of the link of a row: what Tab finds, and what takes the focus as soon as it is in the page. */
  const linkProps = (row: Row, index: number) => ({
    'data-row': idOf(row),
    tabIndex: index === activeIndex ? 0 : -1,
    onFocus: () => setActiveId(idOf(row)),
    ref: (link: HTMLElement | null) => {
      if (!link || wanted.current !== idOf(row)) return;
      wanted.current = null;
      link.focus();
    },
  });
  return { scroller, virtual, items, move, linkProps };
}

export function rowAt<Row>(rows: readonly Row[], index: number): Row {
  const row = rows[index];
  if (row === undefined) throw new RangeError('no such row');
  return row;
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

function useEnd(inSight: boolean, count: number, onEnd: (() => void) | undefined): void {
  const told = useRef(-1);
  useEffect(() => {
    if (!inSight || !onEnd || told.current === count) return;
    told.current = count;
    onEnd();
  });
}
