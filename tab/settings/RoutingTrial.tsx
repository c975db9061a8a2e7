import { Button, Field, makeStyles, Select, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { RoutingChoices, SimulatedRouting } from '../../bot/requests/contract.js';
import { type Level, levels, type Need, needs, urgencies, type Urgency } from '../../bot/requests/request.js';
import { codeOf } from '../failure.js';
import { useTab } from '../tab-context.js';
import { sayWhen } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say, wordFor } from '../words.js';
import type { Table } from './routing-draft.js';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    rowGap: tokens.spacingVerticalM,
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  list: { margin: `${tokens.spacingVerticalXS} 0 0`, paddingLeft: tokens.spacingHorizontalL },
});

interface Props {
  /** The table as it is being changed; null for the one in force. */
  readonly table: Table | null;
  readonly places: RoutingChoices;
}

interface Asked {
  readonly need: Need;
  readonly level: Level;
  readonly urgency: Urgency;
  readonly schoolId: string;
}

const criteria = [
  { name: 'need', values: needs },
  { name: 'level', values: levels },
  { name: 'urgency', values: urgencies },
] as const;

/** What would happen to this request? */
export function RoutingTrial({ table, places }: Props) {
  const styles = useStyles();
  const { api } = useTab();
  const [asked, setAsked] = useState<Asked>({
    ...{ need: 'attendance', level: 'learner', urgency: 'this-week', schoolId: '' },
  });
  const trial = useMutation({
    mutationFn: () => {
      const { schoolId, ...rest } = asked;
      return api.simulateRouting({ ...rest, ...(schoolId ? { schoolId } : {}), ...(table ? { table } : {}) });
    },
  });
  const change = (name: string, value: string) => {
    setAsked({ ...asked, [name]: value });
    trial.reset();
  };
  return (
    <section className={styles.root} aria-label={say('trial.title')}>
      <Subtitle2 as="h3">{say('trial.title')}</Subtitle2>
      {criteria.map(({ name, values }) => (
        <Field key={name} label={say(`filter.${name}`)}>
          <Select value={asked[name]} onChange={(_event, { value }) => change(name, value)}>
            {values.map((value) => (
              <option key={value} value={value}>
                {wordFor(name, value) ?? value}
              </option>
            ))}
          </Select>
        </Field>
      ))}
      <Field label={say('filter.school')}>
        <Select value={asked.schoolId} onChange={(_event, { value }) => change('schoolId', value)}>
          <option value="">{say('none')}</option>
          {places.schools.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Button disabledFocusable={trial.isPending} onClick={() => trial.mutate()}>
        {say(table ? 'trial.goDraft' : 'trial.go')}
      </Button>
      <div role="status">
        {trial.data ? <Outcome outcome={trial.data} /> : null}
        {trial.isError ? <Text>{say(`failure.${codeOf(trial.error)}`)}</Text> : null}
      </div>
    </section>
  );
}

function Outcome({ outcome }: { readonly outcome: SimulatedRouting }) {
  const styles = useStyles();
  const now = useNow();
  const to = outcome.assignee?.name ?? outcome.to.name;
  return (
    <>
      <Text weight="semibold" block>
        {outcome.line === null ? say('trial.byRest', { to }) : say('trial.byLine', { to, line: outcome.line })}
      </Text>
      <ul className={styles.list}>
        {outcome.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {outcome.channel ? <li>{say('trial.channel', { name: outcome.channel })}</li> : null}
        <li>
          {outcome.dueAt ? say('trial.due', { when: sayWhen(Date.parse(outcome.dueAt), now) }) : say('requests.noDue')}
        </li>
      </ul>
    </>
  );
}
