import { Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import type { DeliveryList } from '../../bot/people/contract.js';
import { useMay } from '../me.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { type Fact, Facts } from '../ui/Facts.js';
import { When } from '../ui/When.js';
import { say, wordFor } from '../words.js';
import { type useDeliveries, useRetry } from './setting-queries.js';

const useStyles = makeStyles({
  root: { height: '100%', overflow: 'auto' },
  page: {
    maxWidth: '48rem',
    padding: tokens.spacingHorizontalXL,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  one: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalM} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

/** What Teams or the calendar refused for good, each with *try again*; and how much is on its way. */
export function Deliveries({ query }: { readonly query: ReturnType<typeof useDeliveries> }) {
  const styles = useStyles();
  if (query.isPending) return <PaneLoading />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const { dead, waiting } = query.data;
  return (
    <div className={styles.root} tabIndex={0}>
      <div className={styles.page}>
        <Title3 as="h2">{say('deliveries.title')}</Title3>
        <Text className={styles.quiet}>{say('deliveries.explains')}</Text>
        <Text role="status">
          {waiting === 0 ? say('deliveries.waitingNone') : say('deliveries.waiting', { count: waiting })}
        </Text>
        {dead.length === 0 ? (
          <EmptyState title={say('deliveries.empty')} explains={say('deliveries.emptyExplains')} />
        ) : (
          <ul className={styles.list}>
            {dead.map((delivery) => (
              <Delivery key={delivery.id} delivery={delivery} />
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function Delivery({ delivery }: { readonly delivery: DeliveryList['dead'][number] }) {
  const styles = useStyles();
  const mayRetry = useMay('delivery.retry');
  const retry = useRetry();
  const job = wordFor('job', delivery.job) ?? delivery.job;
  const reference = delivery.reference ?? '';
  const facts: Fact[] = [
    { name: say('deliveries.job'), value: job },
    { name: say('deliveries.reference'), value: reference || say('none') },
    { name: say('deliveries.attempts'), value: delivery.attempts },
    { name: say('deliveries.code'), value: delivery.code ?? say('deliveries.noCode') },
    { name: say('deliveries.since'), value: <When at={delivery.createdAt} as="ago" /> },
  ];
  return (
    <li className={styles.one}>
      <Facts facts={facts} />
      {mayRetry ? (
        <Button
          disabledFocusable={retry.isPending}
          aria-label={say('deliveries.retryOne', { job, reference })}
          onClick={() => retry.mutate(delivery.id)}
        >
          {say('deliveries.retry')}
        </Button>
      ) : null}
    </li>
  );
}
