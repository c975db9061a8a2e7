import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { say } from '../words.js';

const useStyles = makeStyles({
  button: {
    minWidth: 'auto',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    color: tokens.colorBrandForegroundLink,
    height: '20px',
  },
  sentence: { display: 'block' },
  because: { display: 'block', color: tokens.colorNeutralForeground2 },
});

/** The reason behind a fact, one press away. `of` names the fact for those who do not see the page. */
export function Why({ of, because }: { readonly of: string; readonly because: string | readonly string[] }) {
  const styles = useStyles();
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        appearance="transparent"
        size="small"
        className={styles.button}
        aria-expanded={open}
        aria-controls={id}
        aria-label={`${of}: ${say('why')}`}
        onClick={() => setOpen(!open)}
      >
        {say('why')}
      </Button>
      <Text id={id} size={200} className={styles.because} hidden={!open} block>
        {open
          ? [because].flat().map((sentence) => (
              <span key={sentence} className={styles.sentence}>
                {sentence}
              </span>
            ))
          : null}
      </Text>
    </>
  );
}
