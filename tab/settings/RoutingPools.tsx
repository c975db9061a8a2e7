import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  Select,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { RoutingChoices } from '../../bot/requests/contract.js';
import { useTab } from '../tab-context.js';
import { say } from '../words.js';
import type { Pool, Table } from './routing-draft.js';

const useStyles = makeStyles({
  pool: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    margin: `${tokens.spacingVerticalS} 0`,
    padding: tokens.spacingHorizontalM,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(14rem, 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  members: { display: 'flex', flexWrap: 'wrap', gridColumnStart: 1, gridColumnEnd: -1 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly table: Table;
  readonly places: RoutingChoices;
  readonly mayChange: boolean;
  readonly onChange: (table: Table) => void;
}

/** People who share what comes to them: the one with the least open gets the next. */
export function RoutingPools({ table, places, mayChange, onChange }: Props) {
  const styles = useStyles();
  const { nonce } = useTab();
  const put = (pools: readonly Pool[]) => onChange({ ...table, pools: [...pools] });
  return (
    <section>
      <Subtitle2 as="h3">{say('routing.pools')}</Subtitle2>
      <Text as="p" block className={styles.quiet}>
        {say('routing.poolsExplain')}
      </Text>
      {table.pools.map((pool, index) => (
        <PoolFields
          key={pool.id}
          {...{ pool, places, mayChange }}
          onChange={(next) => put(table.pools.map((one, at) => (at === index ? next : one)))}
          onRemove={() => put(table.pools.filter((_pool, at) => at !== index))}
        />
      ))}
      {mayChange ? (
        <Button onClick={() => put([...table.pools, { id: nonce(), name: '', members: [] }])}>
          {say('routing.addPool')}
        </Button>
      ) : null}
    </section>
  );
}

interface PoolProps {
  readonly pool: Pool;
  readonly places: RoutingChoices;
  readonly mayChange: boolean;
  readonly onChange: (pool: Pool) => void;
  readonly onRemove: () => void;
}

function PoolFields({ pool, places, mayChange, onChange, onRemove }: PoolProps) {
  const styles = useStyles();
  const toggle = (id: string, on: boolean) =>
    onChange({ ...pool, members: on ? [...pool.members, id] : pool.members.filter((one) => one !== id) });
  const toChannel = (id: string) => {
    const { channelId: _old, ...rest } = pool;
    onChange(id ? { ...rest, channelId: id } : rest);
  };
  return (
    <fieldset className={styles.pool} disabled={!mayChange}>
      <legend>{pool.name || say('routing.unnamed')}</legend>
      <Field label={say('routing.poolName')} required>
        <Input value={pool.name} maxLength={60} onChange={(_event, { value }) => onChange({ ...pool, name: value })} />
      </Field>
      {places.channels.length > 0 ? (
        <Field label={say('routing.poolChannel')}>
          <Select value={pool.channelId ?? ''} onChange={(_event, { value }) => toChannel(value)}>
            <option value="">{say('routing.usualChannel')}</option>
            {places.channels.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <div className={styles.members} role="group" aria-label={say('routing.members')}>
        {places.people.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={pool.members.includes(id)}
            onChange={(_event, { checked }) => toggle(id, checked === true)}
          />
        ))}
      </div>
      {mayChange ? (
        <div>
          <Button size="small" onClick={onRemove}>
            {say('routing.removePool')}
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}
