import { Field, Input, makeStyles, Radio, RadioGroup, Select, Subtitle2, tokens } from '@fluentui/react-components';
import { purposes } from '../../bot/reviews/review.js';
import { say } from '../words.js';
import { lengths, type Plan } from './plan.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  pair: {
    display: 'grid',
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    gap: tokens.spacingHorizontalM,
    '& select, & input': { minWidth: 0, width: '100%' },
  },
});

interface Props {
  readonly plan: Plan;
  readonly onChange: (plan: Plan) => void;
}

/** What kind of meeting: what for, how long, between which days, and where. */
export function PlanMeeting({ plan, onChange }: Props) {
  const styles = useStyles();
  const purposeOf = (text: string) => purposes.find((purpose) => purpose === text) ?? plan.purpose;
  return (
    <section className={styles.root}>
      <Subtitle2 as="h2">{say('plan.meeting')}</Subtitle2>
      <div className={styles.pair}>
        <Field label={say('plan.purpose')}>
          <Select
            value={plan.purpose}
            onChange={(_event, { value }) => onChange({ ...plan, purpose: purposeOf(value) })}
          >
            {purposes.map((purpose) => (
              <option key={purpose} value={purpose}>
                {say(`purpose.${purpose}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={say('plan.length')}>
          <Select
            value={String(plan.minutes)}
            onChange={(_event, { value }) => onChange({ ...plan, minutes: Number(value) })}
          >
            {lengths.map((minutes) => (
              <option key={minutes} value={minutes}>
                {say('plan.minutes', { count: minutes })}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={say('plan.earliest')}>
          <Input
            type="date"
            value={plan.earliestOn}
            onChange={(_event, { value }) => value && onChange({ ...plan, earliestOn: value })}
          />
        </Field>
        <Field label={say('plan.latest')}>
          <Input
            type="date"
            value={plan.latestOn}
            onChange={(_event, { value }) => value && onChange({ ...plan, latestOn: value })}
          />
        </Field>
      </div>
      <Where plan={plan} onChange={onChange} />
    </section>
  );
}

function Where({ plan, onChange }: Props) {
  return (
    <>
      <Field label={say('plan.how')}>
        <RadioGroup
          layout="horizontal"
          value={plan.online ? 'online' : 'room'}
          onChange={(_event, { value }) => onChange({ ...plan, online: value === 'online' })}
        >
          <Radio value="online" label={say('plan.online')} />
          <Radio value="room" label={say('plan.room')} />
        </RadioGroup>
      </Field>
      {plan.online ? null : (
        <Field label={say('plan.place')} hint={say('plan.placeHint')}>
          <Input
            value={plan.place}
            maxLength={120}
            onChange={(_event, { value }) => onChange({ ...plan, place: value })}
          />
        </Field>
      )}
    </>
  );
}
