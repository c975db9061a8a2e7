import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What the local Microsoft 365 remembers: named parts, plain JSON each, all in one file. */
export interface Store {
  /** The live object of one part. Its owner changes it in place and then calls `changed`. */
  part<T extends object>(name: string, initial: () => T): T;
  changed(): void;
  /** Resolves once everything changed so far is on disk; at once when nothing is kept on disk. */
  saved(): Promise<void>;
  close(): Promise<void>;
}

/** Changes made within this many milliseconds share one write. */
const coalesceMs = 20;

/**
 * With no file the state lives in memory. A file that is not JSON is an error, never an empty start: silently forgetting
 * would look like lost invitations.
 */
export function createStore(file: string | undefined): Store {
  const parts: Record<string, unknown> = file ? read(file) : {};
  let dirty = false;
  let writing: Promise<void> | null = null;

  async function write(path: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, coalesceMs));
    dirty = false;
    await replace(path, JSON.stringify(parts));
  }

  function start(path: string): Promise<void> {
    writing ??= write(path).finally(() => {
      writing = null;
      if (dirty) void start(path).catch(() => undefined);
    });
    return writing;
  }

  async function saved(): Promise<void> {
    if (!file) return;
    // A write under way may have taken its copy before the caller's change; then one more is due.
    if (dirty || writing) await start(file);
    if (dirty) await start(file);
  }

  return {
    part<T extends object>(name: string, initial: () => T): T {
      const kept = parts[name] ?? initial();
      parts[name] = kept;
      return kept as T; // the file was written by this same part; its shape is the owner's
    },
    changed() {
      dirty = true;
      if (file) void start(file).catch(() => undefined);
    },
    saved,
    close: saved,
  };
}

function read(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

/** Whole or not at all: a process killed in the middle leaves the old file. */
async function replace(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.tmp`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}
