import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RequestDetail, RequestRow } from '../../bot/requests/contract.js';
import { codeOf } from '../failure.js';
import { useMe } from '../me.js';
import { keys } from '../query-keys.js';
import { type Tab, useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';
import { foreseen, patchRequest } from './foresee.js';

export const tabMoves = ['take', 'give', 'ask', 'answer', 'close', 'reopen'] as const;
export type TabMove = (typeof tabMoves)[number];

export interface MovePress {
  readonly request: Pick<RequestRow, 'id' | 'reference' | 'version'>;
  readonly move: TabMove;
  readonly to?: { readonly id: string; readonly name: string };
  readonly body?: string;
  readonly notConcern?: boolean;
  /** Of this press: the same when the same press is sent again. */
  readonly nonce: string;
}

/**
 * Moves a request. What is shown changes at once; if the service refuses, it goes back, the request is read again, and the
 * reason is said. A held concern is left to the composer, which must ask about it.
 */
export function useMove() {
  const { api, nonce } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  const me = useMe();
  const mutation = useMutation({
    mutationFn: (press: MovePress) => send(api, press),
    onMutate: async (press) => {
      await client.cancelQueries({ queryKey: keys.request(press.request.id) });
      if (press.body !== undefined) return () => undefined;
      const to = press.move === 'take' ? me.person : (press.to ?? null);
      return patchRequest(client, press.request.id, (row) => foreseen(row, press.move, to));
    },
    onSuccess: (detail, press) => {
      client.setQueryData(keys.request(detail.id), detail);
      patchRequest(client, detail.id, (row) => ({ ...row, ...rowPart(detail) }));
      notify.done(say(`moved.${press.move}`, { reference: detail.reference, name: press.to?.name ?? '' }));
    },
    onError: async (error, press, undo) => {
      undo?.();
      const code = codeOf(error);
      if (code === 'concern') return;
      const movedOn = code === 'stale' || code === 'not-allowed-now';
      notify.refused(movedOn ? await whatHappened(press) : say(`failure.${code}`));
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.requestLists }),
  });

  /** The request as it now stands, shown, and in words who was first. */
  const whatHappened = async ({ request, move }: MovePress): Promise<string> => {
    const { reference } = request;
    const now = await client
      .fetchQuery({ queryKey: keys.request(request.id), queryFn: () => api.readRequest(request.id), staleTime: 0 })
      .catch(() => null);
    const taker = now?.assignee;
    if (move === 'take' && taker && taker.id !== me.person.id)
      return say('refused.takenBy', { reference, name: taker.name });
    return say('refused.movedOn', { reference });
  };

  return { ...mutation, press: (press: Omit<MovePress, 'nonce'>) => mutation.mutate({ ...press, nonce: nonce() }) };
}

function send(api: Tab['api'], press: MovePress): Promise<RequestDetail> {
  return api.moveRequest(press.request.id, press.move, {
    version: press.request.version,
    nonce: press.nonce,
    ...(press.to ? { assigneeId: press.to.id } : {}),
    ...(press.body === undefined ? {} : { body: press.body }),
    ...(press.notConcern ? { notConcern: true } : {}),
  });
}

/** What a row of a list has of the whole request. */
function rowPart(detail: RequestDetail): Pick<RequestRow, 'version' | 'state' | 'assignee' | 'dueAt' | 'overdue'> {
  const { version, state, assignee, dueAt, overdue } = detail;
  return { version, state, assignee, dueAt, overdue };
}
