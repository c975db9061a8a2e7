import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { followLive, type LiveState } from '../live.js';
import { useTab } from '../tab-context.js';
import { keysOf } from './live-keys.js';

/** Reads again at most this often, however much happens at once. Milliseconds. */
const pause = 1500;

/** Follows what happens and marks what is shown of it as out of date, so that it is read again. */
export function useLive(): LiveState {
  const { api, wait, random } = useTab();
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('live');
  useEffect(() => {
    const refresher = createRefresher(client, wait);
    let last: LiveState = 'live';
    const changed = (now: LiveState) => {
      // What happened before the very first connection was never told: after a loss everything shown is read again.
      if (last === 'waiting' && now === 'live') void client.invalidateQueries();
      last = now;
      setState(now);
    };
    return followLive({
      ...{ open: api.live, state: changed, wait, random },
      heard: ({ kind, id }) => refresher(keysOf(kind, id)),
    });
  }, [api, client, wait, random]);
  return state;
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
