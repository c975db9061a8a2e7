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
import { useState } from 'react';
import { useMe } from '../me.js';
import { Protection } from '../ui/Protection.js';
import { say } from '../words.js';

interface Props {
  readonly open: boolean;
  /** It is not a concern: send it after all. */
  readonly onNo: () => void;
  /** The numbers were shown; the draft is to be forgotten. */
  readonly onYes: () => void;
  readonly onClose: () => void;
}

/** The service held the words: asks whether a child is at risk, and says whom to telephone (product.md A.2). */
export function ConcernDialog({ open, onNo, onYes, onClose }: Props) {
  const { protection } = useMe();
  const [told, setTold] = useState(false);
  return (
    <Dialog open={open} modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say(told ? 'protection.title' : 'protection.asks')}</DialogTitle>
          <DialogContent>
            <Text as="p" block>
              {say(told ? 'protection.told' : 'protection.held')}
            </Text>
            <Protection numbers={protection} />
          </DialogContent>
          <DialogActions fluid>
            {told ? (
              <Button appearance="primary" onClick={onYes}>
                {say('close')}
              </Button>
            ) : (
              <>
                <Button appearance="primary" onClick={() => setTold(true)}>
                  {say('protection.yes')}
                </Button>
                <Button onClick={onNo}>{say('protection.no')}</Button>
                <Button onClick={onClose}>{say('cancel')}</Button>
              </>
            )}
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
