import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
} from '@fluentui/react-components';
import { useState } from 'react';
import { Protection } from '../ui/Protection.js';
import { say } from '../words.js';
import { useMe } from '../me.js';

export function ProtectionButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button appearance="subtle" size="small" onClick={() => setOpen(true)}>
        {say('app.protection')}
      </Button>
      <ProtectionDialog open={open} onClose={() => setOpen(false)} />
    </>
  );
}

/** The council's own numbers, one press from every page. */
export function ProtectionDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { protection } = useMe();
  return (
    <Dialog open={open} onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('protection.title')}</DialogTitle>
          <DialogContent>
            <Protection numbers={protection} />
          </DialogContent>
          <DialogActions>
            <DialogTrigger disableButtonEnhancement>
              <Button>{say('close')}</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
