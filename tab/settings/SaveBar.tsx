import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { FailureCode } from '../failure.js';
import { say } from '../words.js';

const useStyles = makeStyles({
  root: {
    position: 'sticky',
    bottom: 0,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
});

interface Props {
  readonly saving: boolean;
  readonly failed: FailureCode | null;
  /** Why it cannot be saved yet; null when it can. */
  readonly blocked: string | null;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

/** Stays in sight while something is not saved. */
export function SaveBar({ saving, failed, blocked, onSave, onCancel }: Props) {
  const styles = useStyles();
  const wrong = failed === 'invalid' ? say('settings.invalid') : failed && say(`failure.${failed}`);
  return (
    <div className={styles.root}>
      <Button appearance="primary" disabledFocusable={saving || blocked !== null} onClick={onSave}>
        {say('save')}
      </Button>
      <Button onClick={onCancel}>{say('cancel')}</Button>
      <Text role="status">{blocked ?? wrong ?? say('settings.notSaved')}</Text>
    </div>
  );
}
