import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Switch,
  Text,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { codeOf } from '../failure.js';
import { paths } from '../paths.js';
import { keys } from '../query-keys.js';
import { ConcernDialog } from '../shell/ConcernDialog.js';
import { useTab } from '../tab-context.js';
import { say } from '../words.js';
import type { Triage } from './use-triage.js';

interface Props {
  readonly triage: Triage;
  readonly onClose: () => void;
}

/** Keeps the filters and the order under a name. Search words are not kept: they may name a learner. */
export function SaveViewDialog({ triage, onClose }: Props) {
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const saving = useSaveView(triage, onClose);
  const failed = saving.isError ? codeOf(saving.error) : null;
  const save = (notConcern: boolean) => {
    if (name.trim() !== '') saving.mutate({ name: name.trim(), shared, notConcern });
  };
  return (
    <Dialog open onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('views.saveTitle')}</DialogTitle>
          <DialogContent>
            <Field label={say('views.name')} required>
              <Input
                value={name}
                maxLength={40}
                onChange={(_event, { value }) => setName(value)}
                onKeyDown={({ key }) => key === 'Enter' && save(false)}
              />
            </Field>
            <Switch
              label={say('views.withTeam')}
              checked={shared}
              onChange={(_event, { checked }) => setShared(checked)}
            />
            <Text as="p" block size={200}>
              {say('views.noSearch')}
            </Text>
            {failed && failed !== 'concern' ? <Text role="alert">{say(`failure.${failed}`)}</Text> : null}
            <ConcernDialog open={failed === 'concern'} onNo={() => save(true)} onYes={onClose} onClose={saving.reset} />
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              disabledFocusable={name.trim() === '' || saving.isPending}
              onClick={() => save(false)}
            >
              {say('save')}
            </Button>
            <Button onClick={onClose}>{say('cancel')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function useSaveView(triage: Triage, onDone: () => void) {
  const { api, nonce } = useTab();
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (view: { readonly name: string; readonly shared: boolean; readonly notConcern: boolean }) =>
      api.saveView({ ...view, nonce: nonce(), filters: triage.kept, sort: triage.sort }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: keys.views });
      onDone();
      void navigate(paths.requests(id));
    },
  });
}
