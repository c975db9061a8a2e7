import { makeStyles, Text, tokens } from '@fluentui/react-components';
import { Link } from 'react-router';
import type { DueRow } from '../../bot/reviews/due-contract.js';
import { paths } from '../paths.js';
import { sayCalendarDay, sayWhen } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { Tag } from '../ui/Tag.js';
import { Why } from '../ui/Why.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: `0 ${tokens.spacingHorizontalM}` },
  row: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(14rem, 1fr))',
    columnGap: tokens.spacingHorizontalL,
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** One line a date: who, what and by when with its reason, and the meeting that is to meet it. */
export function DueList({ label, rows }: { readonly label: string; readonly rows: readonly DueRow[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={label}>
      {rows.map((row) => (
        <li key={`${row.learner.id} ${row.rule}`} className={styles.row}>
          <div>
            <Text weight="semibold" block>
              {row.learner.label}
            </Text>
            <Text size={200} className={styles.quiet}>
              {row.learner.stage ?? ''}
            </Text>
          </div>
          <When row={row} />
          <Meeting row={row} />
        </li>
      ))}
    </ul>
  );
}

function When({ row }: { readonly row: DueRow }) {
  const styles = useStyles();
  const now = useNow();
  const by = row.dueOn ? say('due.by', { on: sayCalendarDay(row.dueOn, now) }) : say('due.noDate');
  return (
    <div>
      <Text block>
        {row.what}
        {' · '}
        {row.dueOn ? (
          <time dateTime={row.dueOn} title={row.dueOn}>
            {by}
          </time>
        ) : (
          by
        )}
      </Text>
      {row.overdue ? (
        <Text size={200} block>
          {row.lateBecause ? say('due.late', { because: row.lateBecause }) : say('due.lateUnsaid')}
        </Text>
      ) : null}
      {row.why ? <Why of={row.what} because={[row.why, row.source ?? '']} /> : null}
      {row.together ? (
        <Text size={200} block className={styles.quiet}>
          {say('due.together', { by: sayCalendarDay(row.together.by, now), with: row.together.with.join(', ') })}
        </Text>
      ) : null}
    </div>
  );
}

function Meeting({ row: { booked, learner } }: { readonly row: DueRow }) {
  const styles = useStyles();
  const now = useNow();
  if (!booked)
    return (
      <div>
        <Text block className={styles.quiet}>
          {say('due.notBooked')}
        </Text>
        <Link to={paths.planForLearner(learner.id)}>{say('due.plan')}</Link>
      </div>
    );
  const when = sayWhen(Date.parse(booked.startsAt), now);
  return (
    <div>
      <Link to={paths.review(booked.reference)}>{say('due.booked', { reference: booked.reference, when })}</Link>
      <Text size={200} block className={styles.quiet}>
        {say(`due.convener.${booked.convener}`)}
      </Text>
      {booked.inTime ? null : <Tag look="bad">{say('due.bookedLate')}</Tag>}
      {booked.answers.map(({ service, accepted, invited }) => (
        <Text key={service} size={200} block>
          {say('due.answered', { service: say(`service.${service}`), accepted, invited })}
        </Text>
      ))}
    </div>
  );
}
