import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { useId } from 'react';
import type { Numbers } from '../../bot/requests/numbers-contract.js';
import { say } from '../words.js';
import { nameOf, sayOffice } from './figures.js';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2, display: 'block', marginBottom: tokens.spacingVerticalS },
  chart: {
    display: 'grid',
    gridTemplateColumns: 'minmax(6rem, max-content) minmax(0, 1fr) max-content',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalSNudge,
    alignItems: 'center',
  },
  track: { position: 'relative', height: '20px' },
  line: {
    position: 'absolute',
    top: '9px',
    height: '2px',
    backgroundColor: tokens.colorBrandStroke1,
  },
  dot: {
    position: 'absolute',
    top: '4px',
    width: '12px',
    height: '12px',
    marginLeft: '-6px',
    borderRadius: '50%',
    backgroundColor: tokens.colorBrandBackground,
  },
  end: {
    position: 'absolute',
    top: '4px',
    width: '2px',
    height: '12px',
    backgroundColor: tokens.colorBrandStroke1,
  },
});

/** From asking to the first answer: the middle request, and the one that nine in ten beat. */
export function NumbersTimes({ numbers }: { readonly numbers: Numbers }) {
  const styles = useStyles();
  const id = useId();
  const rows = numbers.rows.flatMap((row) => {
    const { median, ninetieth } = row.firstAnswer;
    return median === null || ninetieth === null ? [] : [{ name: nameOf(numbers, row), median, ninetieth }];
  });
  const longest = Math.max(1, ...rows.map(({ ninetieth }) => ninetieth));
  const at = (minutes: number) => `${(100 * minutes) / longest}%`;
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={id}>
      <Subtitle2 as="h2" id={id}>
        {say('numbers.timesTitle')}
      </Subtitle2>
      <Text className={styles.quiet}>{say('numbers.timesExplains')}</Text>
      <div className={styles.chart} role="img" aria-label={say('numbers.timesAlt')}>
        {rows
          .sort((one, other) => other.median - one.median)
          .map(({ name, median, ninetieth }) => (
            <TimeLine key={name} name={name} from={at(median)} to={at(ninetieth)} says={times(median, ninetieth)} />
          ))}
      </div>
    </section>
  );
}

function times(median: number, ninetieth: number): string {
  return say('numbers.timePair', { median: sayOffice(median), ninetieth: sayOffice(ninetieth) });
}

interface LineProps {
  readonly name: string;
  /** Places on the line, as CSS percentages. */
  readonly from: string;
  readonly to: string;
  readonly says: string;
}

function TimeLine({ name, from, to, says }: LineProps) {
  const styles = useStyles();
  return (
    <>
      <span>{name}</span>
      <span className={styles.track} title={says}>
        <span className={styles.line} style={{ left: from, width: `calc(${to} - ${from})` }} />
        <span className={styles.dot} style={{ left: from }} />
        <span className={styles.end} style={{ left: to }} />
      </span>
      <Text size={200}>{says}</Text>
    </>
  );
}
