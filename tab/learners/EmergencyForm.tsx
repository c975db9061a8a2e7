import {
  Button,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Textarea,
  tokens,
} from '@fluentui/react-components';
import { type FormEvent, useState } from 'react';
import { codeOf } from '../failure.js';
import { sayTime } from '../ui/dates.js';
import { say } from '../words.js';
import { useOpenRecord } from './emergency-queries.js';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, maxWidth: '28rem' },
});

/** Number, birth date and a reason: nothing can be searched for here, so nothing can be learnt by trying. */
export function EmergencyForm() {
  const styles = useStyles();
  const [given, setGiven] = useState({ scn: '', bornOn: '', reason: '' });
  const opening = useOpenRecord();
  const digits = given.scn.replaceAll(/\s/g, '');
  const ready = /^\d{9}$/.test(digits) && given.bornOn !== '' && given.reason.trim().length >= 10;
  const set = (part: Partial<typeof given>) => setGiven({ ...given, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !opening.isPending) opening.mutate({ ...given, scn: digits, reason: given.reason.trim() });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field label={say('emergency.number')} hint={say('emergency.numberHint')} required>
        <Input
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          value={given.scn}
          onChange={(_, { value }) => set({ scn: value })}
        />
      </Field>
      <Field label={say('emergency.born')} required>
        <Input
          type="date"
          autoComplete="off"
          value={given.bornOn}
          onChange={(_, { value }) => set({ bornOn: value })}
        />
      </Field>
      <Field label={say('emergency.reason')} hint={say('emergency.reasonHint')} required>
        <Textarea maxLength={1000} value={given.reason} onChange={(_, { value }) => set({ reason: value })} />
      </Field>
      <Button type="submit" appearance="primary" disabledFocusable={!ready || opening.isPending}>
        {say('emergency.open')}
      </Button>
      {opening.isSuccess ? (
        <MessageBar intent="success">
          <MessageBarBody>
            {say('emergency.opened', { until: sayTime(Date.parse(opening.data.endsAt)) })}
          </MessageBarBody>
        </MessageBar>
      ) : null}
      {opening.isError ? (
        <MessageBar intent="error">
          <MessageBarBody>
            {codeOf(opening.error) === 'not-found' ? say('emergency.none') : say(`failure.${codeOf(opening.error)}`)}
          </MessageBarBody>
        </MessageBar>
      ) : null}
    </form>
  );
}
