import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { useMay } from '../me.js';
import { base, paths, reviewViewOf, reviewViews, type ReviewViewName } from '../paths.js';
import { Panes } from '../shell/Panes.js';
import { ViewLinks, ViewSelect } from '../shell/ViewLinks.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { ListFrame } from '../ui/ListFrame.js';
import { RowsLoading } from '../ui/Loading.js';
import { RowList } from '../ui/RowList.js';
import { desk, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { ReviewPane } from './ReviewPane.js';
import { ReviewCard, reviewColumns, reviewWidths } from './review-columns.js';
import { useReviewList } from './review-queries.js';

export function ReviewsPage() {
  const may = useMay('review.read');
  if (!may) return <EmptyState page title={say('forbidden.title')} explains={say('forbidden.reviews')} />;
  return <Reviews />;
}

function Reviews() {
  const wide = useMedia(desk);
  const { reference } = useParams();
  const [params] = useSearchParams();
  const view = reviewViewOf(params.get('view'));
  const views = reviewViews.map((name) => ({
    name,
    label: say(`reviews.view.${name}`),
    count: null,
    to: paths.reviews(name),
  }));
  const title = say('page.reviews');
  const mayDue = useMay('review.due');
  const mayPlan = useMay('review.schedule');
  const more = {
    title: say('due.title'),
    views: [
      ...(mayDue ? [{ name: 'due', label: say('due.title'), count: null, to: paths.due() }] : []),
      ...(mayPlan ? [{ name: 'planner', label: say('planner.title'), count: null, to: paths.planner() }] : []),
    ],
  };
  return (
    <Panes
      views={<ViewLinks title={title} views={views} here={view} more={more} />}
      list={
        <ListFrame
          label={say('reviews.list', { view: say(`reviews.view.${view}`) })}
          top={wide ? null : <ViewSelect title={title} views={[...views, ...more.views]} here={view} />}
        >
          <ReviewList view={view} reference={reference ?? null} />
        </ListFrame>
      }
      pane={
        reference ? <ReviewPane key={reference} reference={reference} back={wide ? null : paths.reviews(view)} /> : null
      }
    />
  );
}

function ReviewList({ view, reference }: { readonly view: ReviewViewName; readonly reference: string | null }) {
  const navigate = useNavigate();
  const wide = useMedia(desk);
  const query = useReviewList(view);
  const narrow = !wide || reference !== null;
  if (query.isPending) return <RowsLoading narrow={narrow} />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const rows = query.data.items;
  if (rows.length === 0) return <NoReviews view={view} />;
  return (
    <RowList
      label={say('reviews.list', { view: say(`reviews.view.${view}`) })}
      rows={rows}
      columns={reviewColumns}
      widths={reviewWidths}
      narrow={narrow}
      card={(row) => <ReviewCard row={row} />}
      idOf={(row) => row.id}
      hrefOf={(row) => `${base}${paths.review(row.reference, view)}`}
      openId={rows.find((row) => row.reference === reference)?.id ?? null}
      onOpen={(row) => void navigate(paths.review(row.reference, view))}
    />
  );
}

function NoReviews({ view }: { readonly view: ReviewViewName }) {
  return (
    <EmptyState title={say(`reviews.empty.${view}`)} explains={say('reviews.emptyExplains')}>
      <Link to={paths.requests('mine')}>{say('reviews.emptyGo')}</Link>
    </EmptyState>
  );
}
