import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Text,
} from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { codeOf } from '../failure.js';
import { paths } from '../paths.js';
import { keys } from '../query-keys.js';
import { ConcernDialog } from '../shell/ConcernDialog.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';
import { type CallDraft, callOf, emptyCall, missingOf } from './log-call.js';
import { LogCallFields } from './LogCallFields.js';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Somebody rang or wrote: their request, in half a minute (product.md A.9). */
export function LogCallDialog({ open, onClose }: Props) {
  return (
    <Dialog open={open} onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>{open ? <LogCall onClose={onClose} /> : null}</DialogSurface>
    </Dialog>
  );
}

function LogCall({ onClose }: Pick<Props, 'onClose'>) {
  const [draft, setDraft] = useState<CallDraft>(emptyCall);
  const [tried, setTried] = useState(false);
  const logging = useLogCall(onClose);
  const missing = missingOf(draft);
  const send = (notConcern: boolean) => {
    setTried(true);
    if (missing.length === 0) logging.mutate({ draft, notConcern });
  };
  const byKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(false);
  };
  return (
    <DialogBody onKeyDown={byKey}>
      <DialogTitle>{say('logCall.title')}</DialogTitle>
      <DialogContent>
        <LogCallFields draft={draft} missing={tried ? missing : []} onChange={setDraft} />
        <Text size={200}>{say('logCall.hint')}</Text>
        <ConcernDialog
          open={logging.isError && codeOf(logging.error) === 'concern'}
          onNo={() => send(true)}
          onYes={onClose}
          onClose={logging.reset}
        />
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" disabledFocusable={logging.isPending} onClick={() => send(false)}>
          {say('logCall.send')}
        </Button>
        <Button onClick={onClose}>{say('cancel')}</Button>
      </DialogActions>
    </DialogBody>
  );
}

/** Opens the new request. A held concern is left to the dialog, which asks about it. */
function useLogCall(onDone: () => void) {
  const { api, nonce } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ draft, notConcern }: { readonly draft: CallDraft; readonly notConcern: boolean }) =>
      api.logRequest(callOf(draft, nonce(), notConcern)),
    onSuccess: ({ reference }) => {
      notify.done(say('logCall.sent', { reference }));
      void client.invalidateQueries({ queryKey: keys.requestLists });
      void client.invalidateQueries({ queryKey: keys.today });
      onDone();
      void navigate(paths.request(reference));
    },
    onError: (error) => {
      if (codeOf(error) !== 'concern') notify.refused(say(`failure.${codeOf(error)}`));
    },
  });
}
