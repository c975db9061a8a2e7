import { makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { learnerViews, type LearnerView } from '../../bot/learners/register-contract.js';
import { useMay } from '../me.js';
import { base, paths } from '../paths.js';
import { Panes } from '../shell/Panes.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { ListFrame } from '../ui/ListFrame.js';
import { RowsLoading } from '../ui/Loading.js';
import { RowList } from '../ui/RowList.js';
import { desk, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { ExportDialog } from './ExportDialog.js';
import { LearnerPane } from './LearnerPane.js';
import { LearnerCard, learnerColumns, learnerWidths } from './learner-columns.js';
import { useLearners } from './learner-queries.js';
import { RegisterSelect, RegisterViews } from './RegisterViews.js';

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  search: { flexGrow: 1, maxWidth: '24rem' },
});

/** The register: who, and beside the list one of them. */
export function LearnersPage() {
  const may = useMay('learner.search');
  if (!may) return <EmptyState page title={say('forbidden.title')} explains={say('failure.forbidden')} />;
  return <Learners />;
}

function Learners() {
  const styles = useStyles();
  const wide = useMedia(desk);
  const { id } = useParams();
  const [params] = useSearchParams();
  const [words, setWords] = useState('');
  const mayExport = useMay('learner.export');
  const view = learnerViews.find((one) => one === params.get('view')) ?? 'everybody';
  const label = say('learners.list', { view: say(`learners.view.${view}`) });
  const query = useLearners(view, words);
  const count = query.data?.total ?? 0;
  const top = (
    <>
      {wide ? null : <RegisterSelect here={view} />}
      <div className={styles.tools}>
        <SearchBox
          className={styles.search}
          aria-label={say('learners.search')}
          placeholder={say('learners.search')}
          onChange={(_event, { value }) => setWords(value)}
        />
        <Text role="status">{query.data ? say('learners.count', { count }) : ''}</Text>
        {mayExport && count > 0 ? <ExportDialog view={view} words={words} count={count} /> : null}
      </div>
    </>
  );
  return (
    <Panes
      views={<RegisterViews here={view} />}
      list={
        <ListFrame label={label} top={top}>
          <LearnerRows query={query} view={view} label={label} openId={id ?? null} />
        </ListFrame>
      }
      pane={id ? <LearnerPane key={id} id={id} back={wide ? null : paths.learners(view)} /> : null}
    />
  );
}

interface RowsProps {
  readonly query: ReturnType<typeof useLearners>;
  readonly view: LearnerView;
  readonly label: string;
  readonly openId: string | null;
}

function LearnerRows({ query, view, label, openId }: RowsProps) {
  const navigate = useNavigate();
  const wide = useMedia(desk);
  const narrow = !wide || openId !== null;
  if (query.isPending) return <RowsLoading narrow={narrow} />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const rows = query.data.items;
  if (rows.length === 0) return <EmptyState title={say('learners.none')} explains={say('learners.noneExplains')} />;
  return (
    <RowList
      label={label}
      rows={rows}
      columns={learnerColumns}
      widths={learnerWidths}
      narrow={narrow}
      card={(row) => <LearnerCard row={row} />}
      idOf={(row) => row.id}
      hrefOf={(row) => `${base}${paths.learner(row.id, view)}`}
      openId={openId}
      onOpen={(row) => void navigate(paths.learner(row.id, view))}
    />
  );
}
