import { Link as Telephone, makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { WorkloadOf } from '../../bot/requests/workload-contract.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: `${tokens.spacingVerticalXS} 0 0`, padding: 0 },
  line: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS, padding: '2px 0' },
  grow: { flexGrow: 1 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Whom to ring first: those with the most requests open. */
export function Ring({ people }: { readonly people: WorkloadOf['ring'] }) {
  const styles = useStyles();
  if (people.length === 0) return null;
  return (
    <section>
      <Subtitle2 as="h3">{say('workload.ring')}</Subtitle2>
      <ul className={styles.list}>
        {people.map(({ id, name, jobTitle, school, telephone, email, requests }) => (
          <li key={id} className={styles.line}>
            <span className={styles.grow}>
              {name}{' '}
              <Text size={200} className={styles.quiet}>
                {[jobTitle, school, say('workload.ringRequests', { count: requests })].filter(Boolean).join(' · ')}
              </Text>
            </span>
            {telephone ? (
              <Telephone
                href={`tel:${telephone.replace(/\s/g, '')}`}
                aria-label={say('today.callPerson', { name, number: telephone })}
              >
                {telephone}
              </Telephone>
            ) : (
              <Text className={styles.quiet}>{email ?? say('workload.noNumber')}</Text>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
