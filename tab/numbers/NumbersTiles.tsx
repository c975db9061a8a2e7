import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { NumbersRow } from '../../bot/requests/numbers-contract.js';
import { say } from '../words.js';
import { helpedShare, sayCount, sayOffice } from './figures.js';

const useStyles = makeStyles({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(9rem, 1fr))',
    gap: tokens.spacingHorizontalM,
    margin: 0,
  },
  tile: {
    display: 'flex',
    flexDirection: 'column-reverse',
    justifyContent: 'flex-end',
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  figure: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
  },
  name: { color: tokens.colorNeutralForeground2 },
  of: { margin: 0, color: tokens.colorNeutralForeground2, order: -1 },
});

/** The few figures to begin with, each with what it is of. */
export function NumbersTiles({ total }: { readonly total: NumbersRow }) {
  const styles = useStyles();
  const share = helpedShare(total);
  const said = [total.helped.yes, total.helped.partly, total.helped.no];
  const answered = said.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const tiles = [
    { name: say('numbers.asked'), figure: sayCount(total.asked), of: null },
    {
      name: say('numbers.answered'),
      figure: sayCount(total.answered),
      of: say('numbers.openNow', { number: sayCount(total.open) }),
    },
    { name: say('numbers.overdue'), figure: sayCount(total.overdue), of: null },
    {
      name: say('numbers.firstAnswer'),
      figure: sayOffice(total.firstAnswer.median),
      of: say('numbers.spread', {
        ninetieth: sayOffice(total.firstAnswer.ninetieth),
        n: sayCount(total.firstAnswer.n),
      }),
    },
    {
      name: say('numbers.helped'),
      figure: share === null ? say('numbers.hidden') : say('numbers.share', { share }),
      of: share === null ? null : say('numbers.ofThoseWhoSaid', { count: answered }),
    },
  ];
  return (
    <dl className={styles.root}>
      {tiles.map(({ name, figure, of }) => (
        <div key={name} className={styles.tile}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.figure}>{figure}</dd>
          {of ? (
            <dd className={styles.of}>
              <Text size={200}>{of}</Text>
            </dd>
          ) : null}
        </div>
      ))}
    </dl>
  );
}
