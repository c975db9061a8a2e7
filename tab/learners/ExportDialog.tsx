import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  Select,
  Text,
} from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { exportColumns, exportReasons, type LearnerView } from '../../bot/learners/register-contract.js';
import { codeOf } from '../failure.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';
import { downloadText } from './download.js';

interface Props {
  readonly view: LearnerView;
  readonly words: string;
  readonly count: number;
}

type Column = (typeof exportColumns)[number];
type Reason = (typeof exportReasons)[number];

/** The list as a file: which columns, and why it leaves. */
export function ExportDialog({ view, words, count }: Props) {
  const [open, setOpen] = useState(false);
  const [columns, setColumns] = useState<readonly Column[]>(['name', 'stage', 'school']);
  const [reason, setReason] = useState<Reason>('planning');
  const leave = useExport(() => setOpen(false));
  const toggle = (column: Column) =>
    setColumns((now) => (now.includes(column) ? now.filter((one) => one !== column) : [...now, column]));
  return (
    <Dialog open={open} onOpenChange={(_event, data) => setOpen(data.open)}>
      <DialogTrigger disableButtonEnhancement>
        <Button>{say('export.open')}</Button>
      </DialogTrigger>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('export.title', { count })}</DialogTitle>
          <DialogContent>
            <Text>{say('export.explains')}</Text>
            <Field label={say('export.columns')}>
              <div role="group" aria-label={say('export.columns')}>
                {exportColumns.map((column) => (
                  <Checkbox
                    key={column}
                    label={say(`learners.column.${column}`)}
                    checked={columns.includes(column)}
                    onChange={() => toggle(column)}
                  />
                ))}
              </div>
            </Field>
            <ReasonField reason={reason} onChange={setReason} />
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{say('export.cancel')}</Button>
            </DialogTrigger>
            <Button
              appearance="primary"
              disabled={columns.length === 0 || leave.isPending}
              onClick={() => leave.mutate({ view, words, schoolId: null, columns: [...columns], reason })}
            >
              {say('export.go')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function ReasonField({ reason, onChange }: { readonly reason: Reason; readonly onChange: (reason: Reason) => void }) {
  return (
    <Field label={say('export.reason')}>
      <Select
        value={reason}
        onChange={(_event, { value }) => onChange(exportReasons.find((one) => one === value) ?? 'planning')}
      >
        {exportReasons.map((one) => (
          <option key={one} value={one}>
            {say(`export.reason.${one}`)}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function useExport(onDone: () => void) {
  const { api } = useTab();
  const notify = useNotify();
  return useMutation({
    mutationFn: api.exportLearners,
    onSuccess: ({ text, rows }) => {
      downloadText('learners.csv', text);
      notify.done(say('export.done', { count: rows }));
      onDone();
    },
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
  });
}
