import {
  Button,
  Field,
  makeStyles,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Select,
  tokens,
} from '@fluentui/react-components';
import type { RequestRow } from '../../bot/requests/contract.js';
import { needs } from '../../bot/requests/request.js';
import { say } from '../words.js';
import { useTeam } from './use-team.js';
import type { FilterName, Triage } from './use-triage.js';

const useStyles = makeStyles({
  surface: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, width: '16rem' },
});

interface Props {
  readonly triage: Triage;
  readonly rows: readonly RequestRow[];
}

export function FilterButton({ triage, rows }: Props) {
  const count = Object.keys(triage.filters).length;
  return (
    <Popover trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <Button>{count > 0 ? say('requests.filtered', { count }) : say('requests.filter')}</Button>
      </PopoverTrigger>
      <PopoverSurface aria-label={say('requests.filter')}>
        <Choices triage={triage} rows={rows} />
      </PopoverSurface>
    </Popover>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

function Choices({ triage, rows }: Props) {
  const styles = useStyles();
  const team = useTeam('');
  return (
    <div className={styles.surface}>
      <Choice
        triage={triage}
        name="need"
        label={say('requests.filterNeed')}
        options={needs.map((need) => ({ value: need, label: say(`need.${need}`) }))}
      />
      <Choice triage={triage} name="school" label={say('requests.filterSchool')} options={schoolsOf(rows)} />
      <Choice
        triage={triage}
        name="who"
        label={say('requests.filterWho')}
        options={team.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Button onClick={triage.clearFilters}>{say('requests.filterClear')}</Button>
    </div>
  );
}

interface ChoiceProps {
  readonly triage: Triage;
  readonly name: FilterName;
  readonly label: string;
  readonly options: readonly Option[];
}

function Choice({ triage, name, label, options }: ChoiceProps) {
  return (
    <Field label={label}>
      <Select value={triage.filters[name] ?? ''} onChange={(_event, { value }) => triage.setFilter(name, value)}>
        <option value="">{say('requests.filterAny')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** The schools of the rows that have been read, by name. */
function schoolsOf(rows: readonly RequestRow[]): Option[] {
  const schools = new Map(rows.flatMap(({ school }) => (school ? [[school.id, school.name]] : [])));
  return [...schools]
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label));
}
