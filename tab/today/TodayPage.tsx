import { Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Today, TodaySection } from '../../bot/requests/today-contract.js';
import { useMay } from '../me.js';
import { paths } from '../paths.js';
import { LogCallDialog } from '../requests/LogCallDialog.js';
import { hourOf, sayAgo } from '../ui/dates.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { useKeys } from '../ui/keyboard.js';
import { PaneLoading } from '../ui/Loading.js';
import { useNow } from '../ui/now.js';
import { phone, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { CallNoteLine } from './CallNoteLine.js';
import { TodayCard, type TodayPart } from './TodayCard.js';
import { useLooked, useToday } from './today-queries.js';

const useStyles = makeStyles({
  root: { height: '100%', overflow: 'auto' },
  page: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalL,
    padding: tokens.spacingHorizontalL,
    maxWidth: '100rem',
  },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  grow: { flexGrow: 1 },
  counts: { color: tokens.colorNeutralForeground2 },
  link: { color: tokens.colorBrandForegroundLink },
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 22rem), 1fr))',
    gap: tokens.spacingHorizontalM,
    alignItems: 'start',
  },
});

/** The first page: what changed, what is due, on whom we wait, and one line for a call. */
export function TodayPage() {
  const may = useMay('request.read-all');
  if (!may) return <EmptyState page title={say('forbidden.title')} explains={say('forbidden.requests')} />;
  return <Page />;
}

function Page() {
  const styles = useStyles();
  const query = useToday();
  if (query.isPending) return <PaneLoading />;
  if (query.isError && !query.data) return <FailedState page error={query.error} again={() => void query.refetch()} />;
  return (
    <div className={styles.root} tabIndex={0} role="region" aria-label={say('page.today')}>
      <Day today={query.data} />
    </div>
  );
}

const first: readonly TodaySection[] = ['changed', 'due', 'waiting', 'agreed', 'reviews'];

function Day({ today }: { readonly today: Today }) {
  const styles = useStyles();
  const mayNote = useMay('request.triage');
  const part = (section: TodaySection) => today.parts.find((one) => one.section === section);
  const parts = (sections: readonly TodaySection[]) => sections.flatMap((section) => part(section) ?? []);
  const later = today.parts.filter(({ section }) => !first.includes(section));
  return (
    <div className={styles.page}>
      <Head today={today} mayLog={mayNote} />
      {mayNote ? <CallNote /> : null}
      <div className={styles.cards}>
        {parts(first).map((one) => (
          <TodayCard
            key={one.section}
            part={one}
            title={titleOf(one, today)}
            mayNote={mayNote}
            action={one.section === 'changed' && one.total > 0 ? <Seen today={today} /> : null}
          />
        ))}
      </div>
      <div className={styles.cards}>
        {later.map((one) => (
          <TodayCard key={one.section} part={one} title={say(`today.part.${one.section}`)} mayNote={mayNote} />
        ))}
      </div>
    </div>
  );
}

function titleOf({ section }: TodayPart, { since, asOf }: Today): string {
  if (section !== 'changed' || !since) return say(`today.part.${section}`);
  return say('today.changedSince', { when: sayAgo(Date.parse(since), Date.parse(asOf)) });
}

/** What was new is no longer. */
function Seen({ today }: { readonly today: Today }) {
  const looked = useLooked();
  return (
    <Button size="small" disabledFocusable={looked.isPending} onClick={() => looked.mutate(today)}>
      {say('today.seen')}
    </Button>
  );
}

/** In sight where there is room; on a phone one press away, so that what is new comes first. */
function CallNote() {
  const small = useMedia(phone);
  const [open, setOpen] = useState(false);
  if (!small) return <CallNoteLine />;
  if (open) return <CallNoteLine onClose={() => setOpen(false)} />;
  return (
    <div>
      <Button onClick={() => setOpen(true)}>{say('callNote.title')}</Button>
    </div>
  );
}

const logKeys = [{ command: 'log', key: 'c' }] as const;

function Head({ today, mayLog }: { readonly today: Today; readonly mayLog: boolean }) {
  const styles = useStyles();
  const [logging, setLogging] = useState(false);
  const { changes, dueToday, overdue, reviewsThisWeek } = today.counts;
  useKeys(logKeys, () => {
    if (mayLog) setLogging(true);
    return mayLog;
  });
  return (
    <div className={styles.head}>
      <Title3 as="h1">{say(`today.hello.${partOfDay(hourOf(useNow()))}`)}</Title3>
      <Text className={styles.counts}>
        {say('today.changes', { count: changes })} ·{' '}
        <Link to={paths.requests('due-today')} className={styles.link}>
          {say('today.dueCount', { count: dueToday })}
        </Link>{' '}
        ·{' '}
        <Link to={paths.requests('overdue')} className={styles.link}>
          {say('today.overdueCount', { count: overdue })}
        </Link>{' '}
        · {say('today.reviewCount', { count: reviewsThisWeek })}
      </Text>
      <span className={styles.grow} />
      {mayLog ? (
        <Button appearance="primary" onClick={() => setLogging(true)} aria-keyshortcuts="c">
          {say('logCall.open')}
        </Button>
      ) : null}
      <LogCallDialog open={logging} onClose={() => setLogging(false)} />
    </div>
  );
}

function partOfDay(hour: number): 'morning' | 'afternoon' | 'evening' {
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}
