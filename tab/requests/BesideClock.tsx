import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { openStates } from '../../bot/requests/request.js';
import { type Fact, Facts } from '../ui/Facts.js';
import { sayLength, sayWhen } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  list: { margin: `${tokens.spacingVerticalXS} 0 0`, paddingLeft: tokens.spacingHorizontalXL },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type Clocked = Pick<RequestDetail, 'state' | 'submittedAt' | 'clock'>;

/** How long the child has waited, how much of it for the school, each pause, and each step of the council's ladder. */
export function BesideClock({ request }: { readonly request: Clocked }) {
  const styles = useStyles();
  const now = useNow();
  const { pauses, steps } = request.clock;
  return (
    <section>
      <Subtitle2 as="h2">{say('clock.title')}</Subtitle2>
      <Facts facts={lengths(request, now)} />
      {pauses.length + steps.length > 0 ? (
        <ul className={styles.list}>
          {pauses.map(({ fromAt, untilAt, endedBy, owner }) => (
            <li key={fromAt}>
              {pauseWords(sayWhen(Date.parse(fromAt), now), untilAt && sayWhen(Date.parse(untilAt), now))}{' '}
              <Text size={200} className={styles.quiet}>
                {[endedBy && say(`pauseEnd.${endedBy}`), owner && say('clock.owner', { name: owner.name })]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </li>
          ))}
          {steps.map(({ step, at, sentence }) => (
            <li key={`${step} ${at}`}>
              {sentence}{' '}
              <Text size={200} className={styles.quiet}>
                {sayWhen(Date.parse(at), now)}
              </Text>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function lengths({ state, submittedAt, clock }: Clocked, now: number): Fact[] {
  const waited = clock.pauses.reduce(
    (sum, { fromAt, untilAt }) => sum + (untilAt ? Date.parse(untilAt) : now) - Date.parse(fromAt),
    0,
  );
  const child = { name: say('clock.child'), value: sayLength(Math.max(0, now - Date.parse(submittedAt))) };
  return [
    ...(openStates.includes(state) ? [child] : []),
    { name: say('clock.waiting'), value: waited > 0 ? sayLength(waited) : say('none') },
  ];
}

function pauseWords(from: string, until: string | null): string {
  return until ? say('clock.pause', { from, until }) : say('clock.pauseOpen', { from });
}
