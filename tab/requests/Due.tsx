import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { RequestRow } from '../../bot/requests/contract.js';
import { sayExact, sayNearDay, sayWhen } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  overdue: { color: tokens.colorStatusDangerForeground3, fontWeight: tokens.fontWeightSemibold },
});

/** By when it is to be answered. `short` where a heading already says "due". */
export function Due({
  request,
  short = false,
}: {
  readonly request: Pick<RequestRow, 'dueAt' | 'overdue'>;
  readonly short?: boolean;
}) {
  const styles = useStyles();
  const now = useNow();
  if (request.dueAt === null) return short ? <span>{say('requests.noDue')}</span> : null;
  const at = Date.parse(request.dueAt);
  const due = short ? sayWhen(at, now) : say('requests.due', { when: sayWhen(at, now) });
  const words = request.overdue ? say('requests.overdue', { when: sayNearDay(at, now) }) : due;
  return (
    <time dateTime={request.dueAt} title={sayExact(at)} className={mergeClasses(request.overdue && styles.overdue)}>
      {words}
    </time>
  );
}
