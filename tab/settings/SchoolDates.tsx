import { Button, makeStyles, Subtitle2, Text, Title3, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { addSchoolDate, type SchoolDateShown } from '../../bot/people/calendar-contract.js';
import { usePlaces } from '../requests/use-places.js';
import { sayCalendarDay } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import { useCalendarChange } from './calendar-queries.js';
import { type DateDraft, DateForm } from './DateForm.js';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: `${tokens.spacingVerticalXS} 0 ${tokens.spacingVerticalM}`, padding: 0 },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    minHeight: '32px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  grow: { flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

export const dateKinds = addSchoolDate.shape.kind.options;

interface Props {
  readonly dates: readonly SchoolDateShown[];
  readonly mayChange: boolean;
}

export function SchoolDates({ dates, mayChange }: Props) {
  const styles = useStyles();
  const [adding, setAdding] = useState(false);
  return (
    <section>
      <Title3 as="h3">{say('calendars.dates')}</Title3>
      {dateKinds.map((kind) => {
        const ofKind = dates.filter((date) => date.kind === kind);
        return (
          <section key={kind}>
            <Subtitle2 as="h4">{say(`dateKind.${kind}`)}</Subtitle2>
            {ofKind.length === 0 ? <Text className={styles.quiet}>{say(`dateKind.${kind}.none`)}</Text> : null}
            <ul className={styles.list}>
              {ofKind.map((date) => (
                <DateLine key={date.id} date={date} mayChange={mayChange} />
              ))}
            </ul>
          </section>
        );
      })}
      {mayChange && !adding ? <Button onClick={() => setAdding(true)}>{say('calendars.add')}</Button> : null}
      {adding ? <Add onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

function DateLine({ date, mayChange }: { readonly date: SchoolDateShown; readonly mayChange: boolean }) {
  const styles = useStyles();
  const now = useNow();
  const removing = useCalendarChange((api, id: string) => api.removeSchoolDate(id), say('calendars.removed'));
  const from = sayCalendarDay(date.fromOn, now);
  const until = sayCalendarDay(date.untilOn, now);
  return (
    <li className={styles.line}>
      <span className={styles.grow}>
        {date.name} {date.school ? <Text className={styles.quiet}>{date.school.name}</Text> : null}
      </span>
      <span>{date.fromOn === date.untilOn ? from : say('calendars.span', { from, until })}</span>
      {mayChange ? (
        <Button
          size="small"
          disabledFocusable={removing.isPending}
          aria-label={say('calendars.removeOne', { name: date.name, from })}
          onClick={() => removing.mutate(date.id)}
        >
          {say('settings.remove')}
        </Button>
      ) : null}
    </li>
  );
}

function Add({ onClose }: { readonly onClose: () => void }) {
  const { schools } = usePlaces();
  const adding = useCalendarChange(
    (api, { who, name, kind, fromOn, untilOn }: DateDraft) =>
      api.addSchoolDate({
        ...{ fromOn, untilOn, name: name.trim(), kind: dateKinds.find((one) => one === kind) ?? 'holiday' },
        ...(who ? { schoolId: who } : {}),
      }),
    say('calendars.added'),
  );
  return (
    <DateForm
      who={{ label: say('filter.school'), none: say('calendars.allSchools'), of: schools }}
      named
      pending={adding.isPending}
      onSave={(draft) => adding.mutate(draft, { onSuccess: onClose })}
      onCancel={onClose}
    />
  );
}
