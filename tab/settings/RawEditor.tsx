import { Field, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { say } from '../words.js';
import type { EditorProps } from './editor-props.js';

/** JSON, for a value that has no form of its own. What is not JSON is kept on the screen and not passed on. */
export function RawEditor({ label, value, onChange }: Omit<EditorProps, 'shape'>) {
  const [text, setText] = useState(() => JSON.stringify(value, null, 2));
  const [wrong, setWrong] = useState(false);
  const change = (next: string) => {
    setText(next);
    try {
      onChange(JSON.parse(next));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <Field label={label} {...(wrong ? { validationMessage: say('settings.notJson') } : {})}>
      <Textarea value={text} rows={8} onChange={(_event, data) => change(data.value)} />
    </Field>
  );
}
