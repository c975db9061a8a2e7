import { makeStyles, MessageBar, MessageBarBody, Subtitle2, Text, Title3, tokens } from '@fluentui/react-components';
import { Link } from 'react-router';
import type { ReviewDetail } from '../../bot/reviews/contract.js';
import { useMay } from '../me.js';
import { paths } from '../paths.js';
import { Pane, PaneBody, PaneFoot } from '../shell/Pane.js';
import { sayTime } from '../ui/dates.js';
import { type Fact, Facts } from '../ui/Facts.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { When } from '../ui/When.js';
import { say } from '../words.js';
import { Attendees } from './Attendees.js';
import { GoldenLine } from './GoldenLine.js';
import { Happenings } from './Happenings.js';
import { learnerOf } from './review-columns.js';
import { useReview } from './review-queries.js';
import { ReviewActions } from './ReviewActions.js';
import { ReviewStateBadge } from './ReviewStateBadge.js';

const useStyles = makeStyles({
  title: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
  link: { color: tokens.colorBrandForegroundLink },
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
});

/** One review: when, for whom, who has answered by service, whether it will be joint. */
export function ReviewPane({ reference, back }: { readonly reference: string; readonly back: string | null }) {
  const query = useReview(reference);
  return (
    <Pane label={query.data?.reference ?? say('page.reviews')} back={back}>
      {query.data ? (
        <Review review={query.data} />
      ) : query.error ? (
        <FailedState error={query.error} again={() => void query.refetch()} />
      ) : (
        <PaneLoading />
      )}
    </Pane>
  );
}

function Review({ review }: { readonly review: ReviewDetail }) {
  const styles = useStyles();
  const mayPlan = useMay('review.schedule');
  return (
    <>
      <PaneBody label={say('page.reviews')}>
        <Head review={review} />
        <section className={styles.part}>
          <Subtitle2 as="h2">{say('review.answers')}</Subtitle2>
          <GoldenLine review={review} />
        </section>
        <Attendees attendees={review.attendees} />
        <Happenings entries={review.thread} />
      </PaneBody>
      {mayPlan ? (
        <PaneFoot>
          <ReviewActions review={review} />
        </PaneFoot>
      ) : null}
    </>
  );
}

function Head({ review }: { readonly review: ReviewDetail }) {
  const styles = useStyles();
  return (
    <header className={styles.part}>
      <div className={styles.title}>
        <Title3 as="h1">{say(`purposeReview.${review.purpose}`)}</Title3>
        <ReviewStateBadge state={review.state} />
      </div>
      <Text className={styles.quiet}>{review.reference}</Text>
      {review.state === 'booked' ? null : (
        <MessageBar intent={review.state === 'not-booked' ? 'error' : 'info'} layout="multiline">
          <MessageBarBody>{say(`reviewState.${review.state}Explains`)}</MessageBarBody>
        </MessageBar>
      )}
      <Facts facts={factsOf(review, styles.link)} />
    </header>
  );
}

function factsOf(review: ReviewDetail, link: string): Fact[] {
  const until = sayTime(Date.parse(review.endsAt));
  const facts = [
    {
      name: say('review.when'),
      value: (
        <>
          <When at={review.startsAt} /> {say('review.until', { time: until })}
        </>
      ),
    },
    { name: say('review.learner'), value: learnerOf(review) },
    {
      name: say('review.where'),
      value: review.place ?? (review.online ? say('review.online') : say('request.notKnown')),
    },
  ];
  if (!review.request) return facts;
  const from = (
    <Link to={paths.request(review.request.reference)} className={link}>
      {review.request.reference}
    </Link>
  );
  return [...facts, { name: say('review.from'), value: from }];
}
