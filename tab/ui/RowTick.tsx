import { makeStyles, tokens } from '@fluentui/react-components';
import type { MouseEvent } from 'react';
import { say } from '../words.js';
import type { Selection } from './row-list.js';

const useStyles = makeStyles({
  tick: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    minWidth: '24px',
    minHeight: '24px',
    cursor: 'pointer',
  },
  box: {
    width: '16px',
    height: '16px',
    margin: 0,
    accentColor: tokens.colorCompoundBrandBackground,
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '1px' },
  },
});

interface Props {
  readonly id: string;
  readonly name: string;
  readonly ticked: boolean;
  readonly onToggle: Selection['onToggle'];
}

/** The browser's own box: hundreds of them scroll past. With Shift, everything between as well. */
export function RowTick({ id, name, ticked, onToggle }: Props) {
  const styles = useStyles();
  const press = (event: MouseEvent) => {
    event.stopPropagation();
    onToggle(id, event.shiftKey);
  };
  return (
    <label className={styles.tick} onClick={(event) => event.stopPropagation()}>
      <input
        type="checkbox"
        tabIndex={-1}
        className={styles.box}
        checked={ticked}
        aria-label={say('list.tick', { name })}
        onClick={press}
        readOnly
      />
    </label>
  );
}
