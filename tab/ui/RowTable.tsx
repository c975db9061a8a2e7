import { makeStyles, tokens } from '@fluentui/react-components';
import { type RowData, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import { say } from '../words.js';
import { RowComing } from './RowComing.js';
import { RowHead } from './RowHead.js';
import { RowLine } from './RowLine.js';
import type { RowListProps, Rows } from './row-list.js';
import { rowFeatures } from './row-features.js';

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
  cell: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  said: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

type Props<Row extends RowData> = RowListProps<Row> & { readonly shown: Rows<Row> };

/** The first column is the link; the rest of the row opens it too. Only what changed is drawn again while it scrolls. */
export function RowTable<Row extends RowData>(props: Props<Row>) {
  const styles = useStyles();
  const { shown, rows, columns, selection = null } = props;
  const widths = selection ? `1.5rem ${props.widths}` : props.widths;
  const data = useMemo(() => rows.filter((row) => row !== null), [rows]);
  const table = useTable({ features: rowFeatures, columns, data, getRowId: props.idOf });
  const { rowsById } = table.getRowModel();
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
            {selection ? <TickHead /> : null}
            {group.headers.map((header) => (
              <RowHead key={header.id} column={header.column.id} className={styles.cell} sorting={props.sorting}>
                <table.FlexRender header={header} />
              </RowHead>
            ))}
          </div>
        ))}
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: shown.virtual.getTotalSize() }}>
        {shown.items.map((item) => {
          const row = rows[item.index] ?? null;
          const id = row === null ? '' : props.idOf(row);
          const tableRow = rowsById[id];
          if (row === null || !tableRow) return <RowComing key={item.key} start={item.start} height={32} />;
          return (
            <RowLine
              key={item.key}
              {...{ row, id, widths, tableRow }}
              lineClass={styles.line}
              cellClass={styles.cell}
              index={item.index}
              start={item.start}
              href={props.hrefOf(row)}
              name={props.nameOf?.(row) ?? ''}
              mark={props.markOf?.(row) ?? null}
              open={id === props.openId}
              active={item.index === shown.activeIndex}
              ticked={selection ? selection.ids.has(id) : null}
              onToggle={selection?.onToggle}
              onOpen={props.onOpen}
              onRowFocus={shown.onRowFocus}
              takeFocus={shown.takeFocus}
            />
          );
        })}
      </div>
    </div>
  );
}

function TickHead() {
  return (
    <span role="columnheader">
      <span className={useStyles().said}>{say('list.ticked')}</span>
    </span>
  );
}
