import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { Link } from 'react-router';
import type { QualityReport } from '../../bot/learners/register-contract.js';
import { paths } from '../paths.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { say } from '../words.js';
import { useQuality } from './learner-queries.js';
import { RegisterRoom } from './RegisterRoom.js';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, maxWidth: '40rem' },
  line: {
    display: 'flex',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

type Check = QualityReport['checks'][number]['check'];

/** Where the rows of a check are to be looked at. */
const rowsOf: Readonly<Partial<Record<Check, string>>> = {
  'no-scn': paths.learners('no-scn'),
  'no-school': paths.learners('no-school'),
  'status-unknown': paths.learners('unknown-status'),
  'waits-for-match': paths.register('matches'),
  'stale-source': paths.register('import'),
};

/** What a data officer looks at each morning. */
export function QualityPage() {
  return (
    <RegisterRoom here="quality" needs="extract.manage" title={say('quality.title')}>
      <Quality />
    </RegisterRoom>
  );
}

function Quality() {
  const styles = useStyles();
  const query = useQuality();
  if (query.isPending) return <PaneLoading />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const { learners, inBoth, checks, sources } = query.data;
  if (learners === 0) return <EmptyState title={say('learners.none')} explains={say('learners.noneExplains')} />;
  return (
    <>
      <Text size={400}>{say('quality.rate', { n: inBoth, of: learners })}</Text>
      <ul className={styles.list}>
        {checks.map(({ check, count, of }) => {
          const to = rowsOf[check];
          return (
            <li key={check} className={styles.line}>
              {to ? <Link to={to}>{say(`quality.check.${check}`)}</Link> : say(`quality.check.${check}`)}
              <span>{say('quality.of', { n: count, of })}</span>
            </li>
          );
        })}
      </ul>
      <Subtitle2 as="h3">{say('quality.sources')}</Subtitle2>
      <ul className={styles.list}>
        {sources.map(({ system, kind, records, days }) => (
          <li key={`${system} ${kind}`} className={styles.line}>
            <span>{system}</span>
            <span>{say('quality.records', { count: records })}</span>
            <span>{days === null ? say('quality.never') : say('quality.taken', { days })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
