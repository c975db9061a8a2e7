import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followLive, type LiveState } from '../live.js';
import { keys } from '../query-keys.js';
import { useTab } from '../tab-context.js';

/** Reads again at most this often, however much happens at once. Milliseconds. */
const pause = 1500;

/** Follows what happens and marks what is shown of it as out of date, so that it is read again. */
export function useLive(): LiveState {
  const { api, wait, random } = useTab();
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('live');
  useEffect(() => {
    const refresher = createRefresher(client, wait);
    return followLive({
      open: api.live,
      heard: ({ kind, id }) => refresher(keysOf(kind, id)),
      state: setState,
      wait,
      random,
    });
  }, [api, client, wait, random]);
  return state;
}

/** What an event of this kind puts out of date. `kind` is 'request', 'request.taken', ...: the noun is what counts. */
export function keysOf(kind: string, id: string): readonly QueryKey[] {
  switch (kind.split('.')[0]) {
    case 'request':
      return [keys.requestLists, keys.request(id)];
    case 'review':
      return [keys.reviewLists, keys.review(id), keys.requestDetails];
    case 'setting':
      return [keys.settings, keys.me];
    case 'person':
      return [keys.me, keys.people];
    case 'delivery':
      return [keys.deliveries];
    default:
      return [];
  }
}

/** The first event is acted on at once; those that come within the pause are acted on together after it. */
function createRefresher(client: QueryClient, wait: (milliseconds: number) => Promise<void>) {
  let due: readonly QueryKey[] = [];
  let resting = false;
  const refresh = async (): Promise<void> => {
    if (resting || due.length === 0) return;
    resting = true;
    for (const queryKey of due) void client.invalidateQueries({ queryKey });
    due = [];
    await wait(pause);
    resting = false;
    return refresh();
  };
  return (more: readonly QueryKey[]) => {
    due = [...due, ...more];
    void refresh();
  };
}
