import { makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { ReviewDetail } from '../../bot/reviews/contract.js';
import { say } from '../words.js';
import { markOf, sayAnswer } from './answers.js';

const gold = tokens.colorPaletteMarigoldBorderActive;
const small = '@media (max-width: 639px)';

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  line: { display: 'flex', alignItems: 'center', [small]: { flexDirection: 'column', alignItems: 'stretch' } },
  end: {
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px dashed ${tokens.colorNeutralStroke1}`,
  },
  held: { border: `2px solid ${gold}` },
  thread: {
    flexGrow: 1,
    minWidth: '1.5rem',
    maxWidth: '8rem',
    borderTop: `2px dashed ${tokens.colorNeutralStroke1}`,
    [small]: {
      borderTop: 'none',
      borderLeft: `2px dashed ${tokens.colorNeutralStroke1}`,
      height: '1rem',
      marginLeft: '1.5rem',
    },
  },
  whole: { borderTop: `3px solid ${gold}`, [small]: { borderTop: 'none', borderLeft: `3px solid ${gold}` } },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** Education and social work at the two ends of a line that is whole, and golden, once both have accepted. */
export function GoldenLine({ review }: { readonly review: Pick<ReviewDetail, 'answers' | 'joint'> }) {
  const styles = useStyles();
  const side = (service: 'education' | 'social-work') => {
    const answer = review.answers.find((one) => one.service === service);
    const words = answer ? sayAnswer(answer) : say('answers.nobody', { service: say(`service.${service}`) });
    return <span className={mergeClasses(styles.end, answer && markOf(answer) === 'yes' && styles.held)}>{words}</span>;
  };
  const others = review.answers.filter(({ service }) => service !== 'education' && service !== 'social-work');
  return (
    <div className={styles.root}>
      <div className={styles.line}>
        {side('education')}
        <span aria-hidden className={mergeClasses(styles.thread, review.joint === 'yes' && styles.whole)} />
        {side('social-work')}
      </div>
      <div>
        <Text weight="semibold" block>
          {say(`joint.${review.joint}`)}
        </Text>
        <Text size={200} className={styles.quiet}>
          {say(`joint.${review.joint}Explains`)}
        </Text>
      </div>
      {others.map((answer) => (
        <Text key={answer.service}>{sayAnswer(answer)}</Text>
      ))}
    </div>
  );
}
