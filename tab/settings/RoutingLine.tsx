import { Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import type { RoutingChoices } from '../../bot/requests/contract.js';
import { levels, needs, urgencies } from '../../bot/requests/request.js';
import { say, wordFor } from '../words.js';
import { choiceOf, destinationOf, type Line, placeOf, type Pool, withCriterion, withPlace } from './routing-draft.js';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(6.75rem, 1fr))',
    gap: tokens.spacingHorizontalS,
    alignItems: 'center',
  },
  to: {
    gridColumnStart: 1,
    gridColumnEnd: -1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
  },
  grow: { flexGrow: 1, flexBasis: '9rem', minWidth: 0 },
  wrong: { color: tokens.colorStatusDangerForeground1 },
});

interface Props {
  readonly line: Line;
  readonly number: number;
  readonly places: RoutingChoices;
  readonly pools: readonly Pool[];
  readonly mayChange: boolean;
  readonly wrong: boolean;
  readonly onChange: (line: Line) => void;
}

const criteria = [
  { name: 'need', values: needs },
  { name: 'level', values: levels },
  { name: 'urgency', values: urgencies },
] as const;

/** One line: what it asks about, and where it leads, all by name. */
export function RoutingLine({ line, number, places, pools, mayChange, wrong, onChange }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.root} role="group" aria-label={say('settings.line', { count: number })}>
      {criteria.map(({ name, values }) => (
        <Select
          key={name}
          disabled={!mayChange}
          aria-label={say(`filter.${name}`)}
          value={line[name] ?? ''}
          onChange={(_event, { value }) => onChange(withCriterion(line, name, value))}
        >
          <option value="">{say(`routing.any.${name}`)}</option>
          {values.map((value) => (
            <option key={value} value={value}>
              {wordFor(name, value) ?? value}
            </option>
          ))}
        </Select>
      ))}
      <PlaceSelect line={line} places={places} mayChange={mayChange} onChange={onChange} />
      <div className={styles.to}>
        <span aria-hidden="true">{say('routing.arrow')}</span>
        <ToSelect line={line} places={places} pools={pools} mayChange={mayChange} onChange={onChange} />
        {line.to.kind === 'queue' ? (
          <Input
            className={styles.grow}
            disabled={!mayChange}
            aria-label={say('routing.queueName')}
            placeholder={say('routing.queueName')}
            value={line.to.name}
            maxLength={60}
            onChange={(_event, { value }) => onChange({ ...line, to: { kind: 'queue', name: value } })}
          />
        ) : null}
        {wrong ? <span className={styles.wrong}>{say('routing.wrong')}</span> : null}
      </div>
    </div>
  );
}

type PartProps = Pick<Props, 'line' | 'places' | 'mayChange' | 'onChange'>;

function PlaceSelect({ line, places, mayChange, onChange }: PartProps) {
  return (
    <Select
      disabled={!mayChange}
      aria-label={say('routing.where')}
      value={placeOf(line)}
      onChange={(_event, { value }) => onChange(withPlace(line, value))}
    >
      <option value="">{say('routing.any.place')}</option>
      <Options label={say('filter.cluster')} kind="cluster" of={places.clusters} />
      <Options
        label={say('routing.locality')}
        kind="locality"
        of={places.localities.map((name) => ({ id: name, name }))}
      />
      <Options label={say('filter.school')} kind="school" of={places.schools} />
    </Select>
  );
}

function ToSelect({ line, places, pools, mayChange, onChange }: PartProps & Pick<Props, 'pools'>) {
  return (
    <Select
      className={useStyles().grow}
      disabled={!mayChange}
      aria-label={say('routing.to')}
      value={choiceOf(line.to)}
      onChange={(_event, { value }) => onChange({ ...line, to: destinationOf(value) })}
    >
      <option value="worker">{say('routing.worker')}</option>
      <option value="queue">{say('routing.queue')}</option>
      <Options label={say('routing.pools')} kind="pool" of={pools} />
      <Options label={say('routing.people')} kind="person" of={places.people} />
      <Options label={say('routing.channels')} kind="channel" of={places.channels} />
    </Select>
  );
}

interface OptionsProps {
  readonly label: string;
  readonly kind: string;
  readonly of: readonly { readonly id: string; readonly name: string }[];
}

function Options({ label, kind, of }: OptionsProps) {
  if (of.length === 0) return null;
  return (
    <optgroup label={label}>
      {of.map(({ id, name }) => (
        <option key={id} value={`${kind} ${id}`}>
          {name || say('routing.unnamed')}
        </option>
      ))}
    </optgroup>
  );
}
