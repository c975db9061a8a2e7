import { Button, Field, makeStyles, SearchBox, Text, tokens } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PersonRow } from '../../bot/people/contract.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { say } from '../words.js';

const useStyles = makeStyles({ found: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS } });

/** Finds a member of staff by name. The words go in the body of the question, never in an address. */
export function AddPerson({ onAdd }: { readonly onAdd: (person: PersonRow) => void }) {
  const styles = useStyles();
  const { api } = useTab();
  const [search, setSearch] = useState('');
  const words = search.trim();
  const { data } = useQuery({
    queryKey: keys.peopleNamed(words, ''),
    queryFn: () => api.searchPeople({ search: words, limit: 8 }),
    enabled: words.length >= 2,
    placeholderData: (before) => before,
  });
  const found = words.length >= 2 ? data?.items : undefined;
  const add = (person: PersonRow) => {
    onAdd(person);
    setSearch('');
  };
  return (
    <Field label={say('plan.add')} hint={say('plan.addHint')}>
      <SearchBox value={search} onChange={(_event, { value }) => setSearch(value)} autoComplete="off" />
      <div className={styles.found} role="status">
        {found?.map((person) => (
          <Button key={person.id} size="small" onClick={() => add(person)}>
            {person.jobTitle ? say('plan.addPerson', { name: person.name, title: person.jobTitle }) : person.name}
          </Button>
        ))}
        {found?.length === 0 ? <Text>{say('plan.addNobody')}</Text> : null}
      </div>
    </Field>
  );
}
