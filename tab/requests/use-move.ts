import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MoveRequest, RequestDetail, RequestRow } from '../../bot/requests/contract.js';
import { codeOf } from '../failure.js';
import { useMe } from '../me.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';
import type { TabMove } from './actions.js';
import { foreseen, patchRequest } from './foresee.js';

/** What a move may say beside what it is; which of it must be said is the service's table (request.ts mandatoryWords). */
export type MoveWords = Pick<MoveRequest, 'body' | 'reason' | 'signpost' | 'service' | 'by' | 'told' | 'notConcern'>;

export interface MovePress {
  readonly request: Pick<RequestRow, 'id' | 'reference' | 'version'>;
  readonly move: TabMove;
  readonly to?: { readonly id: string; readonly name: string };
  readonly words?: MoveWords;
  /** Of this press: the same when the same press is sent again. */
  readonly nonce: string;
}

/**
 * Moves a request. What is shown changes at once; if the service refuses, it goes back, the request is read again, and the
 * reason is said. What can be taken back is offered back. A held concern is left to whoever asked, which must ask about it.
 */
export function useMove() {
  const { api, nonce } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  const me = useMe();
  const undo = useUndo();
  const mutation = useMutation({
    mutationFn: ({ request, move, to, words, nonce: pressed }: MovePress) =>
      api.moveRequest(request.id, move, {
        ...{ version: request.version, nonce: pressed },
        ...(to ? { assigneeId: to.id } : {}),
        ...words,
      }),
    onMutate: async (press) => {
      await client.cancelQueries({ queryKey: keys.request(press.request.id) });
      // What is held as a concern was never sent: it must not look sent.
      if (press.words) return () => undefined;
      const to = press.move === 'take' ? me.person : (press.to ?? null);
      return patchRequest(client, press.request.id, (row) => foreseen(row, press.move, to));
    },
    onSuccess: (detail, press) => {
      show(client, detail);
      const done = say(`moved.${press.move}`, { reference: detail.reference, name: press.to?.name ?? '' });
      if (detail.undo?.move === press.move) notify.undoable(done, say('undo'), () => undo.mutate(detail));
      else notify.done(done);
    },
    onError: async (error, press, back) => {
      back?.();
      const code = codeOf(error);
      if (code === 'concern') return;
      const movedOn = code === 'stale' || code === 'not-allowed-now';
      notify.refused(movedOn ? await whatHappened(press) : say(`failure.${code}`));
    },
    onSettled: (_detail, _error, { request }) => refresh(client, request.id),
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

/** Takes the viewer's own last move back, while nobody has moved since. */
export function useUndo() {
  const { api, nonce } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: ({ id, version }: Pick<RequestDetail, 'id' | 'version' | 'reference'>) =>
      api.undoMove(id, { version, nonce: nonce() }),
    onSuccess: (detail) => {
      show(client, detail);
      notify.done(say('undone', { reference: detail.reference }));
    },
    onError: (error, { reference }) => {
      const code = codeOf(error);
      const late = code === 'stale' || code === 'not-allowed-now';
      notify.refused(late ? say('refused.undo', { reference }) : say(`failure.${code}`));
    },
    onSettled: (_detail, _error, { id }) => refresh(client, id),
  });
}

type Client = ReturnType<typeof useQueryClient>;

function show(client: Client, detail: RequestDetail): void {
  client.setQueryData(keys.request(detail.id), detail);
  patchRequest(client, detail.id, (row) => ({ ...row, ...rowPart(detail) }));
}

function refresh(client: Client, id: string): void {
  for (const queryKey of [keys.requestLists, keys.views, keys.beside(id), keys.today, keys.workload])
    void client.invalidateQueries({ queryKey });
}

/** What a row of a list has of the whole request. */
function rowPart(detail: RequestDetail): Pick<RequestRow, 'version' | 'state' | 'assignee' | 'dueAt' | 'overdue'> {
  const { version, state, assignee, dueAt, overdue } = detail;
  return { version, state, assignee, dueAt, overdue };
}
