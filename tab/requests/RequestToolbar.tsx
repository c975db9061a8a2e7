import { Button, makeStyles, SearchBox, tokens } from '@fluentui/react-components';
import type { RefObject } from 'react';
import type { RequestRow } from '../../bot/requests/contract.js';
import { say } from '../words.js';
import { FilterButton } from './FilterButton.js';
import type { Triage } from './use-triage.js';

const useStyles = makeStyles({
  root: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'center' },
  search: { flexGrow: 1, minWidth: 0, maxWidth: '28rem' },
});

interface Props {
  readonly triage: Triage;
  readonly rows: readonly RequestRow[];
  readonly searchBox: RefObject<HTMLInputElement | null>;
  /** Null where there is no keyboard to speak of. */
  readonly onKeys: (() => void) | null;
}

export function RequestToolbar({ triage, rows, searchBox, onKeys }: Props) {
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
      <FilterButton triage={triage} rows={rows} />
      {onKeys ? (
        <Button appearance="subtle" aria-label={say('app.keys')} title={say('app.keys')} onClick={onKeys}>
          {say('app.keysMark')}
        </Button>
      ) : null}
    </div>
  );
}
