import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { LearnerDetail } from '../../bot/learners/register-contract.js';
import { say } from '../words.js';
import { dayOf } from './learner-columns.js';

type Week = LearnerDetail['attendance'][number];

const useStyles = makeStyles({
  part: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  bars: {
    display: 'flex',
    alignItems: 'flex-end',
    columnGap: '2px',
    height: '64px',
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    overflowX: 'auto',
  },
  week: { position: 'relative', width: '10px', minWidth: '10px', height: '100%' },
  bar: { position: 'absolute', bottom: 0, left: 0, right: 0 },
  possible: { border: `1px solid ${tokens.colorNeutralStroke1}`, boxSizing: 'border-box' },
  timetabled: { backgroundColor: tokens.colorNeutralBackground5 },
  actual: { backgroundColor: tokens.colorBrandBackground },
});

/** Openings: an outline is what was possible, grey what was timetabled, filled what was attended; each bar says so in words. */
export function AttendanceBars({ weeks }: { readonly weeks: readonly Week[] }) {
  const styles = useStyles();
  const shown = weeks.toSorted((a, b) => a.on.localeCompare(b.on)).slice(-60);
  const most = Math.max(1, ...shown.map(({ possible }) => possible));
  const partTime = shown.filter(({ timetabled, possible }) => timetabled !== null && timetabled < possible).length;
  const height = (openings: number) => ({ height: `${(openings / most) * 100}%` });
  return (
    <section className={styles.part} aria-label={say('learners.attendance')}>
      <Subtitle2 as="h3">{say('learners.attendance')}</Subtitle2>
      <ul className={styles.bars} tabIndex={0} aria-label={say('learners.attendance')}>
        {shown.map((week) => (
          <li key={week.on} className={styles.week} title={wordsOf(week)} aria-label={wordsOf(week)}>
            <span className={`${styles.bar} ${styles.timetabled}`} style={height(week.timetabled ?? 0)} />
            <span className={`${styles.bar} ${styles.actual}`} style={height(week.actual)} />
            <span className={`${styles.bar} ${styles.possible}`} style={height(week.possible)} />
          </li>
        ))}
      </ul>
      {partTime > 0 ? <Text>{say('learners.partTime', { count: partTime, of: shown.length })}</Text> : null}
    </section>
  );
}

function wordsOf({ on, possible, timetabled, actual }: Week): string {
  const day = dayOf(on);
  if (timetabled === null) return say('learners.week', { day, actual, possible });
  return say('learners.weekTimetabled', { day, actual, timetabled, possible });
}
