import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { LearnerDetail } from '../../bot/learners/register-contract.js';
import { say, wordFor } from '../words.js';
import { factValue, spanOf } from './FactTable.js';

interface Entry {
  readonly key: string;
  readonly lane: 'education' | 'social-work';
  readonly on: string;
  readonly title: string;
  readonly span: string;
}

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'grid', gridTemplateColumns: '1fr 1fr' },
  head: { color: tokens.colorNeutralForeground2, paddingBottom: tokens.spacingVerticalS },
  entry: {
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    display: 'flex',
    flexDirection: 'column',
    minWidth: 0,
    overflowWrap: 'anywhere',
  },
  education: { gridColumn: '1', borderRight: `2px solid ${tokens.colorNeutralStroke2}` },
  'social-work': { gridColumn: '2' },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

const told = ['school', 'looked-after', 'care-experienced', 'home', 'social-worker', 'legal-basis'] as const;
const educationKinds = ['enrolments', 'exclusions', 'attainment'];
/** Said by a fact already. */
const asFacts = ['enrolments', 'status', 'living', 'legal-basis'];

/** Education and social work side by side, newest first. */
export function Timeline({ detail }: { readonly detail: LearnerDetail }) {
  const styles = useStyles();
  const entries = entriesOf(detail);
  if (entries.length === 0) return <Text>{say('learners.nothingYet')}</Text>;
  return (
    <ol className={styles.list}>
      {(['education', 'social-work'] as const).map((lane) => (
        <li key={lane} className={`${styles.entry} ${styles.head} ${styles[lane]}`} aria-hidden>
          {say(`learners.lane.${lane}`)}
        </li>
      ))}
      {entries.map(({ key, lane, title, span }) => (
        <li key={key} className={`${styles.entry} ${styles[lane]}`}>
          <span>{title}</span>
          <span className={styles.quiet}>{span}</span>
        </li>
      ))}
    </ol>
  );
}

function entriesOf({ facts, records }: LearnerDetail): Entry[] {
  const known = facts.flatMap((fact): Entry[] =>
    told.some((one) => one === fact.attribute) && fact.from !== null
      ? [
          {
            ...{ key: fact.id, on: fact.from, span: spanOf(fact.from, fact.to) },
            lane: fact.source === 'education' ? 'education' : 'social-work',
            title: `${say(`fact.${fact.attribute}`)}: ${factValue(fact)}`,
          },
        ]
      : [],
  );
  const happened = records.flatMap((one): Entry[] =>
    asFacts.includes(one.kind)
      ? []
      : [
          {
            ...{ key: one.id, on: one.from ?? '', span: spanOf(one.from, one.to) },
            lane: educationKinds.includes(one.kind) ? 'education' : 'social-work',
            title: [wordFor('kind', one.kind) ?? one.kind, ...one.content.map(({ value }) => value)].join(': '),
          },
        ],
  );
  return [...known, ...happened].sort((a, b) => b.on.localeCompare(a.on));
}
