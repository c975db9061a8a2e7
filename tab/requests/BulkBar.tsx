import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { useMe } from '../me.js';
import { say } from '../words.js';
import { GiveDialog } from './GiveDialog.js';
import { useHandOver } from './use-hand-over.js';
import type { RequestSelection } from './use-selection.js';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground4,
  },
  grow: { flexGrow: 1 },
});

/** What can be done with all that is ticked. */
export function BulkBar({ selection }: { readonly selection: RequestSelection }) {
  const styles = useStyles();
  const me = useMe();
  const [giving, setGiving] = useState(false);
  const handOver = useHandOver();
  const { rows } = selection;
  if (rows.length === 0) return null;
  const take = () => {
    handOver.mutate({ requests: rows, to: me.person });
    selection.clear();
  };
  return (
    <div className={styles.root} role="group" aria-label={say('bulk.label')}>
      <Text role="status" className={styles.grow}>
        {say('bulk.ticked', { count: rows.length })}
      </Text>
      <Button size="small" appearance="primary" onClick={() => setGiving(true)}>
        {say('bulk.give')}
      </Button>
      <Button size="small" onClick={take}>
        {say('bulk.take')}
      </Button>
      <Button size="small" onClick={selection.clear}>
        {say('bulk.clear')}
      </Button>
      <GiveDialog requests={giving ? rows : []} onClose={() => setGiving(false)} onDone={selection.clear} />
    </div>
  );
}
