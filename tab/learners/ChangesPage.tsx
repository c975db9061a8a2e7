import { makeStyles, Tab, TabList } from '@fluentui/react-components';
import { useState } from 'react';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { RowsLoading } from '../ui/Loading.js';
import { say } from '../words.js';
import { ChangeItem } from './ChangeItem.js';
import { useChanges } from './learner-queries.js';
import { RegisterRoom } from './RegisterRoom.js';

const useStyles = makeStyles({ list: { listStyleType: 'none', margin: 0, padding: 0 } });

/** Changes of circumstance that somebody has to see. */
export function ChangesPage() {
  const [open, setOpen] = useState(true);
  return (
    <RegisterRoom here="changes" needs="learner.search">
      <TabList selectedValue={open ? 'open' : 'all'} onTabSelect={(_event, { value }) => setOpen(value === 'open')}>
        <Tab value="open">{say('changes.open')}</Tab>
        <Tab value="all">{say('changes.all')}</Tab>
      </TabList>
      <Changes open={open} />
    </RegisterRoom>
  );
}

function Changes({ open }: { readonly open: boolean }) {
  const styles = useStyles();
  const query = useChanges(open);
  if (query.isPending) return <RowsLoading narrow />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const { items } = query.data;
  if (items.length === 0) return <EmptyState title={say('changes.none')} explains={say('changes.noneExplains')} />;
  return (
    <ul className={styles.list}>
      {items.map((change) => (
        <ChangeItem key={change.id} change={change} named />
      ))}
    </ul>
  );
}
