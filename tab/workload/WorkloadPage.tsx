import { useParams } from 'react-router';
import { useMay } from '../me.js';
import { isId, paths } from '../paths.js';
import { PersonPane } from './PersonPane.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { RowsLoading } from '../ui/Loading.js';
import { desk, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { TeamTable } from './TeamTable.js';
import { useWorkload } from './workload-queries.js';
import { WorkloadPanes } from './WorkloadPanes.js';

/** Who has what, who is away, who has come and who goes. */
export function WorkloadPage() {
  const may = useMay('request.read-all');
  if (!may) return <EmptyState page title={say('forbidden.title')} explains={say('forbidden.requests')} />;
  return <Page />;
}

function Page() {
  const wide = useMedia(desk);
  const { person } = useParams();
  const query = useWorkload();
  const open = person !== undefined && isId(person) ? person : null;
  const list = query.data ? (
    <TeamTable workload={query.data} openId={open} />
  ) : query.isError ? (
    <FailedState page error={query.error} again={() => void query.refetch()} />
  ) : (
    <RowsLoading />
  );
  const pane = open ? <PersonPane key={open} personId={open} back={wide ? null : paths.workload()} /> : null;
  return <WorkloadPanes list={list} pane={pane} wide={wide} />;
}
