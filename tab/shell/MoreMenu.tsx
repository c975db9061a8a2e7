import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useMe } from '../me.js';
import { say } from '../words.js';
import type { Page } from './pages.js';
import { ProtectionDialog } from './ProtectionDialog.js';
import { useChooseAuthority } from './use-choose-authority.js';

/** For somebody who serves two councils, which one they act for; on a phone also what has no room beside the pages. */
export function MoreMenu({ small, pages }: { readonly small: boolean; readonly pages: readonly Page[] }) {
  const navigate = useNavigate();
  const { authority, others } = useMe();
  const [numbers, setNumbers] = useState(false);
  const choose = useChooseAuthority();
  if (!small && others.length === 0) return null;
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" size="small">
            {small ? say('app.more') : say('app.actingFor', { name: authority.name })}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {pages.map(({ name, to }) => (
              <MenuItem key={name} onClick={() => void navigate(to)}>
                {say(`page.${name}`)}
              </MenuItem>
            ))}
            {small ? <MenuItem onClick={() => setNumbers(true)}>{say('app.protection')}</MenuItem> : null}
            {others.map(({ id, name }) => (
              <MenuItem key={id} onClick={() => choose.mutate(id)}>
                {say('app.actFor', { name })}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      <ProtectionDialog open={numbers} onClose={() => setNumbers(false)} />
    </>
  );
}
