import type { TestApp } from '../support/app.js';
import type { Viewer } from './viewers.js';

export interface Stream {
  readonly status: number;
  /** Every line so far. */
  readonly lines: readonly string[];
  /** Settles when a line holds the word, or the stream has ended. */
  until(word: string): Promise<void>;
  close(): Promise<void>;
}

/** Follows what the viewer is told live. */
export async function follow(app: TestApp, viewer: Viewer): Promise<Stream> {
  const gone = new AbortController();
  const token = await app.microsoft365.mintUserToken({ tid: viewer.person.tenantId, oid: viewer.person.oid });
  const answer = await fetch(`${app.url}/api/live`, {
    headers: { authorization: `Bearer ${token}` },
    signal: gone.signal,
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const reading = (async () => {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const chunk of answer.body ?? []) {
      const [last = '', ...whole] = (rest + decoder.decode(chunk, { stream: true })).split('\n').reverse();
      rest = last;
      lines.push(...whole.reverse());
      for (const look of waiting) look();
    }
  })()
    .catch(() => undefined) // closed by ourselves
    .finally(() => {
      ended = true;
      for (const look of waiting) look();
    });
  return {
    status: answer.status,
    lines,
    until: (word) =>
      new Promise((resolve) => {
        const look = () => {
          if (!ended && !lines.some((line) => line.includes(word))) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    async close() {
      gone.abort();
      await reading;
    },
  };
}
