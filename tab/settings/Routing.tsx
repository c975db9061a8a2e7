import { makeStyles, Text, Title3, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { RoutingChoices } from '../../bot/requests/contract.js';
import type { SettingRow } from '../../bot/people/contract.js';
import { codeOf } from '../failure.js';
import { useMay } from '../me.js';
import { useKnownPlaces } from '../requests/use-places.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { say } from '../words.js';
import { emptyTable, type Table, tableOf, unfinished } from './routing-draft.js';
import { RoutingLines } from './RoutingLines.js';
import { RoutingPools } from './RoutingPools.js';
import { RoutingTrial } from './RoutingTrial.js';
import { SaveBar } from './SaveBar.js';
import { useChangeSetting, useSettings } from './setting-queries.js';

const useStyles = makeStyles({
  root: { height: '100%', overflow: 'auto' },
  page: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(16rem, 22rem)',
    gap: tokens.spacingHorizontalXXL,
    padding: tokens.spacingHorizontalL,
    alignItems: 'start',
    '@media (max-width: 1099px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  table: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalL, minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Who gets which request: the council's table, and what it would do with one. */
export function Routing() {
  const query = useSettings();
  const places = useKnownPlaces();
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  if (query.isPending || !places) return <PaneLoading />;
  const setting = query.data.items.find(({ key }) => key === 'requests.routing');
  if (!setting) return <EmptyState title={say('settings.empty')} explains={say('settings.emptyExplains')} />;
  return <Editor key={setting.changedAt} setting={setting} places={places} />;
}

function Editor({ setting, places }: { readonly setting: SettingRow; readonly places: RoutingChoices }) {
  const styles = useStyles();
  const mayChange = useMay('setting.change');
  const stored = tableOf(setting.value);
  const [draft, setDraft] = useState<Table>(stored ?? emptyTable);
  const [changed, setChanged] = useState(false);
  const saving = useChangeSetting(setting, () => setChanged(false));
  const change = (table: Table) => {
    setDraft(table);
    setChanged(true);
  };
  if (!stored) return <EmptyState title={say('routing.unreadable')} explains={say('routing.unreadableExplains')} />;
  const bad = unfinished(draft);
  const shared = { table: draft, places, mayChange, onChange: change };
  return (
    <div className={styles.root} tabIndex={0}>
      <div className={styles.page}>
        <div className={styles.table}>
          <div>
            <Title3 as="h2">{setting.title}</Title3>
            <Text as="p" block className={styles.quiet}>
              {setting.explains}
            </Text>
          </div>
          <RoutingLines {...shared} unfinished={bad} />
          <RoutingPools {...shared} />
          {changed ? (
            <SaveBar
              saving={saving.isPending}
              failed={saving.error ? codeOf(saving.error) : null}
              blocked={bad.length > 0 ? say('routing.unfinished', { count: bad.length }) : null}
              onSave={() => saving.mutate(draft)}
              onCancel={() => {
                setDraft(stored);
                setChanged(false);
              }}
            />
          ) : null}
        </div>
        <RoutingTrial table={changed ? draft : null} places={places} />
      </div>
    </div>
  );
}
