import {
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { SlotAnswer } from '../../bot/reviews/contract.js';
import { dateOf, sayAgo, sayDay, sayTime } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import type { Slot } from './plan.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, width: '100%' },
  day: { display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly answer: SlotAnswer;
  readonly chosen: Slot | null;
  readonly onChoose: (slot: Slot) => void;
}

/** The times found, by day, each with its reason; who could not be read is said first and by name. */
export function SlotChoice({ answer, chosen, onChoose }: Props) {
  const styles = useStyles();
  const now = useNow();
  const choose = (startsAt: string) => {
    const slot = answer.slots.find((one) => one.startsAt === startsAt);
    if (slot) onChoose(slot);
  };
  return (
    <div className={styles.root}>
      <NotRead unknown={answer.unknown} />
      {answer.none ? (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{say('plan.none')}</MessageBarTitle>
            {answer.none}
          </MessageBarBody>
        </MessageBar>
      ) : null}
      <RadioGroup
        value={chosen?.startsAt ?? ''}
        onChange={(_event, { value }) => choose(value)}
        aria-label={say('plan.times')}
      >
        {byDay(answer.slots).map(([day, slots]) => (
          <Day key={day} slots={slots} />
        ))}
      </RadioGroup>
      {answer.readAt ? (
        <Text size={200} className={styles.quiet}>
          {say('plan.readAt', { when: sayAgo(Date.parse(answer.readAt), now) })}
        </Text>
      ) : null}
    </div>
  );
}

function NotRead({ unknown }: Pick<SlotAnswer, 'unknown'>) {
  if (unknown.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say('plan.unknownTitle', { count: unknown.length })}</MessageBarTitle>
        {unknown.map(({ name, reason }) => say('plan.unknownPerson', { name, reason: withoutStop(reason) })).join('; ')}
        . {say('plan.unknownMeans')}
      </MessageBarBody>
    </MessageBar>
  );
}

function Day({ slots }: { readonly slots: readonly Slot[] }) {
  const styles = useStyles();
  const now = useNow();
  const [first] = slots;
  if (!first) return null;
  return (
    <div className={styles.day}>
      <Subtitle2 as="h3">{sayDay(Date.parse(first.startsAt), now)}</Subtitle2>
      {slots.map((slot) => (
        <Radio
          key={slot.startsAt}
          value={slot.startsAt}
          label={
            <>
              {sayTime(Date.parse(slot.startsAt))}–{sayTime(Date.parse(slot.endsAt))}
              <Text size={200} block className={styles.quiet}>
                {reasonOf(slot)}
              </Text>
            </>
          }
        />
      ))}
    </div>
  );
}

/** The service's own reason, then who is busy or not known, by name. */
function reasonOf({ why, busy, unknown }: Slot): string {
  const names = (people: Slot['busy']) => people.map(({ name }) => name).join(', ');
  return [
    withoutStop(why),
    busy.length > 0 ? say('plan.busy', { names: names(busy) }) : '',
    unknown.length > 0 ? say('plan.unknown', { names: names(unknown) }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function byDay(slots: readonly Slot[]): [string, Slot[]][] {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) {
    const day = dateOf(Date.parse(slot.startsAt));
    days.set(day, [...(days.get(day) ?? []), slot]);
  }
  return [...days];
}

/** The service speaks in sentences; here they stand in a row. */
function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
