import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import { type ReactNode, useId, useState } from 'react';
import { Link } from 'react-router';
import type { todayPart } from '../../bot/requests/today-contract.js';
import type { z } from 'zod';
import { paths } from '../paths.js';
import { say } from '../words.js';
import { TodayLine } from './TodayLine.js';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    minWidth: 0,
  },
  head: { display: 'flex', alignItems: 'baseline', columnGap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  count: { color: tokens.colorNeutralForeground2 },
  grow: { flexGrow: 1 },
  list: { listStyleType: 'none', margin: `${tokens.spacingVerticalXS} 0 0`, padding: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
  link: { color: tokens.colorBrandForegroundLink },
});

export type TodayPart = z.infer<typeof todayPart>;

interface Props {
  readonly part: TodayPart;
  readonly title: string;
  readonly mayNote: boolean;
  /** Beside the title. */
  readonly action?: ReactNode;
}

/** One part of Today: how many, the first few, and what an empty one means. */
export function TodayCard({ part, title, mayNote, action }: Props) {
  const styles = useStyles();
  const id = useId();
  const { section, known, total } = part;
  return (
    <section className={styles.root} aria-labelledby={id}>
      <div className={styles.head}>
        <Subtitle2 as="h2" id={id}>
          {title}
        </Subtitle2>
        {known ? <span className={styles.count}>{total}</span> : null}
        <span className={styles.grow} />
        {action}
      </div>
      {known && total > 0 ? (
        <Lines part={part} mayNote={mayNote} />
      ) : (
        <Text as="p" block className={styles.quiet}>
          {say(known ? `today.none.${section}` : `today.unknown.${section}`)}
        </Text>
      )}
    </section>
  );
}

/** Enough to see at a glance; the rest is one press away. */
const atFirst = 6;

function Lines({ part, mayNote }: Pick<Props, 'part' | 'mayNote'>) {
  const styles = useStyles();
  const [all, setAll] = useState(false);
  const shown = all ? part.items : part.items.slice(0, atFirst);
  const hidden = part.items.length - shown.length;
  return (
    <>
      <ul className={styles.list}>
        {shown.map((item) => (
          <TodayLine key={item.id} section={part.section} item={item} mayNote={mayNote} />
        ))}
      </ul>
      {hidden > 0 ? <MoreButton count={hidden} onPress={() => setAll(true)} /> : null}
      {hidden === 0 && part.section === 'due' && part.total > shown.length ? (
        <Link to={paths.requests('overdue')} className={styles.link}>
          {say('today.more', { count: part.total - shown.length })}
        </Link>
      ) : null}
    </>
  );
}

function MoreButton({ count, onPress }: { readonly count: number; readonly onPress: () => void }) {
  return (
    <div>
      <Text as="span">
        <button type="button" className={useButtonStyles().plain} onClick={onPress}>
          {say('today.more', { count })}
        </button>
      </Text>
    </div>
  );
}

const useButtonStyles = makeStyles({
  plain: {
    padding: `${tokens.spacingVerticalXS} 0`,
    border: 'none',
    font: 'inherit',
    color: tokens.colorBrandForegroundLink,
    backgroundColor: 'transparent',
    cursor: 'pointer',
    ':hover': { textDecorationLine: 'underline' },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});
