import { Worker } from 'node:worker_threads';
import { type SheetRefusal, SheetRefused } from '../context.js';
import type { SheetLimits, SheetRow } from './sheet.js';

type Answer =
  | { readonly rows: readonly SheetRow[] }
  | { readonly done: true }
  | { readonly refused: SheetRefusal; readonly limit: number | null };

const longestPartMs = 15_000;

/** Rows of a workbook, read by a thread of its own with a limited heap. Throws SheetRefused. */
export async function* readXlsx(
  bytes: AsyncIterable<Uint8Array>,
  limits: SheetLimits,
): AsyncGenerator<readonly SheetRow[]> {
  const whole = await wholeOf(bytes, limits.workbookBytes);
  const wanted = new Int32Array(new SharedArrayBuffer(4));
  const thread = startThread({ bytes: whole, limits, wanted });
  const heard = listen(thread);
  try {
    for (;;) {
      Atomics.add(wanted, 0, 1);
      Atomics.notify(wanted, 0);
      const answer = await heard();
      if ('refused' in answer) throw new SheetRefused(answer.refused, answer.limit);
      if ('done' in answer) return;
      yield answer.rows;
    }
  } finally {
    await thread.terminate();
  }
}

interface ThreadData {
  readonly bytes: Uint8Array;
  readonly limits: SheetLimits;
  /** Parts that may be sent. */
  readonly wanted: Int32Array;
}

/** Run from its source, as in tests and on a laptop, the thread brings the loader for it along. */
function startThread(data: ThreadData): Worker {
  const own = new URL(import.meta.url);
  const source = own.pathname.endsWith('.ts');
  const script = new URL(`./workbook-thread${source ? '.ts' : '.js'}`, own);
  return new Worker(source ? fromSource(script) : script, {
    eval: source,
    workerData: data,
    transferList: [data.bytes.buffer as ArrayBuffer],
    resourceLimits: { maxOldGenerationSizeMb: data.limits.heapMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    env: {},
  });
}

function fromSource(script: URL): string {
  return `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(script.href)}); })`;
}

/** What the thread says, in order, kept until it is asked for: it may end while the last part is still being worked on. */
function listen(thread: Worker): () => Promise<Answer> {
  const said: Answer[] = [];
  let hear: (() => void) | null = null;
  const keep = (answer: Answer) => {
    said.push(answer);
    hear?.();
  };
  thread.on('message', keep);
  // What the thread dies of is its file: memory is the only thing it can run out of.
  thread.on('error', (error: Error & { code?: string }) =>
    keep({ refused: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'unpacks-too-large' : 'damaged', limit: null }),
  );
  thread.on('exit', () => keep({ refused: 'damaged', limit: null }));
  return async () => {
    const late = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestPartMs);
      hear = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    if (said.length > 0) hear?.();
    await late;
    return said.shift() ?? { refused: 'took-too-long', limit: null };
  };
}

async function wholeOf(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    length += part.length;
    if (length > most) throw new SheetRefused('file-too-large', most);
    parts.push(part);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
