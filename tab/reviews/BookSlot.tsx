import { Button, Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { sayDay, sayTime } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import { needsAsking, type Plan, type Slot } from './plan.js';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    rowGap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    position: 'sticky',
    bottom: tokens.spacingVerticalM,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly plan: Plan;
  readonly slot: Slot;
  readonly busy: boolean;
  readonly onBook: (acceptUnknown: boolean) => void;
}

/** The deliberate last step: how many are invited, and that those whose calendar is not known were asked. */
export function BookSlot({ plan, slot, busy, onBook }: Props) {
  const styles = useStyles();
  const now = useNow();
  const [asked, setAsked] = useState(false);
  const startsAt = Date.parse(slot.startsAt);
  const mustAsk = needsAsking(plan, slot);
  const count = plan.people.filter(({ invited }) => invited).length;
  return (
    <div className={styles.root}>
      <Text weight="semibold">{say('plan.chosen', { day: sayDay(startsAt, now), time: sayTime(startsAt) })}</Text>
      {mustAsk ? (
        <Checkbox
          checked={asked}
          label={say('plan.accept')}
          onChange={(_event, { checked }) => setAsked(checked === true)}
        />
      ) : null}
      <Button
        appearance="primary"
        disabledFocusable={busy || (mustAsk && !asked)}
        onClick={() => onBook(mustAsk && asked)}
      >
        {say('plan.bookFor', { count })}
      </Button>
      <Text size={200} className={styles.quiet}>
        {say(mustAsk && !asked ? 'plan.acceptFirst' : 'plan.bookHint')}
      </Text>
    </div>
  );
}
