import type { ColumnDef, RowData } from '@tanstack/react-table';
import type { MouseEvent, ReactNode, RefObject } from 'react';
import type { rowFeatures } from './row-features.js';
import type { Mark } from './windows.js';
import type { RowsHandle, useRows } from './use-rows.js';

/** Rows ticked for something that is done to all of them. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** `through`: every row from the last one ticked to this one as well. */
  readonly onToggle: (id: string, through: boolean) => void;
}

/** By which column the service sorted the rows, and what a press on another one does. */
export interface Sorting {
  readonly by: string;
  readonly descending: boolean;
  readonly sortable: readonly string[];
  readonly onSort: (column: string) => void;
}

export interface RowListProps<Row extends RowData> {
  /** What the list is, for those who do not see it. */
  readonly label: string;
  /** Null where nothing has been read yet: what is asked for by `onSight`. */
  readonly rows: readonly (Row | null)[];
  readonly columns: ColumnDef<typeof rowFeatures, Row>[];
  /** Widths of the columns, as CSS grid-template-columns. */
  readonly widths: string;
  /** Two lines instead of columns. */
  readonly narrow: boolean;
  readonly card: (row: Row) => ReactNode;
  readonly idOf: (row: Row) => string;
  readonly hrefOf: (row: Row) => string;
  /** What a row is called where it is ticked. */
  readonly nameOf?: (row: Row) => string;
  readonly markOf?: (row: Row) => Mark;
  readonly openId: string | null;
  readonly onOpen: (row: Row) => void;
  /** Which rows are in sight, by their places. */
  readonly onSight?: (first: number, last: number) => void;
  readonly selection?: Selection | null;
  readonly sorting?: Sorting;
  readonly handle?: RefObject<RowsHandle<Row> | null>;
}

export type Rows<Row> = ReturnType<typeof useRows<Row>>;

/** An ordinary press opens in place; with Ctrl, Shift or the middle button the link does what links do. */
export function openInPlace(open: () => void) {
  return (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    open();
  };
}
