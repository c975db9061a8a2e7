import { Link, useSearchParams } from 'react-router';
import { dueGroups, type DueGroup } from '../../bot/reviews/due-contract.js';
import { useMay } from '../me.js';
import { paths } from '../paths.js';
import { Panes } from '../shell/Panes.js';
import { ViewLinks, ViewSelect } from '../shell/ViewLinks.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { ListFrame } from '../ui/ListFrame.js';
import { RowsLoading } from '../ui/Loading.js';
import { desk, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { DueList } from './DueList.js';
import { useDueBoard } from './due-queries.js';

/** Overdue, this month, next month, not known, frequency not agreed: each learner's dates, with why. */
export function DuePage() {
  const may = useMay('review.due');
  if (!may) return <EmptyState page title={say('forbidden.title')} explains={say('forbidden.reviews')} />;
  return <Due />;
}

function Due() {
  const wide = useMedia(desk);
  const [params] = useSearchParams();
  const group = dueGroups.find((one) => one === params.get('group')) ?? 'overdue';
  const query = useDueBoard(group);
  const views = dueGroups.map((name) => ({
    name,
    label: say(`due.group.${name}`),
    count: query.data?.counts[name] ?? null,
    to: paths.due(name),
  }));
  const title = say('due.title');
  return (
    <Panes
      views={<ViewLinks title={title} views={views} here={group} />}
      list={
        <ListFrame
          label={say('due.list', { group: say(`due.group.${group}`) })}
          top={wide ? null : <ViewSelect title={title} views={views} here={group} />}
        >
          <Rows group={group} query={query} />
        </ListFrame>
      }
      pane={null}
    />
  );
}

function Rows({ group, query }: { readonly group: DueGroup; readonly query: ReturnType<typeof useDueBoard> }) {
  if (query.isPending) return <RowsLoading />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  if (query.data.items.length === 0)
    return (
      <EmptyState title={say('due.empty')} explains={say('due.emptyExplains')}>
        <Link to={paths.reviews()}>{say('due.reviews')}</Link>
      </EmptyState>
    );
  return <DueList label={say('due.list', { group: say(`due.group.${group}`) })} rows={query.data.items} />;
}
