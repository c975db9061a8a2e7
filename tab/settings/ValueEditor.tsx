import { Field, Input, makeStyles, Select, Switch, Textarea, tokens } from '@fluentui/react-components';
import { say } from '../words.js';
import type { EditorProps } from './editor-props.js';
import { NamedEditor } from './Named.js';
import { ListEditor } from './ListEditor.js';
import { RawEditor } from './RawEditor.js';
import { asGroup, labelOf, oneLine, weekdays, withField } from './shape.js';

const useStyles = makeStyles({
  group: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(10rem, 1fr))',
    gap: tokens.spacingHorizontalM,
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
  },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalS, fontWeight: tokens.fontWeightSemibold },
  said: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

/** A form for a value of any shape, made of its parts. */
export function ValueEditor({ shape, ...rest }: EditorProps) {
  switch (shape.kind) {
    case 'text':
      return <TextEditor shape={shape} {...rest} />;
    case 'number':
      return <NumberEditor shape={shape} {...rest} />;
    case 'choice':
      return <ChoiceEditor shape={shape} {...rest} />;
    case 'named':
      return <NamedEditor shape={shape} {...rest} />;
    case 'yes-no':
      return (
        <Switch
          label={rest.label}
          checked={rest.value === true}
          onChange={(_event, { checked }) => rest.onChange(checked)}
        />
      );
    case 'weekday':
      return <WeekdayEditor {...rest} />;
    case 'list':
      return <ListEditor shape={shape} {...rest} Editor={ValueEditor} />;
    case 'group':
      return <GroupEditor shape={shape} {...rest} />;
    case 'maybe':
      return (
        <ValueEditor {...rest} shape={shape.of} required={false} onChange={(value) => rest.onChange(value ?? null)} />
      );
    case 'raw':
      return <RawEditor {...rest} />;
  }
}

function TextEditor({ shape, label, value, required, onChange }: EditorProps<'text'>) {
  const text = typeof value === 'string' ? value : '';
  const change = (next: string) => onChange(next === '' && !required ? undefined : next);
  return (
    <Field label={label} required={required}>
      {shape.most > oneLine ? (
        <Textarea value={text} maxLength={shape.most} onChange={(_event, data) => change(data.value)} />
      ) : (
        <Input value={text} maxLength={shape.most} onChange={(_event, data) => change(data.value)} />
      )}
    </Field>
  );
}

function NumberEditor({ shape, label, value, required, onChange }: EditorProps<'number'>) {
  const { least, most } = shape;
  const hint =
    least !== null && most !== null ? say('settings.numberBetween', { least, most }) : say('settings.number');
  return (
    <Field label={label} hint={hint} required={required}>
      <Input
        type="number"
        inputMode="numeric"
        value={typeof value === 'number' ? String(value) : ''}
        onChange={(_event, data) => onChange(data.value === '' ? undefined : Number(data.value))}
      />
    </Field>
  );
}

function ChoiceEditor({ shape, label, value, required, onChange }: EditorProps<'choice'>) {
  return (
    <Field label={label} required={required}>
      <Select
        value={typeof value === 'string' ? value : ''}
        onChange={(_event, data) => onChange(data.value || undefined)}
      >
        {required ? null : <option value="">{say('settings.notSaid')}</option>}
        {shape.options.map((option) => (
          <option key={option} value={option}>
            {labelOf(option)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function WeekdayEditor({ label, value, required, onChange }: Omit<EditorProps, 'shape'>) {
  return (
    <Field label={label} required={required}>
      <Select
        value={typeof value === 'number' ? String(value) : ''}
        onChange={(_event, data) => onChange(Number(data.value) || undefined)}
      >
        <option value="">{say('settings.notSaid')}</option>
        {weekdays.map((day) => (
          <option key={day} value={day}>
            {say(`weekday.${day}`)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function GroupEditor({ shape, label, value, onChange, titled }: EditorProps<'group'>) {
  const styles = useStyles();
  return (
    <fieldset className={styles.group}>
      <legend className={titled ? styles.said : styles.legend}>{label}</legend>
      {shape.fields.map((field) => (
        <ValueEditor
          key={field.name}
          shape={field.shape}
          label={field.label}
          required={field.required}
          value={asGroup(value)[field.name]}
          onChange={(next) => onChange(withField(value, field.name, next))}
        />
      ))}
    </fieldset>
  );
}
