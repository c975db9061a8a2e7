import { callNote, callNoteDone, lookedAnswer, today, type WriteCallNote } from '../../bot/requests/today-contract.js';
import type { Send } from '../send.js';

export function todayCalls(send: Send) {
  return {
    readToday: () => send('GET', '/today', today),
    /** Everything up to `until`, the `asOf` that was shown, has been seen. */
    looked: (until: string) => send('POST', '/today/looked', lookedAnswer, { until }),
    writeCallNote: (note: WriteCallNote) => send('POST', '/call-notes', callNote, note),
    settleCallNote: (id: string, done: boolean) =>
      send('POST', `/call-notes/${id}/${done ? 'done' : 'undone'}`, callNoteDone, {}),
  };
}
