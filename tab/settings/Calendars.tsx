import { Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Calendars as Shown } from '../../bot/people/calendar-contract.js';
import { useMay } from '../me.js';
import { FailedState } from '../ui/FailedState.js';
import { Facts } from '../ui/Facts.js';
import { PaneLoading } from '../ui/Loading.js';
import { dateOf } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import { Absences } from './Absences.js';
import { CalendarUpload } from './CalendarUpload.js';
import { type Span, useCalendars } from './calendar-queries.js';
import { SchoolDates } from './SchoolDates.js';
import { weekdays } from './shape.js';

const useStyles = makeStyles({
  root: { height: '100%', overflow: 'auto' },
  page: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXXL,
    maxWidth: '60rem',
    padding: tokens.spacingHorizontalL,
  },
  year: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalM },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** A school year from August to July, by the year in which it begins. */
function spanOf(year: number): Span {
  return { fromOn: `${year}-08-01`, untilOn: `${year + 1}-07-31` };
}

/** Terms, in-service days, holidays, closures, office hours, and who is away. */
export function Calendars() {
  const styles = useStyles();
  const today = dateOf(useNow());
  const thisYear = Number(today.slice(0, 4)) - (today.slice(5) < '08-01' ? 1 : 0);
  const [year, setYear] = useState(thisYear);
  const query = useCalendars(spanOf(year));
  return (
    <div className={styles.root} tabIndex={0}>
      <div className={styles.page}>
        <div className={styles.year}>
          <Title3 as="h2">{say('calendars.year', { from: String(year), until: String(year + 1) })}</Title3>
          <Button size="small" onClick={() => setYear(year - 1)}>
            {say('calendars.before')}
          </Button>
          <Button size="small" onClick={() => setYear(year + 1)}>
            {say('calendars.after')}
          </Button>
        </div>
        {query.data ? (
          <Year calendars={query.data} />
        ) : query.isError ? (
          <FailedState error={query.error} again={() => void query.refetch()} />
        ) : (
          <PaneLoading />
        )}
      </div>
    </div>
  );
}

function Year({ calendars }: { readonly calendars: Shown }) {
  const mayChange = useMay('calendar.manage');
  return (
    <>
      {mayChange ? <CalendarUpload /> : null}
      <SchoolDates dates={calendars.dates} mayChange={mayChange} />
      <OfficeHours hours={calendars.officeHours} />
      <Absences absences={calendars.absences} mayChange={mayChange} />
    </>
  );
}

function OfficeHours({ hours }: { readonly hours: Shown['officeHours'] }) {
  const styles = useStyles();
  const facts = weekdays.flatMap((weekday) => {
    const day = hours.find((one) => one.weekday === weekday);
    return day
      ? [{ name: say(`weekday.${weekday}`), value: say('calendars.hours', { opens: day.opens, closes: day.closes }) }]
      : [];
  });
  return (
    <section>
      <Title3 as="h3">{say('calendars.officeHours')}</Title3>
      <Text as="p" block className={styles.quiet}>
        {say(facts.length > 0 ? 'calendars.officeHoursExplain' : 'calendars.noOfficeHours')}
      </Text>
      <Facts facts={facts} />
    </section>
  );
}
