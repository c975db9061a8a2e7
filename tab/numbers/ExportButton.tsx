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
  Select,
} from '@fluentui/react-components';
import { useState } from 'react';
import { exportReasons, type NumbersQuestion } from '../../bot/requests/numbers-contract.js';
import { say } from '../words.js';
import type { ExportReason } from './numbers-calls.js';
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
  const [reason, setReason] = useState<ExportReason | null>(null);
  const exporting = useExport(question, onDone);
  return (
    <DialogBody>
      <DialogTitle>{say('numbers.exportTitle')}</DialogTitle>
      <DialogContent>
        <Field label={say('numbers.exportReason')} hint={say('numbers.exportHint')} required>
          <Select
            value={reason ?? ''}
            onChange={(_event, { value }) => setReason(exportReasons.find((one) => one === value) ?? null)}
          >
            <option value="">{say('numbers.choose')}</option>
            {exportReasons.map((one) => (
              <option key={one} value={one}>
                {say(`exportReason.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      </DialogContent>
      <DialogActions>
        <Button
          appearance="primary"
          disabledFocusable={reason === null || exporting.isPending}
          onClick={() => reason && exporting.mutate(reason)}
        >
          {say('numbers.exportGo')}
        </Button>
        <Button onClick={onDone}>{say('cancel')}</Button>
      </DialogActions>
    </DialogBody>
  );
}
