import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { RequestDetail } from '../../bot/requests/contract.js';
import { useMay, useMe } from '../me.js';
import { paths } from '../paths.js';
import { phone, useMedia } from '../ui/use-media.js';
import { say } from '../words.js';
import { actionsFor, isSpoken, type RequestAction, type SpokenMove } from './actions.js';
import { GiveDialog } from './GiveDialog.js';
import { MoveDialog } from './MoveDialog.js';
import { useMove } from './use-move.js';

const useStyles = makeStyles({
  root: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

interface Props {
  readonly request: RequestDetail;
  readonly onWrite: (move: 'ask' | 'answer') => void;
}

/** What can be done next: one of them is the main thing, a few stand beside it, the rest are behind "more". */
export function RequestActions({ request, onWrite }: Props) {
  const styles = useStyles();
  const small = useMedia(phone);
  const me = useMe();
  const mayPlan = useMay('review.schedule');
  const [asking, setAsking] = useState<SpokenMove | 'give' | null>(null);
  const run = useRun(request, onWrite, setAsking);
  const [first, ...others] = actionsFor(request, { personId: me.person.id, mayPlan });
  if (!first) return null;
  const beside = others.slice(0, small ? 1 : 3);
  const behind = others.slice(beside.length);
  const close = () => setAsking(null);
  return (
    <div className={styles.root} role="group" aria-label={say('request.actions')}>
      <Button appearance="primary" onClick={() => run(first)}>
        {say(`move.${first}`)}
      </Button>
      {beside.map((action) => (
        <Button key={action} onClick={() => run(action)}>
          {say(`move.${action}`)}
        </Button>
      ))}
      {behind.length > 0 ? <Behind actions={behind} run={run} /> : null}
      <GiveDialog requests={asking === 'give' ? [request] : []} onClose={close} />
      {asking && asking !== 'give' ? <MoveDialog request={request} move={asking} onClose={close} /> : null}
    </div>
  );
}

function useRun(request: RequestDetail, onWrite: Props['onWrite'], onAsk: (move: SpokenMove | 'give') => void) {
  const navigate = useNavigate();
  const move = useMove();
  return (action: RequestAction) => {
    if (action === 'ask' || action === 'answer') return onWrite(action);
    if (action === 'review') return void navigate(paths.planForRequest(request.reference));
    if (action === 'give' || isSpoken(action)) return onAsk(action);
    move.press({ request, move: action });
  };
}

function Behind({
  actions,
  run,
}: {
  readonly actions: readonly RequestAction[];
  readonly run: (action: RequestAction) => void;
}) {
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button>{say('move.more')}</Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {actions.map((action) => (
            <MenuItem key={action} onClick={() => run(action)}>
              {say(`move.${action}`)}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
