import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { discloseTable, type ShownTable } from '../../../bot/requests/disclosure.js';

type Cells = readonly (readonly number[])[];

/** The shown table as one grid with its totals in the last row and column. */
function gridOf({ cells, rowTotals, columnTotals, total }: ShownTable): (number | null)[][] {
  return [...cells.map((row, at) => [...row, rowTotals[at] ?? null]), [...columnTotals, total]];
}

function withTotals(cells: Cells): number[][] {
  const rows = cells.map((row) => [...row, row.reduce((sum, one) => sum + one, 0)]);
  return [...rows, (rows[0] ?? []).map((_, column) => rows.reduce((sum, row) => sum + (row[column] ?? 0), 0))];
}

/** Every table that a reader could believe in: what is shown as it is, what is withheld from one up to `most`. */
function* believable(shown: (number | null)[][], most: number): Generator<number[][]> {
  const rows = shown.length - 1;
  const columns = (shown[0]?.length ?? 1) - 1;
  const cells: number[][] = Array.from({ length: rows }, () => Array<number>(columns).fill(0));
  function* fill(at: number): Generator<number[][]> {
    if (at === rows * columns) {
      const whole = withTotals(cells);
      const fits = whole.every((row, i) =>
        row.every((one, j) => ((shown[i]?.[j] ?? null) === null ? one >= 1 : shown[i]?.[j] === one)),
      );
      if (fits) yield whole;
      return;
    }
    const [i, j] = [Math.floor(at / columns), at % columns];
    const before = cells[i - 1];
    const rowTotal = shown[i - 1]?.[columns] ?? null;
    const added = before?.reduce((sum, one) => sum + one, 0);
    if (j === 0 && rowTotal !== null && added !== rowTotal) return;
    const known = shown[i]?.[j] ?? null;
    for (let value = known ?? 1; value <= (known ?? most); value += 1) {
      const row = cells[i];
      if (row) row[j] = value;
      yield* fill(at + 1);
    }
  }
  yield* fill(0);
}

/** Counts from one to four that a reader can work out, as 'row,column'. */
function recovered(cells: Cells, most: number): string[] {
  const table = discloseTable(cells);
  if (!table) return [];
  const shown = gridOf(table);
  const truth = withTotals(cells);
  const small = truth.flatMap((row, i) => row.flatMap((one, j) => (one > 0 && one < 5 ? [[i, j] as const] : [])));
  if (small.length === 0) return [];
  const open = new Set(small.map(([i, j]) => `${i},${j}`));
  for (const other of believable(shown, most)) {
    for (const [i, j] of small) if (other[i]?.[j] !== truth[i]?.[j]) open.delete(`${i},${j}`);
    if (open.size === 0) break;
  }
  return [...open];
}

function* everyTable(rows: number, columns: number, values: readonly number[]): Generator<number[][]> {
  const size = rows * columns;
  for (let n = 0; n < values.length ** size; n += 1) {
    const flat = Array.from(
      { length: size },
      (_, at) => values[Math.floor(n / values.length ** at) % values.length] ?? 0,
    );
    yield Array.from({ length: rows }, (_, row) => flat.slice(row * columns, (row + 1) * columns));
  }
}

describe('no count from one to four can be worked out', () => {
  test.each([
    [1, 2, [0, 1, 2, 3, 4, 5, 6, 9]],
    [2, 1, [0, 1, 2, 3, 4, 5, 6, 9]],
    [3, 1, [0, 1, 2, 4, 5, 7]],
    [2, 2, [0, 1, 3, 5, 8]],
    [3, 2, [0, 1, 5]],
    [2, 3, [0, 2, 6]],
  ] as const)('in any table of %i by %i with counts of %j', (rows, columns, values) => {
    const told: unknown[] = [];
    for (const cells of everyTable(rows, columns, values)) {
      const out = recovered(cells, 11);
      if (out.length > 0) told.push({ cells, out });
    }
    expect(told.slice(0, 3)).toEqual([]);
  });

  test('in tables as large as ours, by what the lines alone say', () => {
    const count = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 60 }));
    const table = fc
      .integer({ min: 1, max: 12 })
      .chain((rows) => fc.array(fc.array(count, { minLength: 3, maxLength: 3 }), { minLength: rows, maxLength: rows }));
    fc.assert(
      fc.property(table, (cells) => {
        const table = discloseTable(cells);
        if (!table) return;
        const shown = gridOf(table);
        const truth = withTotals(cells);
        truth.forEach((row, i) =>
          row.forEach((one, j) => {
            const seen = shown[i]?.[j] ?? null;
            // Shown counts are true, small ones are never among them, noughts always are.
            expect(seen === null ? one > 0 : seen === one && (one === 0 || one >= 5)).toBe(true);
          }),
        );
        // A line with one count withheld gives it away.
        const lines = [...shown, ...(shown[0] ?? []).map((_, column) => shown.map((row) => row[column] ?? null))];
        const truths = [...truth, ...(truth[0] ?? []).map((_, column) => truth.map((row) => row[column] ?? 0))];
        lines.forEach((line, at) => {
          const gaps = line.flatMap((one, place) => (one === null ? [truths[at]?.[place] ?? 0] : []));
          if (gaps.length === 1) expect(gaps[0]).toBeGreaterThanOrEqual(5);
        });
      }),
      { numRuns: 150, seed: 11 },
    );
  });
});

test('one small count takes the next smallest with it, and no more', () => {
  expect(discloseTable([[3], [9], [40]])).toEqual({
    cells: [[null], [null], [40]],
    rowTotals: [null, null, 40],
    columnTotals: [52],
    total: 52,
  });
});

test('a table without small counts is shown whole', () => {
  expect(
    discloseTable([
      [5, 0],
      [12, 7],
    ]),
  ).toEqual({
    cells: [
      [5, 0],
      [12, 7],
    ],
    rowTotals: [5, 19],
    columnTotals: [17, 7],
    total: 24,
  });
});

test('where every count is one, nothing is shown, not even the total', () => {
  expect(
    discloseTable([
      [1, 1],
      [1, 1],
      [0, 1],
    ]),
  ).toBeNull();
});

test('an empty table is empty', () => {
  expect(discloseTable([])).toEqual({ cells: [], rowTotals: [], columnTotals: [], total: 0 });
});
