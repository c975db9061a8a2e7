import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Radio,
  RadioGroup,
  SearchBox,
  Text,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { RequestRow } from '../../bot/requests/contract.js';
import { sayCalendarDay } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import { useHandOver } from './use-hand-over.js';
import { useMove } from './use-move.js';
import { usePlaces } from './use-places.js';

type Given = Pick<RequestRow, 'id' | 'reference' | 'version' | 'assignee'>;

interface Props {
  /** Empty while the dialog is closed. */
  readonly requests: readonly Given[];
  readonly onClose: () => void;
  /** Some of them have been given. */
  readonly onDone?: () => void;
}

/** Gives one request, or many at once, to somebody of the team. */
export function GiveDialog({ requests, onClose, onDone }: Props) {
  return (
    <Dialog open={requests.length > 0} onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        {requests.length > 0 ? <Give requests={requests} onClose={onClose} onDone={onDone} /> : null}
      </DialogSurface>
    </Dialog>
  );
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly awayUntil: string | null;
  readonly open: number;
}

function Give({ requests, onClose, onDone }: Omit<Props, 'onDone'> & { readonly onDone: (() => void) | undefined }) {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState('');
  const move = useMove();
  const handOver = useHandOver();
  const [only, ...more] = requests;
  const named = search.trim().toLowerCase();
  const team: readonly Person[] = usePlaces().people.filter(
    ({ id, name }) => (more.length > 0 || id !== only?.assignee?.id) && name.toLowerCase().includes(named),
  );
  const to = team.find(({ id }) => id === chosen);
  const title =
    only && more.length === 0
      ? say('give.title', { reference: only.reference })
      : say('give.many', { count: requests.length });
  const give = () => {
    if (!to || !only) return;
    if (more.length === 0) move.press({ request: only, move: 'give', to });
    else handOver.mutate({ requests, to });
    onDone?.();
    onClose();
  };
  return (
    <DialogBody>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>
        <Field label={say('give.search')}>
          <SearchBox value={search} onChange={(_event, { value }) => setSearch(value)} />
        </Field>
        <RadioGroup value={chosen} onChange={(_event, { value }) => setChosen(value)} aria-label={title}>
          {team.map((person) => (
            <Radio key={person.id} value={person.id} label={<PersonLabel person={person} />} />
          ))}
        </RadioGroup>
        {team.length === 0 ? <Text>{say('give.nobody')}</Text> : null}
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" disabledFocusable={!to} onClick={give}>
          {say('give.go')}
        </Button>
        <Button onClick={onClose}>{say('cancel')}</Button>
      </DialogActions>
    </DialogBody>
  );
}

/** With how much somebody has already, and until when they are away. */
function PersonLabel({ person }: { readonly person: Person }) {
  const now = useNow();
  const away = person.awayUntil && say('give.away', { when: sayCalendarDay(person.awayUntil, now) });
  return <>{[person.name, say('give.has', { count: person.open }), away].filter(Boolean).join(' · ')}</>;
}
