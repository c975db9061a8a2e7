import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { say } from '../words.js';
import type { RequestRows } from './use-request-rows.js';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    padding: `0 ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  grow: { flexGrow: 1 },
});

/** What happened to the list since it was last brought up to date, and the press that does so. */
export function ListNews({ list }: { readonly list: RequestRows }) {
  const styles = useStyles();
  const { fresh, changes } = list;
  const news = [
    fresh > 0 ? say('requests.fresh', { count: fresh }) : '',
    changes > 0 ? say('requests.changed', { count: changes }) : '',
  ].filter(Boolean);
  return (
    <div role="status">
      {news.length > 0 ? (
        <div className={styles.root}>
          <Text className={styles.grow}>{news.join(', ')}</Text>
          <Button appearance="transparent" size="small" onClick={list.settle}>
            {say('requests.settle')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
