import { Button, makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Calendars } from '../../bot/people/calendar-contract.js';
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

interface Props {
  readonly absences: Calendars['absences'];
  readonly mayChange: boolean;
}

/** Who of the team is away, and who covers: what is routed to them goes to their cover. */
export function Absences({ absences, mayChange }: Props) {
  const styles = useStyles();
  const now = useNow();
  const [adding, setAdding] = useState(false);
  const removing = useCalendarChange((api, id: string) => api.removeAbsence(id), say('calendars.removed'));
  return (
    <section>
      <Title3 as="h3">{say('calendars.absences')}</Title3>
      {absences.length === 0 ? <Text className={styles.quiet}>{say('calendars.noAbsences')}</Text> : null}
      <ul className={styles.list}>
        {absences.map(({ id, person, fromOn, untilOn, cover }) => (
          <li key={id} className={styles.line}>
            <span className={styles.grow}>
              {person.name}{' '}
              <Text className={styles.quiet}>{cover ? say('calendars.covers', { name: cover.name }) : null}</Text>
            </span>
            <span>
              {say('calendars.span', { from: sayCalendarDay(fromOn, now), until: sayCalendarDay(untilOn, now) })}
            </span>
            {mayChange ? (
              <Button
                size="small"
                disabledFocusable={removing.isPending}
                aria-label={say('calendars.removeOne', { name: person.name, from: sayCalendarDay(fromOn, now) })}
                onClick={() => removing.mutate(id)}
              >
                {say('settings.remove')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {mayChange && !adding ? <Button onClick={() => setAdding(true)}>{say('calendars.addAbsence')}</Button> : null}
      {adding ? <Add onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

function Add({ onClose }: { readonly onClose: () => void }) {
  const { people } = usePlaces();
  const adding = useCalendarChange(
    (api, { who, cover, fromOn, untilOn }: DateDraft) =>
      api.addAbsence({ personId: who, fromOn, untilOn, ...(cover && cover !== who ? { coverId: cover } : {}) }),
    say('calendars.added'),
  );
  return (
    <DateForm
      who={{ label: say('calendars.whoAway'), of: people }}
      cover={{ label: say('calendars.cover'), none: say('nobody'), of: people }}
      pending={adding.isPending}
      onSave={(draft) => adding.mutate(draft, { onSuccess: onClose })}
      onCancel={onClose}
    />
  );
}
