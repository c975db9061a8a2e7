import { Button, makeStyles, MessageBar, MessageBarBody, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { SettingRow } from '../../bot/people/contract.js';
import { codeOf } from '../failure.js';
import { sayAgo } from '../ui/dates.js';
import { useNow } from '../ui/now.js';
import { Tag } from '../ui/Tag.js';
import { say } from '../words.js';
import { emptyOf, shapeOf } from './shape.js';
import { useChangeSetting } from './setting-queries.js';
import { ValueEditor } from './ValueEditor.js';
import { ValueView } from './ValueView.js';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    rowGap: tokens.spacingVerticalS,
    padding: `${tokens.spacingVerticalL} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
  full: { width: '100%' },
  buttons: { display: 'flex', columnGap: tokens.spacingHorizontalS },
});

interface Props {
  readonly setting: SettingRow;
  readonly mayChange: boolean;
  /** One at a time is changed. */
  readonly editing: boolean;
  readonly onEditing: (on: boolean) => void;
}

/** One decision of the council: what it changes, what it is, when it was last changed, and the form to change it. */
export function SettingItem({ setting, mayChange, editing, onEditing }: Props) {
  const styles = useStyles();
  return (
    <section className={styles.root} aria-label={setting.title}>
      <Subtitle2 as="h3">{setting.title}</Subtitle2>
      <Text className={styles.quiet}>{setting.explains}</Text>
      {setting.set ? null : <Unset refuses={setting.refusesWhileUnset} />}
      {editing ? (
        <Form setting={setting} onDone={() => onEditing(false)} />
      ) : (
        <>
          {setting.set ? <ValueView shape={shapeOf(setting.schema)} value={setting.value} /> : null}
          <LastChanged setting={setting} />
          {mayChange ? (
            <Button aria-label={say('settings.changeIt', { title: setting.title })} onClick={() => onEditing(true)}>
              {say('settings.change')}
            </Button>
          ) : null}
        </>
      )}
    </section>
  );
}

function Unset({ refuses }: { readonly refuses: boolean }) {
  const styles = useStyles();
  if (!refuses) return <Tag look="over">{say('settings.unsetHarmless')}</Tag>;
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.full}>
      <MessageBarBody>{say('settings.unset')}</MessageBarBody>
    </MessageBar>
  );
}

function LastChanged({ setting }: Pick<Props, 'setting'>) {
  const styles = useStyles();
  const now = useNow();
  if (!setting.changedAt) return null;
  const when = sayAgo(Date.parse(setting.changedAt), now);
  return (
    <Text size={200} className={styles.quiet}>
      {setting.changedBy
        ? say('settings.changedBy', { when, name: setting.changedBy })
        : say('settings.changed', { when })}
    </Text>
  );
}

function Form({ setting, onDone }: { readonly setting: SettingRow; readonly onDone: () => void }) {
  const styles = useStyles();
  const shape = shapeOf(setting.schema);
  const [value, setValue] = useState<unknown>(() => (setting.set ? setting.value : emptyOf(shape)));
  const saving = useChangeSetting(setting, onDone);
  const failed = saving.error ? codeOf(saving.error) : null;
  return (
    <div className={styles.full}>
      <ValueEditor shape={shape} label={setting.title} value={value} required titled onChange={setValue} />
      {failed ? (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{failed === 'invalid' ? say('settings.invalid') : say(`failure.${failed}`)}</MessageBarBody>
        </MessageBar>
      ) : null}
      <div className={styles.buttons}>
        <Button appearance="primary" disabledFocusable={saving.isPending} onClick={() => saving.mutate(value)}>
          {say('save')}
        </Button>
        <Button onClick={onDone}>{say('cancel')}</Button>
      </div>
    </div>
  );
}
