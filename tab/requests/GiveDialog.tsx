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
import type { RequestDetail } from '../../bot/requests/contract.js';
import { say } from '../words.js';
import { useMove } from './use-move.js';
import { useTeam } from './use-team.js';

interface Props {
  readonly request: RequestDetail;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Gives a request to somebody of the team. */
export function GiveDialog({ request, open, onClose }: Props) {
  return (
    <Dialog open={open} onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>{open ? <Give request={request} onClose={onClose} /> : null}</DialogSurface>
    </Dialog>
  );
}

function Give({ request, onClose }: Omit<Props, 'open'>) {
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState('');
  const move = useMove();
  const named = search.trim().toLowerCase();
  const team = useTeam('').filter(({ id, name }) => id !== request.assignee?.id && name.toLowerCase().includes(named));
  const to = team.find(({ id }) => id === chosen);
  const give = () => {
    if (!to) return;
    move.press({ request, move: 'give', to });
    onClose();
  };
  return (
    <DialogBody>
      <DialogTitle>{say('give.title', { reference: request.reference })}</DialogTitle>
      <DialogContent>
        <Field label={say('give.search')}>
          <SearchBox value={search} onChange={(_event, { value }) => setSearch(value)} />
        </Field>
        <RadioGroup
          value={chosen}
          onChange={(_event, { value }) => setChosen(value)}
          aria-label={say('give.title', { reference: request.reference })}
        >
          {team.map(({ id, name }) => (
            <Radio key={id} value={id} label={name} />
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
