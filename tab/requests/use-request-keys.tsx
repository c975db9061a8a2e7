import { type RefObject, useState } from 'react';
import { nextState } from '../../bot/requests/request.js';
import type { RequestRow } from '../../bot/requests/contract.js';
import { useMay, useMe } from '../me.js';
import { useKeys } from '../ui/keyboard.js';
import { KeysDialog } from '../ui/KeysDialog.js';
import { say } from '../words.js';
import { type RequestCommand, requestKeys } from './request-keys.js';
import { useMove } from './use-move.js';
import type { RequestRows } from './use-request-rows.js';
import type { Triage } from './use-triage.js';

interface Options {
  readonly triage: Triage;
  readonly list: RequestRows;
  readonly searchBox: RefObject<HTMLInputElement | null>;
  readonly reply: () => void;
}

const shownKeys: Readonly<Record<RequestCommand, string>> = {
  ...{ next: 'j', previous: 'k', take: 'a', reply: 'r', search: '/', help: '?' },
  open: say('keys.name.enter'),
  back: say('keys.name.escape'),
};

/** What each key does on this page; true when it did it. */
export function useRequestKeys({ triage, list, searchBox, reply }: Options) {
  const [help, setHelp] = useState(false);
  const take = useTakeByKey(triage, list);
  const onRow = () => document.activeElement?.hasAttribute('data-row') === true;
  const doing: Readonly<Record<RequestCommand, () => boolean>> = {
    next: () => done(list.handle.current?.move(1)),
    previous: () => done(list.handle.current?.move(-1)),
    open: () => false,
    take: () => take(onRow()),
    reply: () => (triage.reference ? done(reply()) : false),
    search: () => done(searchBox.current?.focus()),
    back: () => (triage.reference ? done(triage.back()) : false),
    help: () => done(setHelp(true)),
  };
  useKeys(requestKeys, (command) => doing[command]());
  const keys = requestKeys.map(({ command }) => ({ key: shownKeys[command], does: say(`keys.${command}`) }));
  return {
    show: () => setHelp(true),
    dialog: <KeysDialog open={help} onClose={() => setHelp(false)} keys={keys} />,
  };
}

function done(_did: unknown): true {
  return true;
}

/** Takes the row that has the focus, otherwise the open request, if it can be taken and is not one's own already. */
function useTakeByKey(triage: Triage, list: RequestRows): (onRow: boolean) => boolean {
  const me = useMe();
  const may = useMay('request.triage');
  const move = useMove();
  return (onRow) => {
    const open = list.steady.rows.find((row) => row.reference === triage.reference);
    const request: RequestRow | null | undefined = onRow ? list.handle.current?.active() : open;
    if (!may || !request || request.assignee?.id === me.person.id || nextState(request.state, 'take') === null)
      return false;
    move.press({ request, move: 'take' });
    return true;
  };
}
