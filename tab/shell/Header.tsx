import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { NavLink, useLocation } from 'react-router';
import type { LiveState } from '../live.js';
import { phone, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { LiveSign } from './LiveSign.js';
import { MoreMenu } from './MoreMenu.js';
import { type Page, usePages } from './pages.js';
import { ProtectionButton } from './ProtectionDialog.js';

const useStyles = makeStyles({
  header: {
    display: 'flex',
    alignItems: 'stretch',
    minHeight: '44px',
    paddingLeft: tokens.spacingHorizontalS,
    paddingRight: tokens.spacingHorizontalM,
    columnGap: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  pages: { display: 'flex', flexGrow: 1 },
  link: {
    display: 'flex',
    alignItems: 'center',
    padding: `0 ${tokens.spacingHorizontalM}`,
    color: tokens.colorNeutralForeground2,
    textDecorationLine: 'none',
    borderBottom: '3px solid transparent',
    borderTop: '3px solid transparent',
    ':hover': { color: tokens.colorNeutralForeground1, borderBottomColor: tokens.colorNeutralStroke1 },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  here: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottomColor: tokens.colorCompoundBrandStroke,
  },
  side: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalS },
});

export function Header({ live }: { readonly live: LiveState }) {
  const styles = useStyles();
  const small = useMedia(phone);
  const [pages, behind] = useRoom(usePages(), small ? 2 : Infinity);
  const link = ({ isActive }: { isActive: boolean }) => mergeClasses(styles.link, isActive && styles.here);
  return (
    <header className={styles.header}>
      <nav aria-label={say('app.pages')} className={styles.pages}>
        {pages.map(({ name, to }) => (
          <NavLink key={name} to={to} className={link}>
            {say(`page.${name}`)}
          </NavLink>
        ))}
      </nav>
      <div className={styles.side}>
        {small ? null : <LiveSign state={live} />}
        {small ? null : <ProtectionButton />}
        <MoreMenu small={small} pages={behind} />
      </div>
    </header>
  );
}

/** As many pages as there is room for, the one that is open always among them; and the others. */
function useRoom(pages: readonly Page[], room: number): readonly [readonly Page[], readonly Page[]] {
  const { pathname } = useLocation();
  const here = pages.find(({ name }) => name === pathname.split('/')[1]);
  const first = pages.slice(0, room);
  const shown = here && !first.includes(here) ? [...first.slice(0, -1), here] : first;
  return [shown, pages.filter((page) => !shown.includes(page))];
}
