import { makeStyles, Text, Title2, Title3, tokens } from '@fluentui/react-components';
import type { OpenedRecordList } from '../../bot/learners/glass-contract.js';
import { useMay } from '../me.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { Facts } from '../ui/Facts.js';
import { PaneLoading } from '../ui/Loading.js';
import { When } from '../ui/When.js';
import { say } from '../words.js';
import { EmergencyForm } from './EmergencyForm.js';
import { useOpenedRecords } from './emergency-queries.js';

const useStyles = makeStyles({
  root: { height: '100%', overflow: 'auto' },
  page: {
    maxWidth: '48rem',
    padding: tokens.spacingHorizontalXL,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  one: { padding: `${tokens.spacingVerticalM} 0`, borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
});

/** Break-glass: the form for those who may need it, and what was opened for those who answer for it. */
export function EmergencyPage() {
  const styles = useStyles();
  const mayOpen = useMay('learner.break-glass');
  const mayRead = useMay('glass.read');
  if (!mayOpen && !mayRead) return <EmptyState page title={say('failure.title')} explains={say('failure.forbidden')} />;
  return (
    <div className={styles.root} tabIndex={0}>
      <div className={styles.page}>
        <Title2 as="h1">{say('emergency.title')}</Title2>
        <Text className={styles.quiet}>{say('emergency.explains')}</Text>
        {mayOpen ? <EmergencyForm /> : null}
        {mayRead ? <Opened /> : null}
      </div>
    </div>
  );
}

function Opened() {
  const styles = useStyles();
  const query = useOpenedRecords(true);
  if (query.isPending) return <PaneLoading />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const { items } = query.data;
  return (
    <section aria-labelledby="opened">
      <Title3 as="h2" id="opened">
        {say('emergency.past')}
      </Title3>
      {items.length === 0 ? (
        <EmptyState title={say('emergency.pastNone')} explains={say('emergency.pastNoneExplains')} />
      ) : (
        <ul className={styles.list}>
          {items.map((item) => (
            <li key={item.id} className={styles.one}>
              <Facts facts={factsOf(item)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function factsOf({ by, reason, startedAt, endsAt, open }: OpenedRecordList['items'][number]) {
  return [
    { name: say('emergency.by'), value: by.name },
    { name: say('emergency.at'), value: <When at={startedAt} as="ago" /> },
    { name: say('emergency.until'), value: open ? say('emergency.stillOpen') : <When at={endsAt} as="ago" /> },
    { name: say('emergency.why'), value: reason },
  ];
}
