import { makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { Link } from 'react-router';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { paths } from '../paths.js';
import { type Fact, Facts } from '../ui/Facts.js';
import { sayWhen } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { When } from '../ui/When.js';
import { Why } from '../ui/Why.js';
import { say } from '../words.js';
import { clockFacts } from './RequestClock.js';
import { whoFor } from './request-columns.js';
import { RequestState } from './RequestState.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  title: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
  link: { color: tokens.colorBrandForegroundLink },
});

/** What it is, who asked, by when it is due and why, who has it and why. */
export function RequestHead({ request }: { readonly request: RequestDetail }) {
  const styles = useStyles();
  const now = useNow();
  return (
    <header className={styles.root}>
      <div>
        <div className={styles.title}>
          <Title3 as="h1">
            {say('request.title', { need: say(`need.${request.need}`), level: say(`level.${request.level}`) })}
          </Title3>
          <RequestState request={request} />
        </div>
        <Text className={styles.quiet}>
          {request.reference} · {askedBy(request)} · <When at={request.submittedAt} as="ago" />
        </Text>
      </div>
      <Facts facts={factsOf(request)} />
      {request.review ? (
        <Link to={paths.review(request.review.reference)} className={styles.link}>
          {say('request.reviewOn', {
            reference: request.review.reference,
            when: sayWhen(Date.parse(request.review.startsAt), now),
          })}
        </Link>
      ) : null}
    </header>
  );
}

function askedBy({ asker, school }: RequestDetail): string {
  return school
    ? say('request.askedByAt', { name: asker.name, school: school.name })
    : say('request.askedBy', { name: asker.name });
}

function factsOf(request: RequestDetail): Fact[] {
  const routed = say('request.routedTo');
  const learner = { name: say('request.learner'), value: whoFor(request) };
  return [
    ...(request.level === 'learner' ? [learner] : []),
    ...clockFacts(request),
    { name: say('request.assignee'), value: request.assignee?.name ?? say('nobody') },
    {
      name: routed,
      value: (
        <>
          {request.routing.to} <Why of={routed} because={request.routing.sentences} />
        </>
      ),
    },
    { name: say('request.urgency'), value: say(`urgency.${request.urgency}`) },
  ];
}
