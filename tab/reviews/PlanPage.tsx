import { makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { ReviewProposal } from '../../bot/reviews/contract.js';
import type { PlanFor } from '../api.js';
import { useMay } from '../me.js';
import { isId, paths } from '../paths.js';
import { useRequestId } from '../requests/request-queries.js';
import { addDays, dateOf } from '../ui/dates.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import { learnerOf } from './review-columns.js';
import { planFrom } from './plan.js';
import { PlanMeeting } from './PlanMeeting.js';
import { PlanPeople } from './PlanPeople.js';
import { PlanTimes } from './PlanTimes.js';
import { useProposal } from './review-queries.js';

const useStyles = makeStyles({
  page: {
    padding: tokens.spacingHorizontalXL,
    backgroundColor: tokens.colorNeutralBackground1,
    minHeight: '100%',
    boxSizing: 'border-box',
  },
  head: { marginBottom: tokens.spacingVerticalL },
  quiet: { color: tokens.colorNeutralForeground2 },
  columns: {
    display: 'grid',
    columnGap: tokens.spacingHorizontalXXXL,
    rowGap: tokens.spacingVerticalXXL,
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  wide: { '@media (min-width: 1000px)': { gridTemplateColumns: 'minmax(0, 30rem) minmax(0, 1fr)' } },
  left: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXL },
  link: { color: tokens.colorBrandForegroundLink },
});

/** Plans one review: who and how, then times that are known to be free, then the booking. */
export function PlanPage() {
  const may = useMay('review.schedule');
  const [params] = useSearchParams();
  const request = params.get('request');
  const learner = params.get('learner');
  if (!may) return <EmptyState page title={say('forbidden.title')} explains={say('forbidden.reviews')} />;
  if (request) return <ForRequest reference={request} />;
  if (learner && isId(learner)) return <Proposed what={{ learnerId: learner }} back={paths.reviews()} />;
  return (
    <EmptyState page title={say('plan.noStart')} explains={say('plan.noStartExplains')}>
      <Link to={paths.requests('mine')}>{say('reviews.emptyGo')}</Link>
    </EmptyState>
  );
}

function ForRequest({ reference }: { readonly reference: string }) {
  const { data: requestId, error, refetch } = useRequestId(reference);
  if (requestId) return <Proposed what={{ requestId }} back={paths.request(reference)} />;
  return error ? <FailedState error={error} again={() => void refetch()} /> : <PaneLoading />;
}

function Proposed({ what, back }: { readonly what: PlanFor; readonly back: string }) {
  const { data, error, refetch } = useProposal(what);
  if (data) return <Planner proposal={data} back={back} />;
  return error ? <FailedState error={error} again={() => void refetch()} /> : <PaneLoading />;
}

function Planner({ proposal, back }: { readonly proposal: ReviewProposal; readonly back: string }) {
  const styles = useStyles();
  const today = dateOf(useNow());
  const [plan, setPlan] = useState(() => planFrom(proposal, addDays(today, 1), addDays(today, 28)));
  const learner = learnerOf(proposal);
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Link to={back} className={styles.link}>
          {say('back')}
        </Link>
        <Title3 as="h1" block>
          {say('plan.title')}
        </Title3>
        <Text className={styles.quiet}>
          {proposal.request
            ? say('plan.forRequest', { learner, reference: proposal.request.reference })
            : say('plan.for', { learner })}
        </Text>
      </header>
      <div className={`${styles.columns} ${styles.wide}`}>
        <div className={styles.left}>
          <PlanPeople plan={plan} cannotInvite={proposal.cannotInvite} onChange={setPlan} />
          <PlanMeeting plan={plan} onChange={setPlan} />
        </div>
        <PlanTimes plan={plan} />
      </div>
    </div>
  );
}
