import { Button, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { RequestBeside } from '../../bot/requests/triage-contract.js';
import { useMay } from '../me.js';
import { CallNoteLine } from '../today/CallNoteLine.js';
import { sayCalendarDay } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { When } from '../ui/When.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  head: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  list: { margin: `${tokens.spacingVerticalXS} 0`, paddingLeft: tokens.spacingHorizontalXL },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly requestId: string;
  readonly notes: RequestBeside['callNotes'];
}

/** What was agreed on the telephone about this request. */
export function BesideCalls({ requestId, notes }: Props) {
  const styles = useStyles();
  const now = useNow();
  const mayNote = useMay('request.triage');
  const [noting, setNoting] = useState(false);
  return (
    <section>
      <div className={styles.head}>
        <Subtitle2 as="h2">{say('beside.calls')}</Subtitle2>
        {mayNote && !noting ? (
          <Button size="small" onClick={() => setNoting(true)}>
            {say('today.note')}
          </Button>
        ) : null}
      </div>
      {notes.length === 0 && !noting ? <Text className={styles.quiet}>{say('beside.noCalls')}</Text> : null}
      <ul className={styles.list}>
        {notes.map(({ id, at, by, who, agreed, byOn, done }) => (
          <li key={id}>
            {say('beside.call', { who, agreed })}{' '}
            {byOn ? say(done ? 'beside.callDone' : 'beside.callBy', { when: sayCalendarDay(byOn, now) }) : null}{' '}
            <Text size={200} className={styles.quiet}>
              {by} · <When at={at} as="ago" />
            </Text>
          </li>
        ))}
      </ul>
      {noting ? <CallNoteLine about={{ requestId }} onClose={() => setNoting(false)} /> : null}
    </section>
  );
}
