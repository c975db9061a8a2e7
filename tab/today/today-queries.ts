import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Today } from '../../bot/requests/today-contract.js';
import { codeOf } from '../failure.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';
import { useNotify } from '../ui/use-notify.js';
import { say } from '../words.js';

export function useToday() {
  const { api } = useTab();
  return useQuery({ queryKey: keys.today, queryFn: () => api.readToday() });
}

/** Says that everything shown has been seen. What was new stays in sight until it is read again. */
export function useLooked() {
  const { api } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: (today: Today) => api.looked(today.asOf),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.today }),
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
  });
}

export interface CallNoteDraft {
  readonly who: string;
  readonly agreed: string;
  /** 'YYYY-MM-DD', or '' where nothing was promised for a day. */
  readonly byOn: string;
}

/** What the call was about; nothing when it was about no one request or learner. */
export interface CallNoteAbout {
  readonly requestId?: string;
  readonly learnerId?: string;
}

/** Keeps one line about a call. A held concern is left to whoever wrote it. */
export function useCallNote(about: CallNoteAbout, onKept: () => void) {
  const { api, nonce } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation({
    mutationFn: ({ draft, notConcern }: { readonly draft: CallNoteDraft; readonly notConcern: boolean }) =>
      api.writeCallNote({
        ...about,
        ...{ who: draft.who, agreed: draft.agreed, notConcern, nonce: nonce() },
        ...(draft.byOn ? { byOn: draft.byOn } : {}),
      }),
    onSuccess: () => {
      notify.done(say('callNote.kept'));
      void client.invalidateQueries({ queryKey: keys.today });
      if (about.requestId) void client.invalidateQueries({ queryKey: keys.beside(about.requestId) });
      onKept();
    },
    onError: (error) => {
      if (codeOf(error) !== 'concern') notify.refused(say(`failure.${codeOf(error)}`));
    },
  });
}

/** Ticks off what was agreed; a second press takes the tick away again. */
export function useSettleCallNote() {
  const { api } = useTab();
  const client = useQueryClient();
  const notify = useNotify();
  const settle = useMutation({
    mutationFn: ({ id, done }: { readonly id: string; readonly done: boolean }) => api.settleCallNote(id, done),
    onSuccess: (_answer, { id, done }) => {
      if (done) notify.undoable(say('callNote.settled'), say('undo'), () => settle.mutate({ id, done: false }));
    },
    onError: (error) => notify.refused(say(`failure.${codeOf(error)}`)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.today }),
  });
  return settle;
}
