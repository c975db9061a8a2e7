import { Button, makeStyles, Spinner, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { paths } from '../paths.js';
import { useTab } from '../tab-context.js';
import { FailedState } from '../ui/FailedState.js';
import { say } from '../words.js';
import { BookSlot } from './BookSlot.js';
import { missingFrom, type Plan, reviewOf, type Slot, slotQuestion } from './plan.js';
import { useSchedule } from './review-queries.js';
import { SlotChoice } from './SlotChoice.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, alignItems: 'flex-start' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Finds times in the calendars of those invited and books the one chosen. */
export function PlanTimes({ plan }: { readonly plan: Plan }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const { api } = useTab();
  const [slot, setSlot] = useState<Slot | null>(null);
  const question = slotQuestion(plan);
  const asked = JSON.stringify(question);
  const finding = useMutation({
    mutationFn: async () => ({ asked, answer: await api.findSlots(question) }),
    onMutate: () => setSlot(null),
  });
  const booking = useSchedule((review) => void navigate(paths.review(review.reference)));
  const missing = missingFrom(plan);
  const found = finding.data?.asked === asked ? finding.data.answer : null;
  return (
    <section className={styles.root} aria-busy={finding.isPending}>
      <Subtitle2 as="h2">{say('plan.times')}</Subtitle2>
      <Text className={styles.quiet}>
        {say(missing ?? (finding.data && !found ? 'plan.changed' : 'plan.timesHint'))}
      </Text>
      <Button
        appearance={found && slot ? 'secondary' : 'primary'}
        disabledFocusable={missing !== null || finding.isPending}
        onClick={() => finding.mutate()}
      >
        {say('plan.find')}
      </Button>
      {finding.isPending ? <Spinner size="tiny" label={say('plan.finding')} /> : null}
      {finding.isError ? <FailedState error={finding.error} /> : null}
      {found ? <SlotChoice answer={found} chosen={slot} onChoose={setSlot} /> : null}
      {found && slot ? (
        <BookSlot
          key={slot.startsAt}
          plan={plan}
          slot={slot}
          busy={booking.isPending}
          onBook={(accepted) => booking.schedule(reviewOf(plan, slot.startsAt, accepted))}
        />
      ) : null}
    </section>
  );
}
