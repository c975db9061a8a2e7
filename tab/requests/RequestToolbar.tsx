import { Button, makeStyles, SearchBox, Select, tokens } from '@fluentui/react-components';
import type { RefObject } from 'react';
import { sortColumns } from '../../bot/requests/triage-contract.js';
import { say } from '../words.js';
import { FilterButton } from './FilterButton.js';
import type { Triage } from './use-triage.js';

const useStyles = makeStyles({
  root: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'center' },
  search: { flexGrow: 1, minWidth: 0, maxWidth: '28rem' },
  sort: { minWidth: '5rem', maxWidth: '6.5rem' },
  keys: { minWidth: '32px' },
});

interface Props {
  readonly triage: Triage;
  readonly searchBox: RefObject<HTMLInputElement | null>;
  /** Null where there is no keyboard to speak of, nor columns to sort by. */
  readonly onKeys: (() => void) | null;
}

export function RequestToolbar({ triage, searchBox, onKeys }: Props) {
  const styles = useStyles();
  const leave = (key: string) => key === 'Escape' && searchBox.current?.blur();
  return (
    <div className={styles.root} role="search">
      <SearchBox
        className={styles.search}
        input={{ ref: searchBox }}
        maxLength={100}
        autoComplete="off"
        aria-label={say('requests.search')}
        placeholder={say('requests.searchShort')}
        value={triage.search}
        onChange={(_event, { value }) => triage.setSearch(value)}
        onKeyDown={({ key }) => void leave(key)}
      />
      <FilterButton triage={triage} />
      {onKeys && triage.reference === null ? null : <SortSelect triage={triage} />}
      {onKeys ? (
        <Button
          appearance="subtle"
          className={styles.keys}
          aria-label={say('app.keys')}
          title={say('app.keys')}
          onClick={onKeys}
        >
          {say('app.keysMark')}
        </Button>
      ) : null}
    </div>
  );
}

/** By what the list is sorted, where there are no columns to press. */
function SortSelect({ triage }: Pick<Props, 'triage'>) {
  const styles = useStyles();
  return (
    <Select
      className={styles.sort}
      aria-label={say('requests.sort')}
      value={triage.sort?.by ?? 'asked'}
      onChange={(_event, { value }) => triage.setSort(value)}
    >
      {sortColumns.map((column) => (
        <option key={column} value={column}>
          {say(`sort.${column}`)}
        </option>
      ))}
    </Select>
  );
}
