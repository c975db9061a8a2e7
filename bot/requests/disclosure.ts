/**
 * What of a table of counts may be shown outside the team (reference domain 5.5: numbers under five, and others where needed).
 * Pure. A count of 1 to 4 is withheld, and so is every other count from which one that is withheld could be worked out:
 * through its row, its column, the totals, and both at once, knowing that what is withheld is at least one (a nought is shown). Nor may
 * counts that are withheld together add up to less than five.
 *
 * Column totals and the grand total are decided by themselves alone, so that every breakdown of the same requests withholds
 * the same ones. Null when that leaves no way of protecting this breakdown: then none of them may be shown, nor the totals.
 */
export interface ShownTable {
  readonly cells: readonly (readonly (number | null)[])[];
  readonly rowTotals: readonly (number | null)[];
  readonly columnTotals: readonly (number | null)[];
  readonly total: number | null;
}

/** The least count that is shown of people. */
export const leastShown = 5;

export function discloseTable(cells: readonly (readonly number[])[]): ShownTable | null {
  const columns = cells[0]?.length ?? 0;
  const columnTotals = Array.from({ length: columns }, (_, column) => sum(cells.map((row) => row[column] ?? 0)));
  // One row of column totals: as a row and as a total each is the same count, so the row is withheld and the total with it.
  const margins = protect(gridOf([columnTotals]), () => true);
  const grid = gridOf(cells);
  for (let column = 0; column <= columns; column += 1)
    if (margins?.has(key(0, column))) grid.withheld.add(key(cells.length, column));
  const withheld = protect(grid, (_, cell) => cell.row < cells.length);
  if (!margins || !withheld) return null;
  const show = (row: number, column: number) => (withheld.has(key(row, column)) ? null : grid.value(row, column));
  return {
    cells: cells.map((row, at) => row.map((_, column) => show(at, column))),
    rowTotals: cells.map((_, at) => show(at, columns)),
    columnTotals: columnTotals.map((_, column) => show(cells.length, column)),
    total: show(cells.length, columns),
  };
}

interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The table with its totals: row `rows` holds those of the columns, column `columns` those of the rows. */
interface Grid {
  readonly rows: number;
  readonly columns: number;
  value(row: number, column: number): number;
  readonly withheld: Set<string>;
}

const key = (row: number, column: number) => `${row},${column}`;
const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

function gridOf(cells: readonly (readonly number[])[]): Grid {
  const totals = cells.map((row) => [...row, sum(row)]);
  const width = (cells[0]?.length ?? 0) + 1;
  const all = [...totals, Array.from({ length: width }, (_, column) => sum(totals.map((row) => row[column] ?? 0)))];
  const value = (row: number, column: number) => all[row]?.[column] ?? 0;
  const withheld = new Set<string>();
  for (const cell of everyCell({ rows: cells.length, columns: width - 1 })) {
    const count = value(cell.row, cell.column);
    if (count > 0 && count < leastShown) withheld.add(key(cell.row, cell.column));
  }
  return { rows: cells.length, columns: width - 1, value, withheld };
}

function everyCell({ rows, columns }: Pick<Grid, 'rows' | 'columns'>): Cell[] {
  return Array.from({ length: (rows + 1) * (columns + 1) }, (_, at) => ({
    row: Math.floor(at / (columns + 1)),
    column: at % (columns + 1),
  }));
}

/** Withholds more, of what `mayTake` allows, until nothing withheld can be worked out. Null when all of it is not enough. */
function protect(grid: Grid, mayTake: (grid: Grid, cell: Cell) => boolean): ReadonlySet<string> | null {
  const cells = everyCell(grid);
  const free = cells
    .filter((cell) => mayTake(grid, cell) && grid.value(cell.row, cell.column) > 0)
    .sort((a, b) => costOf(grid, a) - costOf(grid, b));
  for (;;) {
    const hidden = cells.filter((cell) => grid.withheld.has(key(cell.row, cell.column)));
    const known = hidden.find((cell) => isDetermined(grid, cell));
    const told = known ? undefined : hidden.find((cell) => sumsAreSmall(grid, cell));
    const open = known ?? told;
    if (!open) return grid.withheld;
    const left = free.filter((cell) => !grid.withheld.has(key(cell.row, cell.column)));
    const helping = known && left.find((cell) => helps(grid, known, cell));
    const next = helping ?? left.find((cell) => inLine(open, cell)) ?? left[0];
    if (!next) return null;
    grid.withheld.add(key(next.row, next.column));
  }
}

/** Small counts go first, totals last: what is lost to the reader is least. */
function costOf(grid: Grid, { row, column }: Cell): number {
  return grid.value(row, column) + (row === grid.rows || column === grid.columns ? 1e9 : 0);
}

const inLine = (a: Cell, b: Cell) => a.row === b.row || a.column === b.column;

function helps(grid: Grid, known: Cell, candidate: Cell): boolean {
  const at = key(candidate.row, candidate.column);
  grid.withheld.add(at);
  const helped = !isDetermined(grid, known);
  grid.withheld.delete(at);
  return helped;
}

/**
 * Whether only one value fits. Every line adds up to its total, so two tables that agree on what is shown differ by a
 * circulation between rows and columns: a count that grows by one takes a step from its row to its column (a total, which
 * stands on the other side of the sum, the other way), one that shrinks the way back, and none may shrink below one. The
 * count can differ exactly when it lies on a round of such steps.
 */
function isDetermined(grid: Grid, cell: Cell): boolean {
  const [from, to] = ends(grid, cell);
  const own = key(cell.row, cell.column);
  const grows = reaches(grid, { from: to, to: from, without: own });
  const shrinks = grid.value(cell.row, cell.column) > 1 && reaches(grid, { from, to, without: own });
  return !grows && !shrinks;
}

/** Of what is withheld in one line its shown total tells the sum: that, too, is a count of people. */
function sumsAreSmall(grid: Grid, cell: Cell): boolean {
  const row = Array.from({ length: grid.columns }, (_, column) => ({ row: cell.row, column }));
  const column = Array.from({ length: grid.rows }, (_, at) => ({ row: at, column: cell.column }));
  const small = (line: readonly Cell[], total: Cell) => {
    const hidden = line.filter((one) => grid.withheld.has(key(one.row, one.column)));
    const told = sum(hidden.map((one) => grid.value(one.row, one.column)));
    return !grid.withheld.has(key(total.row, total.column)) && told > 0 && told < leastShown;
  };
  return small(row, { row: cell.row, column: grid.columns }) || small(column, { row: grid.rows, column: cell.column });
}

type Line = `row ${number}` | `column ${number}`;

function ends(grid: Grid, { row, column }: Cell): readonly [Line, Line] {
  const total = (row === grid.rows) !== (column === grid.columns);
  return total ? [`column ${column}`, `row ${row}`] : [`row ${row}`, `column ${column}`];
}

function reaches(grid: Grid, way: { from: Line; to: Line; without: string }): boolean {
  const seen = new Set<Line>([way.from]);
  const open: Line[] = [way.from];
  for (let line = open.pop(); line; line = open.pop()) {
    if (line === way.to) return true;
    for (const next of stepsFrom(grid, line, way.without))
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
  }
  return false;
}

function stepsFrom(grid: Grid, line: Line, without: string): Line[] {
  const [kind, at] = line.split(' ');
  const place = Number(at);
  const along = Array.from({ length: (kind === 'row' ? grid.columns : grid.rows) + 1 }, (_, other) =>
    kind === 'row' ? { row: place, column: other } : { row: other, column: place },
  );
  return along.flatMap((cell) => {
    const name = key(cell.row, cell.column);
    if (name === without || !grid.withheld.has(name)) return [];
    const [from, to] = ends(grid, cell);
    if (from === line) return [to];
    return grid.value(cell.row, cell.column) > 1 ? [from] : [];
  });
}
