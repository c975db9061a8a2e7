import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { FlexRender, type Row as TableRow, type RowData } from '@tanstack/react-table';
import { memo, type RefCallback } from 'react';
import { openInPlace, type Selection } from './row-list.js';
import type { rowFeatures } from './row-features.js';
import { useMarkStyles } from './row-marks.js';
import { RowTick } from './RowTick.js';
import type { Mark } from './windows.js';

const useStyles = makeStyles({
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
  link: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: 'none',
    borderRadius: tokens.borderRadiusSmall,
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

interface Props<Row extends RowData> {
  readonly row: Row;
  readonly tableRow: TableRow<typeof rowFeatures, Row>;
  readonly id: string;
  readonly name: string;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  readonly widths: string;
  readonly lineClass: string;
  readonly cellClass: string;
  readonly href: string;
  readonly mark: Mark;
  readonly open: boolean;
  /** The one that Tab reaches. */
  readonly active: boolean;
  /** Null where nothing can be ticked. */
  readonly ticked: boolean | null;
  readonly onToggle: Selection['onToggle'] | undefined;
  readonly onOpen: (row: Row) => void;
  readonly onRowFocus: (id: string) => void;
  readonly takeFocus: RefCallback<HTMLElement>;
}

function Line<Row extends RowData>(props: Props<Row>) {
  const styles = useStyles();
  const marks = useMarkStyles();
  const { row, id, mark, open, cellClass, ticked, onToggle } = props;
  const [first, ...rest] = props.tableRow.getAllCells();
  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={ticked ?? undefined}
      className={mergeClasses(props.lineClass, styles.row, open && marks.open, mark ? marks[mark] : undefined)}
      style={{ gridTemplateColumns: props.widths, transform: `translateY(${props.start}px)` }}
      onClick={openInPlace(() => props.onOpen(row))}
    >
      {ticked !== null && onToggle ? (
        <span role="cell">
          <RowTick {...{ id, ticked, onToggle, name: props.name }} />
        </span>
      ) : null}
      <span role="cell" className={cellClass}>
        <a
          ref={props.takeFocus}
          data-row={id}
          tabIndex={props.active ? 0 : -1}
          href={props.href}
          className={styles.link}
          onFocus={() => props.onRowFocus(id)}
        >
          {first ? <FlexRender cell={first} /> : null}
        </a>
      </span>
      {rest.map((cell) => (
        <span key={cell.id} role="cell" className={cellClass}>
          <FlexRender cell={cell} />
        </span>
      ))}
    </div>
  );
}

/** One line of a long list; drawn again only when something of its own changed, not while the list scrolls. */
export const RowLine = memo(Line) as typeof Line; // memo forgets that Line is generic
