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
import { useState } from 'react';
import { levels, needs, requestStates, urgencies } from '../../bot/requests/request.js';
import { dueWindows } from '../../bot/requests/triage-contract.js';
import { say } from '../words.js';
import { type FilterName, filterNames } from './question.js';
import { SaveViewDialog } from './SaveViewDialog.js';
import { usePlaces } from './use-places.js';
import { useTeam } from './use-team.js';
import type { Triage } from './use-triage.js';

const useStyles = makeStyles({
  surface: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(12rem, 1fr))',
    gap: tokens.spacingHorizontalM,
    width: 'min(28rem, calc(100vw - 3rem))',
  },
  short: { minWidth: 'auto', flexShrink: 0 },
  buttons: { gridColumnStart: 1, gridColumnEnd: -1, display: 'flex', columnGap: tokens.spacingHorizontalS },
});

/** What narrows the list, and the press that keeps it as a view. */
export function FilterButton({ triage }: { readonly triage: Triage }) {
  const [saving, setSaving] = useState(false);
  const [open, setOpen] = useState(false);
  const count = Object.keys(triage.filters).length;
  return (
    <>
      <Popover trapFocus open={open} onOpenChange={(_event, data) => setOpen(data.open)}>
        <PopoverTrigger disableButtonEnhancement>
          <Button className={useStyles().short}>
            {count > 0 ? say('requests.filtered', { count }) : say('requests.filter')}
          </Button>
        </PopoverTrigger>
        <PopoverSurface aria-label={say('requests.filter')}>
          <Choices
            triage={triage}
            onSave={() => {
              setOpen(false);
              setSaving(true);
            }}
          />
        </PopoverSurface>
      </Popover>
      {saving ? <SaveViewDialog triage={triage} onClose={() => setSaving(false)} /> : null}
    </>
  );
}

interface Option {
  readonly value: string;
  readonly label: string;
}

/** What each filter offers, by name. */
function useOptions(): Readonly<Record<FilterName, readonly Option[]>> {
  const { schools, clusters } = usePlaces();
  const team = useTeam('');
  const named = ({ id, name }: { readonly id: string; readonly name: string }) => ({ value: id, label: name });
  return {
    need: needs.map((need) => ({ value: need, label: say(`need.${need}`) })),
    level: levels.map((level) => ({ value: level, label: say(`level.${level}`) })),
    urgency: urgencies.map((urgency) => ({ value: urgency, label: say(`urgency.${urgency}`) })),
    state: requestStates.map((state) => ({ value: state, label: say(`state.${state}`) })),
    due: dueWindows.map((due) => ({ value: due, label: say(`dueWindow.${due}`) })),
    school: schools.map(named),
    cluster: clusters.map(named),
    who: [{ value: 'me', label: say('who.me') }, { value: 'nobody', label: say('nobody') }, ...team.map(named)],
  };
}

function Choices({ triage, onSave }: { readonly triage: Triage; readonly onSave: () => void }) {
  const styles = useStyles();
  const options = useOptions();
  return (
    <div className={styles.surface}>
      {filterNames.map((name) => (
        <Field key={name} label={say(`filter.${name}`)}>
          <Select value={triage.filters[name] ?? ''} onChange={(_event, { value }) => triage.setFilter(name, value)}>
            <option value="">{say('requests.filterAny')}</option>
            {options[name].map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        </Field>
      ))}
      <div className={styles.buttons}>
        <Button onClick={onSave}>{say('views.save')}</Button>
        <Button onClick={triage.clearFilters}>{say('requests.filterClear')}</Button>
      </div>
    </div>
  );
}
