import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { ComponentType } from 'react';
import { say } from '../words.js';
import { asList, emptyOf } from './shape.js';
import type { EditorProps } from './editor-props.js';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    border: 'none',
    margin: 0,
    padding: 0,
    minWidth: 0,
  },
  legend: { padding: 0, marginBottom: tokens.spacingVerticalS, fontWeight: tokens.fontWeightSemibold },
  said: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
  line: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) max-content',
    alignItems: 'end',
    columnGap: tokens.spacingHorizontalM,
    paddingBottom: tokens.spacingVerticalM,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
});

interface Props extends EditorProps<'list'> {
  /** The editor of one line, handed in because a line may hold anything that an editor edits. */
  readonly Editor: ComponentType<EditorProps>;
}

/** Lines that can be added and taken off. */
export function ListEditor({ shape, label, value, onChange, titled, Editor }: Props) {
  const styles = useStyles();
  const lines = asList(value);
  return (
    <fieldset className={styles.root}>
      <legend className={titled ? styles.said : styles.legend}>{label}</legend>
      {lines.length === 0 ? <Text>{say('settings.noLines')}</Text> : null}
      {lines.map((line, index) => (
        <div key={index} className={styles.line}>
          <Editor
            shape={shape.of}
            label={say('settings.line', { count: index + 1 })}
            required
            titled
            value={line}
            onChange={(next) => onChange(lines.map((one, at) => (at === index ? next : one)))}
          />
          <Button
            aria-label={say('settings.removeLine', { count: index + 1 })}
            onClick={() => onChange(lines.filter((_line, at) => at !== index))}
          >
            {say('settings.remove')}
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...lines, emptyOf(shape.of)])}>{say('settings.addLine')}</Button>
      </div>
    </fieldset>
  );
}
