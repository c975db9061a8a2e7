import { Field, Select, Text } from '@fluentui/react-components';
import { usePlaces } from '../requests/use-places.js';
import { say } from '../words.js';
import type { EditorProps } from './editor-props.js';
import type { Shape } from './shape.js';

type Of = Extract<Shape, { kind: 'named' }>['of'];

function useNames(of: Of): readonly { readonly id: string; readonly name: string }[] {
  const { people, schools, clusters } = usePlaces();
  return { person: people, school: schools, cluster: clusters }[of];
}

/** Somebody or some place that is kept by id, by name. */
export function Named({ of, id }: { readonly of: Of; readonly id: unknown }) {
  const names = useNames(of);
  return <Text>{names.find((one) => one.id === id)?.name ?? say('settings.nameUnknown')}</Text>;
}

export function NamedEditor({ shape, label, value, required, onChange }: EditorProps<'named'>) {
  const names = useNames(shape.of);
  return (
    <Field label={label} required={required}>
      <Select
        value={typeof value === 'string' ? value : ''}
        onChange={(_event, data) => onChange(data.value || (required ? '' : undefined))}
      >
        <option value="">{say('settings.notSaid')}</option>
        {names.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
