import { makeStyles, mergeClasses, Text, Title3, tokens } from '@fluentui/react-components';
import { Link } from 'react-router';
import type { Workload } from '../../bot/requests/workload-contract.js';
import { paths } from '../paths.js';
import { phone, useMedia } from '../ui/use-media.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import { LoadBar } from './LoadBar.js';
import { PersonTags } from './PersonTags.js';

const useStyles = makeStyles({
  root: { height: '100%', overflow: 'auto', backgroundColor: tokens.colorNeutralBackground1 },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: tokens.spacingHorizontalL,
    padding: tokens.spacingHorizontalL,
  },
  link: { color: tokens.colorBrandForegroundLink },
  table: { width: '100%', borderCollapse: 'collapse' },
  th: {
    textAlign: 'left',
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  td: {
    textAlign: 'left',
    fontWeight: tokens.fontWeightRegular,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    verticalAlign: 'top',
  },
  number: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  over: { color: tokens.colorStatusDangerForeground3, fontWeight: tokens.fontWeightSemibold },
  here: { backgroundColor: tokens.colorNeutralBackground4 },
  quiet: { color: tokens.colorNeutralForeground2, display: 'block' },
});

interface Props {
  readonly workload: Workload;
  readonly openId: string | null;
}

/** One line a person: how much, how much of it is late, and whether they are there. */
export function TeamTable({ workload, openId }: Props) {
  const styles = useStyles();
  const small = useMedia(phone);
  const { people, unassigned } = workload;
  const most = Math.max(1, ...people.map(({ open }) => open));
  const numbers = small || openId !== null ? (['open', 'overdue'] as const) : columns;
  return (
    <div className={styles.root} tabIndex={0} role="region" aria-label={say('page.workload')}>
      <div className={styles.head}>
        <Title3 as="h1">{say('page.workload')}</Title3>
        <Link to={`${paths.requests('everything')}&who=nobody`} className={styles.link}>
          {say('workload.unassigned', { count: unassigned })}
        </Link>
      </div>
      {people.length === 0 ? <Text>{say('workload.empty')}</Text> : null}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col" className={styles.th}>
              {say('workload.person')}
            </th>
            {numbers.map((column) => (
              <th key={column} scope="col" className={mergeClasses(styles.th, styles.number)}>
                {say(`workload.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Person key={person.id} {...{ person, most, numbers }} open={person.id === openId} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const columns = ['open', 'overdue', 'dueThisWeek', 'withSchool', 'promises'] as const;

interface PersonProps {
  readonly person: Workload['people'][number];
  readonly most: number;
  readonly numbers: readonly (typeof columns)[number][];
  readonly open: boolean;
}

function Person({ person, most, numbers, open }: PersonProps) {
  const styles = useStyles();
  return (
    <tr className={mergeClasses(open && styles.here)}>
      <th scope="row" className={styles.td}>
        <Link to={paths.workloadOf(person.id)} className={styles.link} aria-current={open ? 'page' : undefined}>
          {person.name}
        </Link>{' '}
        <PersonTags person={person} now={useNow()} />
        {person.jobTitle ? (
          <Text size={200} className={styles.quiet}>
            {person.jobTitle}
          </Text>
        ) : null}
        <LoadBar open={person.open} overdue={person.overdue} most={most} />
      </th>
      {numbers.map((column) => (
        <td
          key={column}
          className={mergeClasses(styles.td, styles.number, column === 'overdue' && person.overdue > 0 && styles.over)}
        >
          {person[column]}
        </td>
      ))}
    </tr>
  );
}
