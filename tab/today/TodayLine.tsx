import { Button, Checkbox, Link as Telephone, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { Link } from 'react-router';
import type { TodayItem, TodaySection } from '../../bot/requests/today-contract.js';
import { useNow } from '../ui/now.js';
import { say } from '../words.js';
import { CallNoteLine } from './CallNoteLine.js';
import { todayWords } from './lines.js';
import { useSettleCallNote } from './today-queries.js';

const useStyles = makeStyles({
  root: {
    padding: `${tokens.spacingVerticalSNudge} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    ':last-child': { borderBottomStyle: 'none' },
  },
  line: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: `2px ${tokens.spacingHorizontalS}` },
  words: { flexGrow: 1, flexBasis: '14rem', minWidth: 0, display: 'flex', flexDirection: 'column' },
  title: { fontWeight: tokens.fontWeightSemibold, overflowWrap: 'anywhere' },
  link: {
    color: tokens.colorBrandForegroundLink,
    textDecorationLine: 'none',
    ':hover': { textDecorationLine: 'underline' },
  },
  one: { whiteSpace: 'nowrap', flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
  note: { paddingTop: tokens.spacingVerticalS },
});

interface Props {
  readonly section: TodaySection;
  readonly item: TodayItem;
  /** Whether this person writes call notes. */
  readonly mayNote: boolean;
}

/** One line: of whom, what, and what can be done about it here and now. */
export function TodayLine({ section, item, mayNote }: Props) {
  const styles = useStyles();
  const [noting, setNoting] = useState(false);
  const { title, says, to } = todayWords(section, item, useNow());
  const notable = mayNote && section === 'waiting';
  return (
    <li className={styles.root}>
      <div className={styles.line}>
        {section === 'agreed' ? <Settle item={item} title={title} /> : null}
        <div className={styles.words}>
          {to ? (
            <Link to={to} className={`${styles.title} ${styles.link}`}>
              {title}
            </Link>
          ) : (
            <span className={styles.title}>{title}</span>
          )}
          <Text size={200} className={styles.quiet}>
            {says}
          </Text>
        </div>
        {item.person?.telephone && (section === 'waiting' || section === 'agreed') ? (
          <Telephone
            className={styles.one}
            href={`tel:${item.person.telephone.replace(/\s/g, '')}`}
            aria-label={say('today.callPerson', { name: item.person.name, number: item.person.telephone })}
          >
            {item.person.telephone}
          </Telephone>
        ) : null}
        {notable ? (
          <Button size="small" className={styles.one} aria-expanded={noting} onClick={() => setNoting(!noting)}>
            {say('today.note')}
          </Button>
        ) : null}
      </div>
      {noting ? (
        <div className={styles.note}>
          <CallNoteLine about={aboutOf(item)} who={item.person?.name ?? ''} onClose={() => setNoting(false)} />
        </div>
      ) : null}
    </li>
  );
}

/** What was agreed on the telephone is ticked off. */
function Settle({ item, title }: { readonly item: TodayItem; readonly title: string }) {
  const settle = useSettleCallNote();
  return (
    <Checkbox
      aria-label={say('today.settle', { what: title })}
      checked={settle.isPending && settle.variables.done}
      onChange={() => settle.mutate({ id: item.subject.id, done: true })}
    />
  );
}

function aboutOf({ subject, learner }: TodayItem) {
  if (subject.kind === 'request') return { requestId: subject.id };
  return learner ? { learnerId: learner.id } : {};
}
