import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { Link } from 'react-router';
import type { WorkloadOf } from '../../bot/requests/workload-contract.js';
import { paths } from '../paths.js';
import { sayCalendarDay } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  list: { margin: `${tokens.spacingVerticalXS} 0 0`, paddingLeft: tokens.spacingHorizontalXL },
  quiet: { color: tokens.colorNeutralForeground2 },
  link: { color: tokens.colorBrandForegroundLink },
});

/** What was promised and is open: agreed on the telephone, a reply that waits, a request opened again. */
export function Promises({ promises }: Pick<WorkloadOf, 'promises'>) {
  const styles = useStyles();
  const now = useNow();
  return (
    <section>
      <Subtitle2 as="h3">{say('workload.promisesTitle')}</Subtitle2>
      {promises.length === 0 ? (
        <Text as="p" block className={styles.quiet}>
          {say('workload.noPromises')}
        </Text>
      ) : null}
      <ul className={styles.list}>
        {promises.map(({ id, kind, request, who, text, byOn }) => (
          <li key={id}>
            {say(`promise.${kind}`, { who })} {text}{' '}
            {byOn ? <strong>{say('beside.callBy', { when: sayCalendarDay(byOn, now) })}</strong> : null}{' '}
            {request ? (
              <Link to={paths.request(request.reference)} className={styles.link}>
                {request.reference}
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
