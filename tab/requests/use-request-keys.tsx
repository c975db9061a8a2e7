import { type RefObject, useState } from 'react';
import { nextState } from '../../bot/requests/request.js';
import type { RequestRow } from '../../bot/requests/contract.js';
import { useMay, useMe } from '../me.js';
import { useKeys } from '../ui/keyboard.js';
import { KeysDialog } from '../ui/KeysDialog.js';
import { say } from '../words.js';
import { GiveDialog } from './GiveDialog.js';
import { LogCallDialog } from './LogCallDialog.js';
import { type RequestCommand, requestKeys } from './request-keys.js';
import { useMove } from './use-move.js';
import type { RequestRows } from './use-request-rows.js';
import type { RequestSelection } from './use-selection.js';
import type { Triage } from './use-triage.js';

interface Options {
  readonly triage: Triage;
  readonly list: RequestRows;
  readonly selection: RequestSelection;
  readonly searchBox: RefObject<HTMLInputElement | null>;
  readonly reply: () => void;
}

const shownKeys: Readonly<Record<RequestCommand, string>> = {
  ...{ next: 'j', previous: 'k', assign: 'a', give: 'g', tick: 'x', reply: 'r', log: 'c', search: '/', help: '?' },
  open: say('keys.name.enter'),
  back: say('keys.name.escape'),
};

type Shown = { readonly what: 'keys' | 'log' } | { readonly what: 'give'; readonly requests: readonly RequestRow[] };

/** What each key does on this page; true when it did it. */
export function useRequestKeys({ triage, list, selection, searchBox, reply }: Options) {
  const may = useMay('request.triage');
  const [shown, setShown] = useState<Shown | null>(null);
  const take = useTake();
  const onRow = () => document.activeElement?.hasAttribute('data-row') === true;
  /** The row that has the focus, otherwise the open request. */
  const here = () =>
    (onRow() ? list.handle.current?.active() : list.shown.find((row) => row?.id === list.openId)) ?? null;
  const many = () => (selection.rows.length > 0 ? selection.rows : [here()].filter((row) => row !== null));
  const give = () => {
    const requests = many();
    return may && requests.length > 0 ? done(setShown({ what: 'give', requests })) : false;
  };
  const tick = () => {
    const row = onRow() ? here() : null;
    return may && row ? done(selection.onToggle(row.id, false)) : false;
  };
  const doing: Readonly<Record<RequestCommand, () => boolean>> = {
    next: () => done(list.handle.current?.move(1)),
    previous: () => done(list.handle.current?.move(-1)),
    open: () => false,
    assign: () => (selection.rows.length > 0 ? give() : may && take(here())),
    ...{ give, tick },
    reply: () => (triage.reference ? done(reply()) : false),
    log: () => (may ? done(setShown({ what: 'log' })) : false),
    search: () => done(searchBox.current?.focus()),
    back: () => (triage.reference ? done(triage.back()) : selection.rows.length > 0 && done(selection.clear())),
    help: () => done(setShown({ what: 'keys' })),
  };
  useKeys(requestKeys, (command) => doing[command]());
  const keys = requestKeys.map(({ command }) => ({ key: shownKeys[command], does: say(`keys.${command}`) }));
  const close = () => setShown(null);
  return {
    show: () => setShown({ what: 'keys' }),
    dialog: (
      <>
        <KeysDialog open={shown?.what === 'keys'} onClose={close} keys={keys} />
        <LogCallDialog open={shown?.what === 'log'} onClose={close} />
        <GiveDialog requests={shown?.what === 'give' ? shown.requests : []} onClose={close} onDone={selection.clear} />
      </>
    ),
  };
}

function done(_did: unknown): true {
  return true;
}

/** Takes a request if it can be taken and is not one's own already. */
function useTake(): (request: RequestRow | null) => boolean {
  const me = useMe();
  const move = useMove();
  return (request) => {
    if (!request || request.assignee?.id === me.person.id || nextState(request.state, 'take') === null) return false;
    move.press({ request, move: 'take' });
    return true;
  };
}
