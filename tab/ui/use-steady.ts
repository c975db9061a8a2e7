import { useState } from 'react';
import { absorb, begin, type Steady, type Version } from './steady.js';

interface Source<Row extends Version> {
  /** Undefined while nothing has been read. */
  readonly rows: readonly Row[] | undefined;
  readonly complete: boolean;
  /** Another question (view, filter, search) is another list. */
  readonly key: string;
  readonly own: string | null;
}

interface Held<Row extends Version> {
  readonly source: Source<Row>;
  readonly steady: Steady<Row>;
}

/** The steady form of rows that are read again and again, and the press that brings it up to date. */
export function useSteady<Row extends Version>(source: Source<Row>): { steady: Steady<Row>; settle(): void } {
  const [held, setHeld] = useState<Held<Row>>(() => ({ source, steady: begin(source.rows ?? []) }));
  const next = follow(held, source);
  if (next !== held) setHeld(next);
  return {
    steady: next.steady,
    settle: () => setHeld({ source, steady: begin(source.rows ?? []) }),
  };
}

function follow<Row extends Version>(held: Held<Row>, source: Source<Row>): Held<Row> {
  const { source: last, steady } = held;
  const same =
    last.rows === source.rows &&
    last.key === source.key &&
    last.own === source.own &&
    last.complete === source.complete;
  if (same) return held;
  const restart = last.key !== source.key || last.rows === undefined || source.rows === undefined;
  return { source, steady: restart ? begin(source.rows ?? []) : absorb(steady, { ...source, rows: source.rows }) };
}
