import { makeStyles, mergeClasses, Select, Text, Title3, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { say } from '../words.js';

const useStyles = makeStyles({
  root: { padding: tokens.spacingVerticalM, display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  title: { margin: 0, paddingLeft: tokens.spacingHorizontalS },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  one: { display: 'flex', alignItems: 'center' },
  label: { overflow: 'hidden', textOverflow: 'ellipsis' },
  more: {
    display: 'block',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS}`,
    color: tokens.colorNeutralForeground2,
  },
  view: {
    flexGrow: 1,
    minWidth: 0,
    columnGap: tokens.spacingHorizontalS,
    display: 'flex',
    justifyContent: 'space-between',
    padding: `${tokens.spacingVerticalSNudge} ${tokens.spacingHorizontalS}`,
    borderRadius: tokens.borderRadiusMedium,
    borderLeft: '3px solid transparent',
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    ':hover': { backgroundColor: tokens.colorNeutralBackground3 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  here: {
    backgroundColor: tokens.colorNeutralBackground4,
    borderLeftColor: tokens.colorCompoundBrandStroke,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
  },
  narrow: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    columnGap: tokens.spacingHorizontalM,
  },
});

export interface View {
  readonly name: string;
  readonly label: string;
  /** How many are in it; null while not known, or not counted. */
  readonly count: number | null;
  readonly to: string;
  /** What can be done with the view itself. */
  readonly beside?: ReactNode;
}

interface Props {
  readonly title: string;
  readonly views: readonly View[];
  readonly here: string;
  /** A second group below the first, under a name of its own; not shown while it is empty. */
  readonly more?: { readonly title: string; readonly views: readonly View[] };
}

/** The page's name and its views, one below the other. */
export function ViewLinks({ title, views, here, more }: Props) {
  const styles = useStyles();
  return (
    <div className={styles.root}>
      <Title3 as="h1" className={styles.title}>
        {title}
      </Title3>
      <nav aria-label={say('views')}>
        <Links views={views} here={here} />
        {more && more.views.length > 0 ? (
          <>
            <Text as="h2" size={200} className={styles.more}>
              {more.title}
            </Text>
            <Links views={more.views} here={here} />
          </>
        ) : null}
      </nav>
    </div>
  );
}

function Links({ views, here }: Pick<Props, 'views' | 'here'>) {
  const styles = useStyles();
  return (
    <ul className={styles.list}>
      {views.map(({ name, label, count, to, beside }) => (
        <li key={name} className={styles.one}>
          <Link
            to={to}
            aria-current={name === here ? 'page' : undefined}
            className={mergeClasses(styles.view, name === here && styles.here)}
          >
            <span className={styles.label}>{label}</span>
            <span>{count}</span>
          </Link>
          {beside}
        </li>
      ))}
    </ul>
  );
}

/** The same where there is room for one line only. */
export function ViewSelect({ title, views, here }: Props) {
  const styles = useStyles();
  const navigate = useNavigate();
  const go = (name: string) => {
    const view = views.find((one) => one.name === name);
    if (view) void navigate(view.to);
  };
  return (
    <div className={styles.narrow}>
      <Title3 as="h1">{title}</Title3>
      <Select aria-label={say('views')} value={here} onChange={(_event, { value }) => go(value)}>
        {views.map(({ name, label, count }) => (
          <option key={name} value={name}>
            {count === null ? label : say('viewWithCount', { view: label, count })}
          </option>
        ))}
      </Select>
    </div>
  );
}
