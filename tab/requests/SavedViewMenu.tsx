import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { SavedView } from '../../bot/requests/triage-contract.js';
import { codeOf } from '../failure.js';
import { paths } from '../paths.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';
import type { Triage } from './use-triage.js';

/** What can be done with a saved view by whoever may change it. */
export function SavedViewMenu({ view, triage }: { readonly view: SavedView; readonly triage: Triage }) {
  const { api } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  const navigate = useNavigate();
  const act = useMutation({
    mutationFn: (what: 'share' | 'remove') => {
      const { id, name, shared, filters, sort, version } = view;
      if (what === 'remove') return api.removeView(id, version);
      return api.changeView(id, { ...{ name, filters, sort, version }, shared: !shared });
    },
    onSuccess: (_answer, what) => {
      if (what !== 'remove') return;
      notify.done(say('views.removed', { name: view.name }));
      if (triage.view === view.id) void navigate(paths.requests());
    },
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.views }),
  });
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" size="small" aria-label={say('views.menu', { name: view.name })}>
          {say('views.menuMark')}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => act.mutate('share')}>{say(view.shared ? 'views.unshare' : 'views.share')}</MenuItem>
          <MenuItem onClick={() => act.mutate('remove')}>{say('views.remove')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
