import { Button, makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { type KeyboardEvent, useState } from 'react';
import type { RoutingChoices } from '../../bot/requests/contract.js';
import { say } from '../words.js';
import { type Line, moved, type Table } from './routing-draft.js';
import { RoutingLine } from './RoutingLine.js';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: `${tokens.spacingVerticalS} 0`, padding: 0 },
  line: {
    display: 'grid',
    gridTemplateColumns: '2.5rem minmax(0, 1fr) max-content',
    columnGap: tokens.spacingHorizontalS,
    alignItems: 'center',
    padding: `${tokens.spacingVerticalS} 0`,
    borderTop: `2px solid transparent`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 639px)': { gridTemplateColumns: '2rem minmax(0, 1fr)' },
  },
  over: { borderTopColor: tokens.colorBrandStroke1 },
  handle: { cursor: 'grab', color: tokens.colorNeutralForeground2, fontVariantNumeric: 'tabular-nums' },
  buttons: { display: 'flex', columnGap: tokens.spacingHorizontalXS },
  small: { minWidth: '32px' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly table: Table;
  readonly places: RoutingChoices;
  readonly mayChange: boolean;
  readonly unfinished: readonly number[];
  readonly onChange: (table: Table) => void;
}

/** The lines in order: dragged, or moved by their buttons or Alt with an arrow. */
export function RoutingLines({ table, places, mayChange, unfinished, onChange }: Props) {
  const styles = useStyles();
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);
  const { lines } = table;
  const put = (next: readonly Line[]) => onChange({ ...table, lines: [...next] });
  const move = (from: number, to: number) => put(moved(lines, from, to));
  const drop = (to: number) => {
    if (dragged !== null) move(dragged, to);
    setDragged(null);
    setOver(null);
  };
  return (
    <section aria-label={say('routing.lines')}>
      <Subtitle2 as="h3">{say('routing.lines')}</Subtitle2>
      {mayChange ? <Text className={styles.quiet}> {say('routing.reorder')}</Text> : null}
      <ol className={styles.list}>
        {lines.map((line, index) => (
          <li
            key={index}
            className={mergeClasses(styles.line, over === index && styles.over)}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(index);
            }}
            onDrop={() => drop(index)}
            onKeyDown={byKey((by) => mayChange && move(index, index + by))}
          >
            <span
              className={styles.handle}
              draggable={mayChange}
              onDragStart={() => setDragged(index)}
              onDragEnd={() => setOver(null)}
            >
              {say('routing.place', { number: index + 1 })}
            </span>
            <RoutingLine
              line={line}
              number={index + 1}
              {...{ places, mayChange, pools: table.pools, wrong: unfinished.includes(index) }}
              onChange={(next) => put(lines.map((one, at) => (at === index ? next : one)))}
            />
            {mayChange ? (
              <LineButtons
                index={index}
                last={lines.length - 1}
                onMove={(by) => move(index, index + by)}
                onRemove={() => put(lines.filter((_line, at) => at !== index))}
              />
            ) : null}
          </li>
        ))}
        <Rest />
      </ol>
      {mayChange ? (
        <Button onClick={() => put([...lines, { to: { kind: 'worker' } }])}>{say('routing.add')}</Button>
      ) : null}
    </section>
  );
}

/** What no line fits. */
function Rest() {
  const styles = useStyles();
  return (
    <li className={styles.line}>
      <span className={styles.quiet}>{say('routing.rest')}</span>
      <span className={styles.quiet}>{say('routing.restExplains')}</span>
    </li>
  );
}

function byKey(move: (by: number) => void) {
  return (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(event.key === 'ArrowUp' ? -1 : 1);
  };
}

interface ButtonsProps {
  readonly index: number;
  readonly last: number;
  readonly onMove: (by: number) => void;
  readonly onRemove: () => void;
}

function LineButtons({ index, last, onMove, onRemove }: ButtonsProps) {
  const styles = useStyles();
  const number = index + 1;
  return (
    <span className={styles.buttons}>
      <Button
        className={styles.small}
        size="small"
        disabledFocusable={index === 0}
        aria-label={say('routing.up', { number })}
        onClick={() => onMove(-1)}
      >
        {say('routing.upMark')}
      </Button>
      <Button
        className={styles.small}
        size="small"
        disabledFocusable={index === last}
        aria-label={say('routing.down', { number })}
        onClick={() => onMove(1)}
      >
        {say('routing.downMark')}
      </Button>
      <Button size="small" aria-label={say('settings.removeLine', { count: number })} onClick={onRemove}>
        {say('settings.remove')}
      </Button>
    </span>
  );
}
