import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Addresses {
  readonly page: string;
  readonly chat: string;
  readonly team: string;
  readonly tab: string;
  readonly calendar: string;
  readonly docs: string;
}

export interface StartedProduct {
  readonly at: Addresses;
  /** The line that `npm start` ended with: "ready in 9.1 s. …". */
  readonly ready: string;
  stop(): Promise<void>;
}

const start = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url));
const names = {
  'Start page': 'page',
  Chat: 'chat',
  Team: 'team',
  Tab: 'tab',
  Calendar: 'calendar',
  'API docs': 'docs',
} as const;
const patienceMs = 180_000;

/** The whole product as `npm start` starts it, with data of its own, and its addresses as it prints them. */
export async function startProduct(): Promise<StartedProduct> {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-thread-e2e-'));
  const args = ['--import', 'tsx', start, '--no-open', '--port', '4800', '--data', dataDir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const late = setTimeout(() => child.kill('SIGTERM'), patienceMs);
  const found = new Map<string, string>();
  const said: string[] = [];
  const stop = async () => {
    await ended(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    const [, name, url] = /^ {2}(Start page|Chat|Team|Tab|Calendar|API docs) +(http:\S+)/.exec(line) ?? [];
    if (name && url) found.set(names[name as keyof typeof names], url); // the pattern names exactly these
    if (line.startsWith('ready in')) {
      clearTimeout(late);
      child.stdout.resume();
      return { at: addressesOf(found, said), ready: line, stop };
    }
  }
  await stop();
  throw new Error(`It did not start. It said:\n${said.join('\n')}`);
}

function addressesOf(found: ReadonlyMap<string, string>, said: readonly string[]): Addresses {
  const one = (name: string) => {
    const url = found.get(name);
    if (!url) throw new Error(`No address of the ${name}:\n${said.join('\n')}`);
    return url;
  };
  const chats = { chat: one('chat'), team: one('team') };
  return { page: one('page'), ...chats, tab: one('tab'), calendar: one('calendar'), docs: one('docs') };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGINT');
  await gone;
}
