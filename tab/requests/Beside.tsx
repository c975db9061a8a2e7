import {
  Link as Telephone,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { Link } from 'react-router';
import type { RequestDetail } from '../../bot/requests/contract.js';
import type { RequestBeside } from '../../bot/requests/triage-contract.js';
import { paths } from '../paths.js';
import { FailedState } from '../ui/FailedState.js';
import { type Fact, Facts } from '../ui/Facts.js';
import { PaneLoading } from '../ui/Loading.js';
import { sayCalendarDay } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { When } from '../ui/When.js';
import { say, wordFor } from '../words.js';
import { BesideCalls } from './BesideCalls.js';
import { BesideClock } from './BesideClock.js';
import { RequestState } from './RequestState.js';
import { useBeside } from './request-queries.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXL },
  quiet: { color: tokens.colorNeutralForeground2 },
  list: { listStyleType: 'none', margin: `${tokens.spacingVerticalXS} 0 0`, padding: 0 },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXXS} 0`,
  },
  link: { color: tokens.colorBrandForegroundLink },
});

/** What helps to decide: who the learner is, what was asked for them before, both clocks, and what was said on the telephone. */
export function Beside({ request }: { readonly request: RequestDetail }) {
  const styles = useStyles();
  const query = useBeside(request);
  if (query.isPending) return <PaneLoading />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const beside = query.data;
  return (
    <div className={styles.root}>
      {beside.learner ? (
        <Learner learner={beside.learner} />
      ) : request.level === 'learner' ? (
        <Text className={styles.quiet}>{say('beside.notOnRegister')}</Text>
      ) : null}
      <Others requests={beside.requests} />
      <BesideClock request={request} />
      <BesideCalls requestId={request.id} notes={beside.callNotes} />
    </div>
  );
}

type Learner = NonNullable<RequestBeside['learner']>;

function Learner({ learner }: { readonly learner: Learner }) {
  const styles = useStyles();
  const now = useNow();
  return (
    <section>
      <Subtitle2 as="h2">{say('request.glance')}</Subtitle2>
      {learner.nonDisclosure ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{say('beside.nonDisclosure')}</MessageBarBody>
        </MessageBar>
      ) : null}
      <Facts facts={learnerFacts(learner, now)} />
      <ul className={styles.list}>
        {learner.people.map((person) => (
          <li key={`${person.as} ${person.id}`} className={styles.line}>
            <span>{say('beside.person', { as: say(`beside.as.${person.as}`), name: person.name })}</span>
            {person.telephone ? (
              <Telephone
                href={`tel:${person.telephone.replace(/\s/g, '')}`}
                aria-label={say('today.callPerson', { name: person.name, number: person.telephone })}
              >
                {person.telephone}
              </Telephone>
            ) : null}
            {person.away ? <Text size={200}>{awayWords(person.away, now)}</Text> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function awayWords({ until, cover }: NonNullable<Learner['people'][number]['away']>, now: number): string {
  const when = sayCalendarDay(until, now);
  return cover ? say('beside.awayCovered', { when, name: cover.name }) : say('beside.away', { when });
}

/** What this viewer may see; a field that their roles do not see is left out, one that is not known says so. */
function learnerFacts(learner: Learner, now: number): Fact[] {
  const status = learner.status && (wordFor('status', learner.status) ?? learner.status);
  const since = learner.statusSince && sayCalendarDay(learner.statusSince, now);
  return [
    { name: say('request.learner'), value: learner.label },
    { name: say('request.stage'), value: learner.stage ?? say('request.notKnown') },
    { name: say('request.school'), value: learner.school?.name ?? say('request.notKnown') },
    ...(status
      ? [{ name: say('request.status'), value: since ? say('request.statusSince', { status, since }) : status }]
      : []),
    ...(learner.home ? [{ name: say('beside.home'), value: wordFor('home', learner.home) ?? learner.home }] : []),
    ...(learner.birthOn ? [{ name: say('beside.birthOn'), value: sayCalendarDay(learner.birthOn, now) }] : []),
  ];
}

function Others({ requests }: Pick<RequestBeside, 'requests'>) {
  const styles = useStyles();
  if (requests.length === 0) return null;
  return (
    <section>
      <Subtitle2 as="h2">{say('beside.others')}</Subtitle2>
      <ul className={styles.list}>
        {requests.map((one) => (
          <li key={one.id} className={styles.line}>
            <Link to={paths.request(one.reference)} className={styles.link}>
              {one.reference}
            </Link>
            <span>{say(`need.${one.need}`)}</span>
            <RequestState request={one} />
            <Text size={200} className={styles.quiet}>
              <When at={one.submittedAt} as="day" />
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
