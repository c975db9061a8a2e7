import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Me } from '../../bot/people/contract.js';
import { say } from '../words.js';
import { Facts } from './Facts.js';

const useStyles = makeStyles({ root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM } });

/** Whom to telephone about a child at risk of harm. */
export function Protection({ numbers }: { readonly numbers: Me['protection'] }) {
  const styles = useStyles();
  if (!numbers) return <Text>{say('protection.unset')}</Text>;
  const call = (number: string) => <Link href={`tel:${number.replace(/\s/g, '')}`}>{number}</Link>;
  return (
    <div className={styles.root}>
      <Text>{say('protection.now')}</Text>
      <Text weight="semibold">{say('protection.danger')}</Text>
      <Facts
        facts={[
          { name: say('protection.police'), value: call(numbers.police) },
          { name: say('protection.socialWork'), value: call(numbers.socialWork) },
          { name: say('protection.outOfHours'), value: call(numbers.outOfHours) },
        ]}
      />
    </div>
  );
}
