import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, useId, useState } from 'react';
import { codeOf } from '../failure.js';
import { ConcernDialog } from '../shell/ConcernDialog.js';
import { say } from '../words.js';
import { type CallNoteAbout, type CallNoteDraft, useCallNote } from './today-queries.js';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(8rem, 1fr) minmax(12rem, 3fr) 10rem max-content',
    gap: tokens.spacingHorizontalS,
    alignItems: 'end',
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
    '@media (max-width: 639px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  said: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  buttons: { display: 'flex', columnGap: tokens.spacingHorizontalS },
});

interface Props {
  readonly about?: CallNoteAbout;
  /** Whom the call was most likely with. */
  readonly who?: string;
  /** Where it was opened for one thing: closes it. */
  readonly onClose?: () => void;
}

const nothing: CallNoteAbout = {};

/** A call in one line: with whom, what was agreed, by when. Enter keeps it. */
export function CallNoteLine({ about = nothing, who = '', onClose }: Props) {
  const styles = useStyles();
  const named = useId();
  const empty: CallNoteDraft = { who, agreed: '', byOn: '' };
  const [draft, setDraft] = useState(empty);
  const [missing, setMissing] = useState(false);
  const clear = () => {
    setDraft(empty);
    onClose?.();
  };
  const keeping = useCallNote(about, clear);
  const keep = (notConcern: boolean) => {
    const lacks = draft.who.trim() === '' || draft.agreed.trim() === '';
    setMissing(lacks);
    if (!lacks) keeping.mutate({ draft, notConcern });
  };
  const byKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') keep(false);
    if (event.key === 'Escape') onClose?.();
  };
  const lack = (value: string) =>
    missing && value.trim() === '' ? { validationMessage: say('callNote.missing') } : {};
  const change = (part: Partial<CallNoteDraft>) => setDraft({ ...draft, ...part });
  return (
    <fieldset className={styles.root} onKeyDown={byKey} aria-labelledby={named}>
      <legend id={named} className={styles.said}>
        {say('callNote.title')}
      </legend>
      <Field label={say('callNote.who')} {...lack(draft.who)}>
        <Input value={draft.who} maxLength={80} onChange={(_event, { value }) => change({ who: value })} />
      </Field>
      <Field label={say('callNote.agreed')} {...lack(draft.agreed)}>
        <Input value={draft.agreed} maxLength={300} onChange={(_event, { value }) => change({ agreed: value })} />
      </Field>
      <Field label={say('callNote.byOn')}>
        <Input type="date" value={draft.byOn} onChange={(_event, { value }) => change({ byOn: value })} />
      </Field>
      <div className={styles.buttons}>
        <Button disabledFocusable={keeping.isPending} onClick={() => keep(false)}>
          {say('callNote.keep')}
        </Button>
        {onClose ? <Button onClick={onClose}>{say('cancel')}</Button> : null}
      </div>
      <ConcernDialog
        open={keeping.isError && codeOf(keeping.error) === 'concern'}
        onNo={() => keep(true)}
        onYes={() => {
          keeping.reset();
          clear();
        }}
        onClose={keeping.reset}
      />
    </fieldset>
  );
}
