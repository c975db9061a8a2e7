import { makeStyles, tokens } from '@fluentui/react-components';
import { say } from '../words.js';
import { Due } from './Due.js';
import { whoFor } from './request-columns.js';
import { RequestState } from './RequestState.js';
import type { ListedRequest } from './use-request-rows.js';

const useStyles = makeStyles({
  line: {
    display: 'flex',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
  },
  grow: { flexGrow: 1, overflow: 'hidden', textOverflow: 'ellipsis' },
  small: { fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
});

/** A request in two lines. */
export function RequestCard({ row }: { readonly row: ListedRequest }) {
  const styles = useStyles();
  const place = [row.reference, row.school?.name].filter(Boolean).join(' · ');
  return (
    <>
      <span className={styles.line}>
        <span className={styles.grow}>
          {say('requests.needFor', { need: say(`need.${row.need}`), who: whoFor(row) })}
        </span>
        <RequestState request={row} />
      </span>
      <span className={`${styles.line} ${styles.small}`}>
        <span className={styles.grow}>{place}</span>
        <Due request={row} />
      </span>
    </>
  );
}
