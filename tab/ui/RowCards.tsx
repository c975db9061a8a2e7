import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { RowData } from '@tanstack/react-table';
import { RowComing } from './RowComing.js';
import { openInPlace, type RowListProps, type Rows } from './row-list.js';
import { useMarkStyles } from './row-marks.js';
import { RowTick } from './RowTick.js';

const useStyles = makeStyles({
  list: { position: 'relative', margin: 0, padding: 0, listStyleType: 'none' },
  item: { position: 'absolute', left: 0, right: 0, top: 0, height: '60px', display: 'flex', alignItems: 'center' },
  link: {
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    rowGap: '2px',
    flexGrow: 1,
    minWidth: 0,
    height: '100%',
    boxSizing: 'border-box',
    padding: `0 ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground1,
    textDecorationLine: 'none',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    borderLeft: '3px solid transparent',
    ':hover': { backgroundColor: tokens.colorNeutralBackground3 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
});

export function RowCards<Row extends RowData>(props: RowListProps<Row> & { readonly shown: Rows<Row> }) {
  const styles = useStyles();
  const marks = useMarkStyles();
  const { shown, rows, selection = null } = props;
  return (
    <ul className={styles.list} aria-label={props.label} style={{ height: shown.virtual.getTotalSize() }}>
      {shown.items.map((item) => {
        const row = rows[item.index] ?? null;
        if (row === null)
          return (
            <li key={item.key} className={styles.item} aria-hidden="true">
              <RowComing start={item.start} height={60} />
            </li>
          );
        const open = props.idOf(row) === props.openId;
        const mark = props.markOf?.(row) ?? null;
        return (
          <li
            key={item.key}
            className={styles.item}
            style={{ transform: `translateY(${item.start}px)` }}
            aria-setsize={rows.length}
            aria-posinset={item.index + 1}
          >
            {selection ? (
              <RowTick
                id={props.idOf(row)}
                name={props.nameOf?.(row) ?? ''}
                ticked={selection.ids.has(props.idOf(row))}
                onToggle={selection.onToggle}
              />
            ) : null}
            <a
              ref={shown.takeFocus}
              data-row={props.idOf(row)}
              tabIndex={item.index === shown.activeIndex ? 0 : -1}
              onFocus={() => shown.onRowFocus(props.idOf(row))}
              href={props.hrefOf(row)}
              aria-current={open ? 'true' : undefined}
              className={mergeClasses(styles.link, open && marks.open, mark ? marks[mark] : undefined)}
              onClick={openInPlace(() => props.onOpen(row))}
            >
              {props.card(row)}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
