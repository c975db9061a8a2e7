import type { ColumnDef, RowData } from '@tanstack/react-table';
import type { MouseEvent, ReactNode, RefObject } from 'react';
import type { rowFeatures } from './row-features.js';
import type { Mark } from './steady.js';
import type { RowsHandle, useRows } from './use-rows.js';

export interface RowListProps<Row extends RowData> {
  /** What the list is, for those who do not see it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: ColumnDef<typeof rowFeatures, Row>[];
  /** Widths of the columns, as CSS grid-template-columns. */
  readonly widths: string;
  /** Two lines instead of columns. */
  readonly narrow: boolean;
  readonly card: (row: Row) => ReactNode;
  readonly idOf: (row: Row) => string;
  readonly hrefOf: (row: Row) => string;
  readonly markOf?: (row: Row) => Mark;
  readonly openId: string | null;
  readonly onOpen: (row: Row) => void;
  readonly onEnd?: () => void;
  readonly handle?: RefObject<RowsHandle<Row> | null>;
}

export type Rows<Row> = ReturnType<typeof useRows<Row>>;

/** An ordinary press opens in place; with Ctrl, Shift or the middle button the link does what links do. */
export function openInPlace(open: () => void) {
  return (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    open();
  };
}
