import { Checkbox, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { Link } from 'react-router';
import type { RequestRow } from '../../bot/requests/contract.js';
import type { WorkloadOf } from '../../bot/requests/workload-contract.js';
import { paths } from '../paths.js';
import { Due } from '../requests/Due.js';
import { whoFor } from '../requests/request-columns.js';
import { When } from '../ui/When.js';
import { say, wordFor } from '../words.js';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: `${tokens.spacingVerticalXS} 0 0`, padding: 0 },
  line: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    minHeight: '40px',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  words: { display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 },
  first: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS },
  grow: { flexGrow: 1 },
  small: { fontSize: tokens.fontSizeBase200, textAlign: 'right' },
  link: { color: tokens.colorBrandForegroundLink },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly title: string;
  /** What an empty list says; without it an empty list is not shown. */
  readonly none?: string;
  readonly rows: readonly RequestRow[];
  readonly other?: WorkloadOf['coming'][number]['other'];
  /** Null where nothing can be handed over. */
  readonly ticked: ReadonlySet<string> | null;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
}

/** Requests to be gone through and handed over. */
export function TickedRequests({ title, none, rows, other = [], ticked, onTick }: Props) {
  const styles = useStyles();
  if (rows.length + other.length === 0 && !none) return null;
  return (
    <section>
      <Subtitle2 as="h3">{title}</Subtitle2>
      {rows.length + other.length === 0 ? (
        <Text as="p" block className={styles.quiet}>
          {none}
        </Text>
      ) : null}
      <ul className={styles.list}>
        {rows.map((row) => (
          <li key={row.id} className={styles.line}>
            {ticked ? <Tick row={row} ticked={ticked} onTick={onTick} /> : null}
            <span className={styles.words}>
              <span className={styles.first}>
                <Link to={paths.request(row.reference)} className={styles.link}>
                  {row.reference}
                </Link>
                <span>{say('requests.needFor', { need: say(`need.${row.need}`), who: whoFor(row) })}</span>
              </span>
              <Text size={200} className={styles.quiet}>
                {row.school?.name}
              </Text>
            </span>
            <span className={styles.small}>
              <Due request={row} />
            </span>
          </li>
        ))}
        {other.map(({ kind, id, reference, at }) => (
          <li key={id} className={styles.line}>
            {reference ? (
              <Link to={paths.review(reference)} className={styles.link}>
                {reference}
              </Link>
            ) : null}
            <span className={styles.grow}>{wordFor('workload.other', kind) ?? kind}</span>
            <When at={at} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Tick({ row, ticked, onTick }: Pick<Props, 'onTick'> & { row: RequestRow; ticked: ReadonlySet<string> }) {
  const press = () => {
    const next = new Set(ticked);
    if (!next.delete(row.id)) next.add(row.id);
    onTick(next);
  };
  return (
    <Checkbox aria-label={say('list.tick', { name: row.reference })} checked={ticked.has(row.id)} onChange={press} />
  );
}
