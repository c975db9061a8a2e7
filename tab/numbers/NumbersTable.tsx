import { makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { Numbers, NumbersRow } from '../../bot/requests/numbers-contract.js';
import { say } from '../words.js';
import { nameOf, sayCount, sayOffice } from './figures.js';

const useStyles = makeStyles({
  scroller: { overflowX: 'auto', marginTop: tokens.spacingVerticalS },
  table: { borderCollapse: 'collapse', minWidth: '100%' },
  cell: {
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    textAlign: 'right',
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    fontWeight: tokens.fontWeightRegular,
  },
  head: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  name: { textAlign: 'left' },
  total: { fontWeight: tokens.fontWeightSemibold, borderTop: `2px solid ${tokens.colorNeutralStroke1}` },
});

const columns = [
  { name: 'asked', of: (row: NumbersRow) => sayCount(row.asked), team: false },
  { name: 'answered', of: (row: NumbersRow) => sayCount(row.answered), team: false },
  { name: 'open', of: (row: NumbersRow) => sayCount(row.open), team: false },
  { name: 'otherwise', of: (row: NumbersRow) => sayCount(row.otherwise), team: false },
  { name: 'overdue', of: (row: NumbersRow) => sayCount(row.overdue), team: true },
  { name: 'firstAnswer', of: (row: NumbersRow) => sayOffice(row.firstAnswer.median), team: true },
  { name: 'firstAnswer90', of: (row: NumbersRow) => sayOffice(row.firstAnswer.ninetieth), team: true },
  { name: 'close', of: (row: NumbersRow) => sayOffice(row.close.median), team: true },
  { name: 'close90', of: (row: NumbersRow) => sayOffice(row.close.ninetieth), team: true },
  { name: 'reopened', of: (row: NumbersRow) => sayCount(row.reopened), team: true },
  { name: 'transferred', of: (row: NumbersRow) => sayCount(row.transferred), team: true },
  { name: 'helpedYes', of: (row: NumbersRow) => sayCount(row.helped.yes), team: true },
  { name: 'helpedPartly', of: (row: NumbersRow) => sayCount(row.helped.partly), team: true },
  { name: 'helpedNo', of: (row: NumbersRow) => sayCount(row.helped.no), team: true },
] as const;

/** Every number that the charts show, and those that they do not. */
export function NumbersTable({ numbers }: { readonly numbers: Numbers }) {
  const styles = useStyles();
  const id = useId();
  const shown = columns.filter(({ team }) => !team || !numbers.suppressed);
  return (
    <section>
      <Subtitle2 as="h2" id={id}>
        {say('numbers.tableTitle')}
      </Subtitle2>
      <div className={styles.scroller} tabIndex={0} role="region" aria-labelledby={id}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={mergeClasses(styles.cell, styles.head, styles.name)}>
                {say(`numbers.by.${numbers.by}`)}
              </th>
              {shown.map(({ name }) => (
                <th key={name} scope="col" className={mergeClasses(styles.cell, styles.head)}>
                  {say(`numbers.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {numbers.rows.map((row) => (
              <tr key={row.key}>
                <th scope="row" className={mergeClasses(styles.cell, styles.name)}>
                  {nameOf(numbers, row)}
                </th>
                {shown.map(({ name, of }) => (
                  <td key={name} className={styles.cell}>
                    {of(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" className={mergeClasses(styles.cell, styles.name, styles.total)}>
                {say('numbers.total')}
              </th>
              {shown.map(({ name, of }) => (
                <td key={name} className={mergeClasses(styles.cell, styles.total)}>
                  {of(numbers.total)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
