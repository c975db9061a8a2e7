import { describe, expect, test } from '@jest/globals';
import { absorbWindows, beginWindows, changesAmong, type Window } from '../../../tab/ui/windows.js';

interface Row {
  readonly id: string;
  readonly version: number;
}
const row = (id: number, version = 1): Row => ({ id: String(id), version });
const run = (from: number, to: number, version = 1) =>
  Array.from({ length: to - from }, (_, index) => row(from + index, version));
const window = (at: number, rows: readonly Row[]): Window<Row> => ({ at, rows });
const ids = (rows: readonly (Row | null)[]) => rows.map((one) => one?.id ?? '-').join(' ');

describe('a list of which only windows have been read', () => {
  const start = beginWindows({ total: 8, windows: [window(0, run(0, 4))] });

  test('has its whole length, and holes where nothing has been read', () => {
    expect(ids(start.rows)).toBe('0 1 2 3 - - - -');
    expect(start.fresh).toBe(0);
  });

  test('a further window fills its own place', () => {
    const more = absorbWindows(start, {
      ...{ total: 8, own: null },
      windows: [window(0, run(0, 4)), window(4, run(4, 8))],
    });
    expect(ids(more.rows)).toBe('0 1 2 3 4 5 6 7');
    expect(changesAmong(more)).toBe(0);
  });

  test('a new row above waits, and nothing moves', () => {
    const after = absorbWindows(start, { total: 9, own: null, windows: [window(0, [row(99), ...run(0, 3)])] });
    expect(ids(after.rows)).toBe('0 1 2 3 - - - -');
    expect([after.fresh, changesAmong(after)]).toEqual([1, 0]);
  });

  test('a row that left stays in its place, marked', () => {
    const after = absorbWindows(start, { total: 7, own: null, windows: [window(0, [row(0), row(2), row(3), row(4)])] });
    expect(ids(after.rows)).toBe('0 1 2 3 - - - -');
    expect([after.marks.get('1'), after.fresh]).toEqual(['moved', 0]);
  });

  test('one that left from the very top is marked as well', () => {
    const after = absorbWindows(start, { total: 7, own: null, windows: [window(0, run(1, 5))] });
    expect(after.marks.get('0')).toBe('moved');
  });

  test('a row that changed shows what it is now, marked unless it is the one that is open', () => {
    const windows = [window(0, [row(0), row(1, 2), row(2, 2), row(3)])];
    const after = absorbWindows(start, { total: 8, own: '2', windows });
    expect(after.rows[1]?.version).toBe(2);
    expect([after.marks.get('1'), after.marks.get('2')]).toEqual(['changed', undefined]);
  });

  test('far down, what happened above is only a number', () => {
    const middle = beginWindows({ total: 8, windows: [window(0, run(0, 2)), window(4, run(4, 6))] });
    const after = absorbWindows(middle, { total: 9, own: null, windows: [window(4, run(3, 5))] });
    expect(ids(after.rows)).toBe('0 1 - - 4 5 - -');
    expect([after.fresh, after.marks.get('5'), after.marks.get('0')]).toEqual([1, undefined, undefined]);
  });

  test('new ground under a list that is out of date brings it up to date', () => {
    const stale = absorbWindows(start, { total: 9, own: null, windows: [window(0, [row(99), ...run(0, 3)])] });
    const after = absorbWindows(stale, {
      ...{ total: 9, own: null },
      windows: [window(0, [row(99), ...run(0, 3)]), window(4, run(3, 8))],
    });
    expect(ids(after.rows)).toBe('99 0 1 2 3 4 5 6 7');
    expect(after.fresh).toBe(0);
  });

  test('a row that two windows have stands once', () => {
    const doubled = beginWindows({ total: 6, windows: [window(0, run(0, 3)), window(3, run(2, 5))] });
    expect(ids(doubled.rows)).toBe('0 1 2 - 3 4');
  });

  test('an empty list that fills is simply read', () => {
    const empty = beginWindows<Row>({ total: 0, windows: [window(0, [])] });
    const after = absorbWindows(empty, { total: 2, own: null, windows: [window(0, run(0, 2))] });
    expect([ids(after.rows), after.fresh]).toEqual(['0 1', 0]);
  });
});
