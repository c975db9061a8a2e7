import { Button, Field, makeStyles, Textarea, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { codeOf } from '../failure.js';
import { say } from '../words.js';
import { ConcernDialog } from '../shell/ConcernDialog.js';
import { Snippets } from './Snippets.js';
import { useMove } from './use-move.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  buttons: { display: 'flex', columnGap: tokens.spacingHorizontalS },
});

const words = {
  ask: { label: 'composer.ask', hint: 'composer.askHint', send: 'composer.sendAsk' },
  answer: { label: 'composer.answer', hint: 'composer.answerHint', send: 'composer.sendAnswer' },
} as const;

interface Props {
  readonly request: RequestDetail;
  readonly move: 'ask' | 'answer';
  readonly onDone: () => void;
}

/** Writes to the school. What is written stays here until the service has taken it. */
export function Composer({ request, move, onDone }: Props) {
  const styles = useStyles();
  const [body, setBody] = useState('');
  const [empty, setEmpty] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const sending = useMove();
  const { isSuccess } = sending;
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (isSuccess) onDone();
  }, [isSuccess, onDone]);
  const send = (notConcern: boolean) => {
    setEmpty(body.trim() === '');
    if (body.trim() !== '') sending.press({ request, move, words: { body: body.trim(), notConcern } });
  };
  const byKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(false);
    if (event.key === 'Escape' && body === '') onDone();
  };
  return (
    <div className={styles.root}>
      <Snippets onChoose={(text) => setBody(body === '' ? text : `${body}\n\n${text}`)} />
      <Field
        label={say(words[move].label)}
        hint={say(words[move].hint)}
        {...(empty ? { validationMessage: say('composer.empty') } : {})}
      >
        <Textarea
          textarea={{ ref: field }}
          value={body}
          rows={4}
          maxLength={4000}
          onChange={(_event, { value }) => setBody(value)}
          onKeyDown={byKey}
        />
      </Field>
      <div className={styles.buttons}>
        <Button appearance="primary" disabledFocusable={sending.isPending} onClick={() => send(false)}>
          {say(words[move].send)}
        </Button>
        <Button onClick={onDone}>{say('cancel')}</Button>
      </div>
      <ConcernDialog
        open={sending.isError && codeOf(sending.error) === 'concern'}
        onNo={() => send(true)}
        onYes={onDone}
        onClose={sending.reset}
      />
    </div>
  );
}
