import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReviewDetail } from '../../bot/reviews/contract.js';
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
    rowGap: tokens.spacingVerticalS,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What happened to a review, in order. */
export function Happenings({ entries }: { readonly entries: ReviewDetail['thread'] }) {
  const styles = useStyles();
  if (entries.length === 0) return null;
  return (
    <section>
      <Subtitle2 as="h2">{say('review.thread')}</Subtitle2>
      <ol className={styles.list}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <Text size={200} className={styles.quiet}>
              <strong>{entry.by ?? say('happened.system')}</strong> · {happened(entry.kind)} ·{' '}
              <When at={entry.at} as="ago" />
            </Text>
          </li>
        ))}
      </ol>
    </section>
  );
}
