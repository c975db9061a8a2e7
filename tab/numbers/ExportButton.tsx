import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  Input,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { NumbersQuestion } from '../../bot/requests/numbers-contract.js';
import { say } from '../words.js';
import { useExport } from './numbers-queries.js';

/** The numbers as a file, once it has been said what for: that is kept. */
export function ExportButton({ question }: { readonly question: NumbersQuestion }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={(_event, data) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement>
        <Button>{say('numbers.export')}</Button>
      </DialogTrigger>
      <DialogSurface>{open ? <Export question={question} onDone={() => setOpen(false)} /> : null}</DialogSurface>
    </Dialog>
  );
}

function Export({ question, onDone }: { readonly question: NumbersQuestion; readonly onDone: () => void }) {
  const [reason, setReason] = useState('');
  const exporting = useExport(question, onDone);
  const ready = reason.trim().length >= 3;
  const send = () => ready && exporting.mutate(reason.trim());
  return (
    <DialogBody>
      <DialogTitle>{say('numbers.exportTitle')}</DialogTitle>
      <DialogContent>
        <Field label={say('numbers.exportReason')} hint={say('numbers.exportHint')} required>
          <Input
            value={reason}
            maxLength={200}
            onChange={(_event, { value }) => setReason(value)}
            onKeyDown={({ key }) => key === 'Enter' && send()}
          />
        </Field>
      </DialogContent>
      <DialogActions>
        <Button appearance="primary" disabledFocusable={!ready || exporting.isPending} onClick={send}>
          {say('numbers.exportGo')}
        </Button>
        <Button onClick={onDone}>{say('cancel')}</Button>
      </DialogActions>
    </DialogBody>
  );
}
