import { Select, Text } from '@fluentui/react-components';
import { z } from 'zod';
import { useSettings } from '../settings/setting-queries.js';
import { say } from '../words.js';

const services = z.array(z.object({ name: z.string() }));

interface Props {
  readonly value: string;
  readonly onChange: (service: string) => void;
}

/** The services that the council has named. Passed through by a Field, which labels it. */
export function ServiceSelect({ value, onChange, ...labelled }: Props) {
  const { data } = useSettings();
  const read = services.safeParse(data?.items.find(({ key }) => key === 'requests.services')?.value);
  const named = read.success ? read.data : [];
  if (data && named.length === 0) return <Text>{say('moveField.noServices')}</Text>;
  return (
    <Select {...labelled} value={value} onChange={(_event, chosen) => onChange(chosen.value)}>
      <option value="">{say('numbers.choose')}</option>
      {named.map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </Select>
  );
}
