import { Button, Field, Input, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ChangeRow } from '../../bot/learners/register-contract.js';
import { useMay } from '../me.js';
import { paths } from '../paths.js';
import { Tag } from '../ui/Tag.js';
import { When } from '../ui/When.js';
import { say } from '../words.js';
import { dayOf } from './learner-columns.js';
import { useChangePress } from './learner-queries.js';

const useStyles = makeStyles({
  one: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
  quiet: { color: tokens.colorNeutralForeground2 },
  settle: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', columnGap: tokens.spacingHorizontalS },
});

/** One change of circumstance: what, since when, who is told and has seen it, and what this reader can do. */
export function ChangeItem({ change, named = false }: { readonly change: ChangeRow; readonly named?: boolean }) {
  const styles = useStyles();
  const press = useChangePress();
  return (
    <li className={styles.one}>
      <div className={styles.line}>
        {named ? <Link to={paths.learner(change.learnerId)}>{change.learner}</Link> : null}
        <Text weight="semibold">{say(`change.${change.kind}`)}</Text>
        {change.since ? <Text>{say('changes.since', { day: dayOf(change.since) })}</Text> : null}
        {change.backDated ? <Tag look="waiting">{say('changes.backDated')}</Tag> : null}
        <Text className={styles.quiet}>
          <When at={change.foundAt} as="ago" />
        </Text>
      </div>
      <Text className={styles.quiet}>
        {change.settledBecause
          ? say('changes.settled', { because: change.settledBecause })
          : say(`changes.telling.${change.telling}`)}
      </Text>
      {change.told.map(({ id, name, acknowledgedAt }) => (
        <Text key={id} className={styles.quiet}>
          {acknowledgedAt ? say('changes.seenBy', { name }) : say('changes.told', { name })}
        </Text>
      ))}
      {change.mine === 'to-acknowledge' ? (
        <div>
          <Button disabled={press.isPending} onClick={() => press.mutate({ id: change.id, kind: 'acknowledge' })}>
            {say('changes.acknowledge')}
          </Button>
        </div>
      ) : null}
      <Settle change={change} press={press} />
    </li>
  );
}

interface SettleProps {
  readonly change: ChangeRow;
  readonly press: ReturnType<typeof useChangePress>;
}

function Settle({ change, press }: SettleProps) {
  const styles = useStyles();
  const may = useMay('change.settle');
  const [because, setBecause] = useState('');
  if (!may || change.settledAt || change.telling === 'tell-both') return null;
  const settle = () => press.mutate({ id: change.id, kind: 'settle', version: change.version, because });
  return (
    <div className={styles.settle}>
      <Field label={say('changes.because')}>
        <Input value={because} maxLength={500} onChange={(_event, { value }) => setBecause(value)} />
      </Field>
      <Button disabled={because.trim().length < 5 || press.isPending} onClick={settle}>
        {say('changes.settle')}
      </Button>
    </div>
  );
}
