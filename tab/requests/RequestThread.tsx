import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { happened } from '../ui/happened.js';
import { When } from '../ui/When.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: `${tokens.spacingVerticalS} 0 0`,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
  },
  entry: { paddingLeft: tokens.spacingHorizontalM, borderLeft: `2px solid ${tokens.colorNeutralStroke2}` },
  quiet: { color: tokens.colorNeutralForeground2 },
  body: {
    margin: `${tokens.spacingVerticalXS} 0 0`,
    padding: tokens.spacingHorizontalM,
    maxWidth: '68ch',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
});

/** What was said and done between the team and the school, in order. */
export function RequestThread({ entries }: { readonly entries: RequestDetail['thread'] }) {
  const styles = useStyles();
  return (
    <section>
      <Subtitle2 as="h2">{say('request.thread')}</Subtitle2>
      {entries.length === 0 ? <Text className={styles.quiet}>{say('request.threadEmpty')}</Text> : null}
      <ol className={styles.list}>
        {entries.map((entry) => (
          <li key={entry.id} className={styles.entry}>
            <Text size={200} className={styles.quiet}>
              <strong>{entry.by ?? say('happened.system')}</strong> · {happened(entry.kind)} ·{' '}
              <When at={entry.at} as="ago" />
            </Text>
            {entry.body ? (
              <Text as="p" block className={styles.body}>
                {entry.body}
              </Text>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );
}
