import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Sorting } from './row-list.js';

const useStyles = makeStyles({
  sort: {
    display: 'flex',
    columnGap: tokens.spacingHorizontalXS,
    alignItems: 'center',
    maxWidth: '100%',
    minHeight: '24px',
    padding: 0,
    border: 'none',
    font: 'inherit',
    color: 'inherit',
    backgroundColor: 'transparent',
    cursor: 'pointer',
    ':hover': { color: tokens.colorNeutralForeground1, textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

interface Props {
  readonly column: string;
  readonly className: string;
  readonly sorting: Sorting | undefined;
  readonly children: ReactNode;
}

/** The name over a column; a press sorts by it, a second press the other way round. */
export function RowHead({ column, className, sorting, children }: Props) {
  const styles = useStyles();
  if (!sorting?.sortable.includes(column))
    return (
      <span role="columnheader" className={className}>
        {children}
      </span>
    );
  const here = sorting.by === column;
  const direction = sorting.descending ? 'descending' : 'ascending';
  return (
    <span role="columnheader" className={className} aria-sort={here ? direction : 'none'}>
      <button type="button" className={styles.sort} onClick={() => sorting.onSort(column)}>
        {children}
        {here ? <span aria-hidden="true">{sorting.descending ? '↓' : '↑'}</span> : null}
      </button>
    </span>
  );
}
