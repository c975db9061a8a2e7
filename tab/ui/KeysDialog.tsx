import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { say } from '../words.js';
import { Facts } from './Facts.js';

const useStyles = makeStyles({
  key: {
    display: 'inline-block',
    minWidth: '1.5em',
    textAlign: 'center',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusSmall,
    fontFamily: tokens.fontFamilyMonospace,
  },
});

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly keys: readonly { readonly key: string; readonly does: string }[];
}

export function KeysDialog({ open, onClose, keys }: Props) {
  const styles = useStyles();
  return (
    <Dialog open={open} onOpenChange={(_event, data) => !data.open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('keys.title')}</DialogTitle>
          <DialogContent>
            <Facts
              facts={keys.map(({ key, does }) => ({ name: does, value: <kbd className={styles.key}>{key}</kbd> }))}
            />
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
