import {
  Checkbox,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Subtitle2,
  Switch,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { ReviewProposal } from '../../bot/reviews/contract.js';
import { Tag } from '../ui/Tag.js';
import { say } from '../words.js';
import { AddPerson } from './AddPerson.js';
import { adding, type Plan, type PlannedPerson, withPerson } from './plan.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  one: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) max-content',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  why: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalS, paddingLeft: '40px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly plan: Plan;
  readonly cannotInvite: ReviewProposal['cannotInvite'];
  readonly onChange: (plan: Plan) => void;
}

/** Who should be there: those the learner's records name, with why, and whoever else the planner adds. */
export function PlanPeople({ plan, cannotInvite, onChange }: Props) {
  const styles = useStyles();
  return (
    <section className={styles.root}>
      <Subtitle2 as="h2">{say('plan.who')}</Subtitle2>
      <Text className={styles.quiet}>{say('plan.whoHint')}</Text>
      <ul className={styles.list}>
        {plan.people.map((person) => (
          <Person
            key={person.id}
            person={person}
            onChange={(change) => onChange(withPerson(plan, person.id, change))}
          />
        ))}
      </ul>
      <CannotInvite people={cannotInvite} />
      <AddPerson onAdd={(row) => onChange(adding(plan, row))} />
    </section>
  );
}

/** Nobody who should be there is silently left out. */
function CannotInvite({ people }: { readonly people: ReviewProposal['cannotInvite'] }) {
  if (people.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say('plan.cannotInvite')}</MessageBarTitle>
        {people.map(({ name, reason }) => say('plan.cannotInviteOne', { name, reason })).join('; ')}
      </MessageBarBody>
    </MessageBar>
  );
}

interface PersonProps {
  readonly person: PlannedPerson;
  readonly onChange: (change: Partial<Pick<PlannedPerson, 'invited' | 'required'>>) => void;
}

function Person({ person, onChange }: PersonProps) {
  const styles = useStyles();
  const service = say(`service.${person.service}`);
  return (
    <li className={styles.one}>
      <div>
        <Checkbox
          checked={person.invited}
          label={say('plan.person', { name: person.name, service })}
          onChange={(_event, { checked }) => onChange({ invited: checked === true })}
        />
        <div className={styles.why}>
          {person.why ? (
            <Text size={200} className={styles.quiet}>
              {person.why}
            </Text>
          ) : null}
          {person.calendarKnown ? null : <Tag look="waiting">{say('plan.calendarUnknown')}</Tag>}
        </div>
      </div>
      <Switch
        checked={person.required}
        disabled={!person.invited}
        label={say('plan.needed')}
        labelPosition="before"
        aria-label={say('plan.neededFor', { name: person.name })}
        onChange={(_event, { checked }) => onChange({ required: checked })}
      />
    </li>
  );
}
