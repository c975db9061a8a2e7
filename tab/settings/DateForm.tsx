import { Button, Field, Input, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { say } from '../words.js';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(10rem, 1fr))',
    gap: tokens.spacingHorizontalM,
    alignItems: 'end',
    padding: tokens.spacingHorizontalM,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  buttons: { display: 'flex', columnGap: tokens.spacingHorizontalS },
  whole: { gridColumnStart: 1, gridColumnEnd: -1 },
});

/** Days 'YYYY-MM-DD', both inclusive. `who` and `cover` are ids, or '' for nobody. */
export interface DateDraft {
  readonly kind: string;
  readonly name: string;
  readonly who: string;
  readonly cover: string;
  readonly fromOn: string;
  readonly untilOn: string;
}

interface Choice {
  readonly label: string;
  /** What choosing nobody means; absent where somebody must be chosen. */
  readonly none?: string;
  readonly of: readonly { readonly id: string; readonly name: string }[];
}

interface Props {
  readonly who: Choice;
  readonly cover?: Choice;
  /** A date of the school calendar has a kind and a name; an absence has neither. */
  readonly named?: boolean;
  readonly pending: boolean;
  readonly onSave: (draft: DateDraft) => void;
  readonly onCancel: () => void;
}

const empty: DateDraft = { kind: 'holiday', name: '', who: '', cover: '', fromOn: '', untilOn: '' };
const kinds = ['term', 'in-service', 'holiday', 'closure'] as const;

/** One stretch of days: of a school or of the council, or of somebody who is away. */
export function DateForm({ who, cover, named = false, pending, onSave, onCancel }: Props) {
  const styles = useStyles();
  const [draft, setDraft] = useState(empty);
  const [wrong, setWrong] = useState(false);
  const change = (part: Partial<DateDraft>) => setDraft({ ...draft, ...part });
  const untilOn = draft.untilOn || draft.fromOn;
  const save = () => {
    const lacks = (named && draft.name.trim() === '') || (who.none === undefined && draft.who === '');
    const bad = lacks || draft.fromOn === '' || untilOn < draft.fromOn;
    setWrong(bad);
    if (!bad) onSave({ ...draft, untilOn });
  };
  return (
    <div className={styles.root} role="group" aria-label={say('calendars.add')}>
      {named ? (
        <>
          <Field label={say('calendars.kind')}>
            <Select value={draft.kind} onChange={(_event, { value }) => change({ kind: value })}>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {say(`dateKind.${kind}`)}
                </option>
              ))}
            </Select>
          </Field>
          <Field label={say('calendars.name')} required>
            <Input value={draft.name} maxLength={80} onChange={(_event, { value }) => change({ name: value })} />
          </Field>
        </>
      ) : null}
      <Chosen choice={who} value={draft.who} onChange={(value) => change({ who: value })} />
      {cover ? <Chosen choice={cover} value={draft.cover} onChange={(value) => change({ cover: value })} /> : null}
      <Field label={say('numbers.from')} required>
        <Input type="date" value={draft.fromOn} onChange={(_event, { value }) => change({ fromOn: value })} />
      </Field>
      <Field label={say('numbers.until')}>
        <Input type="date" value={untilOn} onChange={(_event, { value }) => change({ untilOn: value })} />
      </Field>
      {wrong ? (
        <Text role="alert" className={styles.whole}>
          {say('calendars.incomplete')}
        </Text>
      ) : null}
      <div className={styles.buttons}>
        <Button appearance="primary" disabledFocusable={pending} onClick={save}>
          {say('save')}
        </Button>
        <Button onClick={onCancel}>{say('cancel')}</Button>
      </div>
    </div>
  );
}

interface ChosenProps {
  readonly choice: Choice;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Chosen({ choice, value, onChange }: ChosenProps) {
  return (
    <Field label={choice.label} required={choice.none === undefined}>
      <Select value={value} onChange={(_event, data) => onChange(data.value)}>
        <option value="">{choice.none ?? say('numbers.choose')}</option>
        {choice.of.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
