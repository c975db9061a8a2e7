import { makeStyles, tokens } from '@fluentui/react-components';
import type { RowData } from '@tanstack/react-table';
import type { KeyboardEvent } from 'react';
import { RowCards } from './RowCards.js';
import { RowTable } from './RowTable.js';
import type { RowListProps } from './row-list.js';
import { useRows } from './use-rows.js';

const useStyles = makeStyles({
  scroller: {
    overflow: 'auto',
    height: '100%',
    minHeight: 0,
    position: 'relative',
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

/** A long list: rows of 32 px with columns, or two lines a row where there is less room. Each row is a link. */
export function RowList<Row extends RowData>(props: RowListProps<Row>) {
  const styles = useStyles();
  const height = props.narrow ? 60 : 32;
  const rows = useRows({ ...props, height });
  const byArrows = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    rows.move(event.key === 'ArrowDown' ? 1 : -1);
  };
  return (
    <div ref={rows.scroller} className={styles.scroller} onKeyDown={byArrows}>
      {props.narrow ? <RowCards {...props} shown={rows} /> : <RowTable {...props} shown={rows} />}
    </div>
  );
}
