import { liveEvent, type LiveEvent } from '../bot/people/contract.js';

export type LiveState = 'live' | 'waiting';

interface LiveOptions {
  /** Opens the stream after the event last seen; null from now on. */
  open(feed: string | null, signal: AbortSignal): Promise<Response>;
  heard(event: LiveEvent): void;
  state(state: LiveState): void;
  wait(milliseconds: number): Promise<void>;
  /** 0 <= n < 1 */
  random(): number;
}

/** Follows the live stream until stopped: reads lines, remembers where it was, comes back after an end or a loss. */
export function followLive(options: LiveOptions): () => void {
  const stop = new AbortController();
  let feed: string | null = null;
  let losses = 0;
  const readOnce = async () => {
    const answer = await options.open(feed, stop.signal);
    options.state('live');
    losses = 0;
    for await (const line of linesOf(answer)) {
      const event = eventOf(line);
      if (!event) continue;
      feed = event.feed;
      options.heard(event);
    }
  };
  const stopped = () => stop.signal.aborted;
  const run = async (): Promise<void> => {
    while (!stopped()) {
      await readOnce().catch(() => (losses += 1));
      if (stopped()) return;
      if (losses > 0) options.state('waiting');
      await options.wait(pauseAfter(losses, options.random()));
    }
  };
  void run();
  return () => stop.abort();
}

/** Milliseconds before coming back: soon after an ordinary end, doubling to half a minute after losses, spread out. */
export function pauseAfter(losses: number, random: number): number {
  const most = Math.min(30_000, 500 * 2 ** Math.min(losses, 6));
  return Math.round(most / 2 + (most / 2) * random);
}

async function* linesOf(answer: Response): AsyncGenerator<string> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let held = '';
  while (reader) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (held + value).split('\n');
    held = lines.pop() ?? '';
    yield* lines;
  }
}

/** Null for a heartbeat, an empty line, or a kind of line that this version does not know. */
function eventOf(line: string): LiveEvent | null {
  try {
    const parsed = liveEvent.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
