import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type RowData, useTable } from '@tanstack/react-table';
import { type ReactNode, useId } from 'react';
import { openInPlace, type RowListProps, type Rows } from './row-list.js';
import { rowFeatures } from './row-features.js';
import { useMarkStyles } from './row-marks.js';
import { rowAt } from './use-rows.js';

const useStyles = makeStyles({
  line: {
    display: 'grid',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    padding: `0 ${tokens.spacingHorizontalM}`,
    boxSizing: 'border-box',
    borderLeft: '3px solid transparent',
  },
  head: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    height: '32px',
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
  },
  body: { position: 'relative' },
  row: {
    position: 'absolute',
    left: 0,
    right: 0,
    top: 0,
    height: '32px',
    cursor: 'pointer',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground3 },
    ':focus-within': { backgroundColor: tokens.colorNeutralBackground3 },
  },
  cell: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  link: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: 'none',
    borderRadius: tokens.borderRadiusSmall,
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

type Props<Row extends RowData> = RowListProps<Row> & { readonly shown: Rows<Row> };

/** The first column is the link; the rest of the row opens it too. */
export function RowTable<Row extends RowData>(props: Props<Row>) {
  const styles = useStyles();
  const { shown, rows, columns, widths } = props;
  const table = useTable({ features: rowFeatures, columns, data: rows, getRowId: props.idOf });
  const model = table.getRowModel().rows;
  return (
    <div role="table" aria-label={props.label} aria-rowcount={rows.length + 1}>
      <div role="rowgroup" className={styles.head}>
        {table.getHeaderGroups().map((group) => (
          <div
            key={group.id}
            role="row"
            aria-rowindex={1}
            className={styles.line}
            style={{ gridTemplateColumns: widths, height: '100%' }}
          >
            {group.headers.map((header) => (
              <span key={header.id} role="columnheader" className={styles.cell}>
                <table.FlexRender header={header} />
              </span>
            ))}
          </div>
        ))}
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: shown.virtual.getTotalSize() }}>
        {shown.items.map((item) => (
          <Line key={item.key} {...props} index={item.index} start={item.start}>
            {rowAt(model, item.index)
              .getAllCells()
              .map((cell) => (
                <table.FlexRender key={cell.id} cell={cell} />
              ))}
          </Line>
        ))}
      </div>
    </div>
  );
}

type LineProps<Row extends RowData> = Props<Row> & {
  readonly index: number;
  readonly start: number;
  readonly children: ReactNode[];
};

function Line<Row extends RowData>({ children, index, start, ...props }: LineProps<Row>) {
  const styles = useStyles();
  const marks = useMarkStyles();
  const id = useId();
  const row = rowAt(props.rows, index);
  const mark = props.markOf?.(row) ?? null;
  const open = props.idOf(row) === props.openId;
  const [first, ...rest] = children;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={mergeClasses(styles.line, styles.row, open && marks.open, mark ? marks[mark] : undefined)}
      style={{ gridTemplateColumns: props.widths, transform: `translateY(${start}px)` }}
      onClick={openInPlace(() => props.onOpen(row))}
    >
      <span role="cell" className={styles.cell}>
        <a {...props.shown.linkProps(row, index)} href={props.hrefOf(row)} className={styles.link}>
          {first}
        </a>
      </span>
      {rest.map((cell, at) => (
        <span key={`${id}${at}`} role="cell" className={styles.cell}>
          {cell}
        </span>
      ))}
    </div>
  );
}
