import { useState } from 'react';
import { absorbWindows, type Answer, beginWindows, type Version, type Windows } from './windows.js';

interface Source<Row extends Version> {
  /** The windows in sight as the service last gave them; null while none of them has been read. */
  readonly answer: Answer<Row> | null;
  /** Another question (view, filter, search, sort) is another list. */
  readonly key: string;
  readonly own: string | null;
}

interface Held<Row extends Version> {
  readonly source: Source<Row>;
  readonly windows: Windows<Row>;
}

/** The steady form of windows that are read again and again, and the press that brings the list up to date. */
export function useWindows<Row extends Version>(source: Source<Row>): { windows: Windows<Row>; settle(): void } {
  const [held, setHeld] = useState<Held<Row>>(() => ({ source, windows: begun(source) }));
  const next = follow(held, source);
  if (next !== held) setHeld(next);
  return { windows: next.windows, settle: () => setHeld({ source, windows: begun(source) }) };
}

function begun<Row extends Version>({ answer }: Source<Row>): Windows<Row> {
  return beginWindows(answer ?? { total: 0, windows: [] });
}

function follow<Row extends Version>(held: Held<Row>, source: Source<Row>): Held<Row> {
  const { source: last, windows } = held;
  if (last.key !== source.key) return { source, windows: begun(source) };
  if (last.own === source.own && sameAnswer(last.answer, source.answer)) return held;
  // Nothing has been read of what is now in sight: what was read before stays.
  if (source.answer === null) return { source: { ...source, answer: last.answer }, windows };
  return { source, windows: absorbWindows(windows, { ...source.answer, own: source.own }) };
}

/** By the rows themselves: the queries keep what did not change. */
function sameAnswer<Row>(one: Answer<Row> | null, other: Answer<Row> | null): boolean {
  if (one === null || other === null) return one === other;
  return (
    one.total === other.total &&
    one.windows.length === other.windows.length &&
    one.windows.every(({ at, rows }, index) => at === other.windows[index]?.at && rows === other.windows[index].rows)
  );
}
