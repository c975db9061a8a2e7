import { makeStyles, Title3, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { SettingRow } from '../../bot/people/contract.js';
import { useMay } from '../me.js';
import { EmptyState } from '../ui/EmptyState.js';
import { FailedState } from '../ui/FailedState.js';
import { PaneLoading } from '../ui/Loading.js';
import { say } from '../words.js';
import { SettingItem } from './SettingItem.js';
import { useSettings } from './setting-queries.js';

const useStyles = makeStyles({
  root: { height: '100%', overflow: 'auto' },
  page: {
    maxWidth: '48rem',
    padding: tokens.spacingHorizontalXL,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXXL,
  },
});

/** Has a page of its own, with a trial beside it. */
const ownPage = 'requests.routing';

/** The council's decisions, by who owns them. */
export function Decisions() {
  const styles = useStyles();
  const mayChange = useMay('setting.change');
  const query = useSettings();
  const [editing, setEditing] = useState<string | null>(null);
  if (query.isPending) return <PaneLoading />;
  if (query.isError) return <FailedState error={query.error} again={() => void query.refetch()} />;
  const groups = byGroup(query.data.items.filter(({ key }) => key !== ownPage));
  if (groups.length === 0) return <EmptyState title={say('settings.empty')} explains={say('settings.emptyExplains')} />;
  return (
    <div className={styles.root} tabIndex={0}>
      <div className={styles.page}>
        {groups.map(([group, settings]) => (
          <section key={group}>
            <Title3 as="h2">{group}</Title3>
            {settings.map((setting) => (
              <SettingItem
                key={setting.key}
                setting={setting}
                mayChange={mayChange}
                editing={editing === setting.key}
                onEditing={(on) => setEditing(on ? setting.key : null)}
              />
            ))}
          </section>
        ))}
      </div>
    </div>
  );
}

function byGroup(settings: readonly SettingRow[]): [string, SettingRow[]][] {
  const groups = new Map<string, SettingRow[]>();
  for (const setting of settings) groups.set(setting.group, [...(groups.get(setting.group) ?? []), setting]);
  return [...groups];
}
