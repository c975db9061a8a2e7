import { makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { Numbers } from '../../bot/requests/numbers-contract.js';
import { say } from '../words.js';
import { barParts, barsOf, sayCount } from './figures.js';

/** Parts differ in texture as well as colour: the pattern is read by those who do not see the colour. */
const useStyles = makeStyles({
  legend: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalL,
    padding: 0,
    margin: `${tokens.spacingVerticalXS} 0`,
    listStyleType: 'none',
  },
  key: {
    display: 'inline-block',
    width: '14px',
    height: '14px',
    marginRight: tokens.spacingHorizontalXS,
    verticalAlign: 'text-bottom',
  },
  chart: {
    display: 'grid',
    gridTemplateColumns: 'minmax(6rem, max-content) minmax(0, 1fr) max-content',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalSNudge,
    alignItems: 'center',
  },
  name: { maxWidth: '16rem', overflow: 'hidden', textOverflow: 'ellipsis' },
  track: { display: 'flex', height: '20px', columnGap: '1px' },
  count: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  answered: { backgroundColor: tokens.colorBrandBackground },
  open: {
    backgroundColor: tokens.colorNeutralBackground1,
    boxShadow: `inset 0 0 0 2px ${tokens.colorBrandStroke1}`,
  },
  otherwise: {
    backgroundImage: `repeating-linear-gradient(135deg, ${tokens.colorNeutralForeground3} 0 2px, transparent 2px 6px)`,
    boxShadow: `inset 0 0 0 1px ${tokens.colorNeutralForeground3}`,
  },
});

/** How many were asked for, and what became of them. The table below says the same. */
export function NumbersBars({ numbers }: { readonly numbers: Numbers }) {
  const styles = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Subtitle2 as="h2" id={id}>
        {say('numbers.barsTitle')}
      </Subtitle2>
      <ul className={styles.legend} aria-hidden="true">
        {barParts.map((part) => (
          <li key={part}>
            <span className={mergeClasses(styles.key, styles[part])} />
            {say(`numbers.${part}`)}
          </li>
        ))}
      </ul>
      <div className={styles.chart} role="img" aria-label={say('numbers.barsAlt')}>
        {barsOf(numbers).map(({ name, asked, parts }) => (
          <BarLine key={name} name={name} count={sayCount(asked)} parts={parts} />
        ))}
      </div>
    </section>
  );
}

type Parts = ReturnType<typeof barsOf>[number]['parts'];

function BarLine({ name, count, parts }: { readonly name: string; readonly count: string; readonly parts: Parts }) {
  const styles = useStyles();
  const title = parts.map((one) => say('numbers.partCount', { part: say(`numbers.${one.part}`), count: one.count }));
  return (
    <>
      <span className={styles.name}>{name}</span>
      <span className={styles.track} title={title.join(', ')}>
        {parts.map(({ part, width }) =>
          width > 0 ? <span key={part} className={styles[part]} style={{ width: `${width}%` }} /> : null,
        )}
      </span>
      <span className={styles.count}>{count}</span>
    </>
  );
}
