import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { PlanDetail } from '../../bot/reviews/plan-contract.js';
import { sayCalendarDay, sayWhen } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  row: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(13rem, 1fr))',
    columnGap: tokens.spacingHorizontalL,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  acts: { display: 'flex', gap: tokens.spacingHorizontalS },
});

type Item = PlanDetail['items'][number];
interface Props {
  readonly label: string;
  readonly items: readonly Item[];
  readonly draft: boolean;
  readonly adjust: (itemId: string, startsAt: string | null, locked: boolean) => void;
}

export function PlanItems({ label, items, draft, adjust }: Props) {
  const styles = useStyles();
  const now = useNow();
  if (items.length === 0) return <Text className={styles.quiet}>{say('due.empty')}</Text>;
  return (
    <ul className={styles.list} aria-label={label}>
      {items.map((item) => (
        <li key={item.id} className={styles.row}>
          <div>
            <Text weight="semibold" block>
              {item.learner.label}
            </Text>
            <Text size={200} className={styles.quiet}>
              {item.what}
              {item.dueOn ? ` · ${say('planner.due', { on: sayCalendarDay(item.dueOn, now) })}` : ''}
            </Text>
          </div>
          <div>
            <Text block>{item.startsAt ? sayWhen(Date.parse(item.startsAt), now) : (item.why ?? '')}</Text>
            <Text size={200} className={styles.quiet}>
              {item.people.map(({ name }) => name).join(', ')}
            </Text>
          </div>
          <Acts item={item} draft={draft} adjust={adjust} />
        </li>
      ))}
    </ul>
  );
}

function Acts({ item, draft, adjust }: Pick<Props, 'draft' | 'adjust'> & { readonly item: Item }) {
  const styles = useStyles();
  const { startsAt } = item;
  if (item.reviewId) return <Text>{say('planner.sent')}</Text>;
  if (!startsAt || !draft) return null;
  const lock = item.locked ? say('planner.unlock') : say('planner.lock');
  return (
    <div className={styles.acts}>
      <Button
        size="small"
        aria-label={`${lock}: ${item.learner.label}`}
        onClick={() => adjust(item.id, startsAt, !item.locked)}
      >
        {lock}
      </Button>
      <Button
        size="small"
        aria-label={`${say('planner.remove')}: ${item.learner.label}`}
        onClick={() => adjust(item.id, null, false)}
      >
        {say('planner.remove')}
      </Button>
    </div>
  );
}
