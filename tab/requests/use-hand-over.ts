import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RequestRow } from '../../bot/requests/contract.js';
import type { HandedOver } from '../../bot/requests/workload-contract.js';
import { codeOf } from '../failure.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';

interface Act {
  readonly requests: readonly Pick<RequestRow, 'id' | 'version'>[];
  readonly to: { readonly id: string; readonly name: string };
}

/** Gives many requests at once; says how many moved, and takes it back on a press. */
export function useHandOver() {
  const { api, nonce } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  const back = useMutation({
    mutationFn: (handOverId: string) => api.undoHandOver(handOverId, nonce()),
    onSuccess: ({ moved }) => notify.done(say('handOver.undone', { count: moved })),
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
    onSettled: () => refresh(client),
  });
  return useMutation({
    mutationFn: ({ requests, to }: Act) =>
      api.handOver({ nonce: nonce(), toId: to.id, items: requests.map(({ id, version }) => ({ id, version })) }),
    onSuccess: (answer, { to }) => {
      const { handOverId } = answer;
      const done = wordsFor(answer, to.name);
      if (handOverId === null) notify.refused(done);
      else notify.undoable(done, say('undo'), () => back.mutate(handOverId));
    },
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
    onSettled: () => refresh(client),
  });
}

function wordsFor({ moved, results }: HandedOver, name: string): string {
  const left = results.filter(({ outcome }) => outcome !== 'moved' && outcome !== 'already').length;
  const done = say('handOver.done', { count: moved, name });
  return left === 0 ? done : `${done} ${say('handOver.left', { count: left })}`;
}

function refresh(client: ReturnType<typeof useQueryClient>): void {
  for (const queryKey of [keys.requestLists, keys.requestDetails, keys.views, keys.today, keys.workload, keys.routing])
    void client.invalidateQueries({ queryKey });
}
