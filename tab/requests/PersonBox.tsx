import { Combobox, Option } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PersonRow } from '../../bot/people/contract.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { useSettled } from '../ui/use-settled.js';

interface Props {
  readonly name: string;
  /** What was typed, by which nobody has been chosen. */
  readonly onName: (name: string) => void;
  readonly onPerson: (person: Pick<PersonRow, 'id' | 'name'>) => void;
}

/** Somebody of the staff list, or a name that is not in it. Passed through by a Field, which labels it. */
export function PersonBox({ name, onName, onPerson, ...labelled }: Props) {
  const { api } = useTab();
  const search = useSettled(name.trim(), 200);
  const { data } = useQuery({
    queryKey: keys.peopleNamed(search, 'any'),
    queryFn: () => api.searchPeople({ search, limit: 8 }),
    enabled: search.length >= 2,
    placeholderData: keepPreviousData,
  });
  const found = search.length >= 2 ? (data?.items ?? []) : [];
  return (
    <Combobox
      {...labelled}
      freeform
      autoFocus
      value={name}
      selectedOptions={[]}
      onChange={({ target }) => onName(target.value.slice(0, 80))}
      onOptionSelect={(_event, { optionValue }) => {
        const person = found.find(({ id }) => id === optionValue);
        if (person) onPerson(person);
      }}
    >
      {found.map((person) => (
        <Option key={person.id} value={person.id} text={person.name}>
          {[person.name, person.jobTitle, person.roles[0]?.school].filter(Boolean).join(', ')}
        </Option>
      ))}
    </Combobox>
  );
}
