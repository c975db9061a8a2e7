import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { playgroundConfig, type PlaygroundSetting } from './playground-config.js';

export interface PlaygroundOptions extends PlaygroundSetting {
  /** 0 or absent: any free port. When it is taken the Playground takes another, so ask `url`. */
  readonly port?: number;
  /** Where the Playground is to send what the person does: one key's address at the bridge. */
  readonly bridgeUrl: string;
  /** A folder of its own, for its configuration and its log. Made when missing. */
  readonly dir: string;
}

export interface Playground {
  /** 'http://127.0.0.1:{port}' */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const program = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
const preload = fileURLToPath(new URL('./playground-preload.cjs', import.meta.url));
const readyMs = 60_000;

/**
 * Starts the Microsoft 365 Agents Playground for one person, on 127.0.0.1 alone (playground-preload.cjs). Throws with the
 * Playground's own words when it does not come up. It ends with this process, however that ends.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { dir, bridgeUrl, port = 0 } = options;
  const config = join(dir, '.m365agentsplayground.yml');
  const log = join(dir, 'playground.log');
  await mkdir(dir, { recursive: true });
  await writeFile(config, playgroundConfig(options), { mode: 0o600 });
  const args = [
    'start',
    '--app-endpoint',
    bridgeUrl,
    '--channel-id',
    'msteams',
    '--disable-telemetry',
    '--port',
    `${port}`,
  ];
  const child = spawn(process.execPath, ['--require', preload, program, ...args], {
    cwd: dir,
    stdio: ['pipe', 'pipe', 'ignore'],
    // Nothing of this process's environment: no setting or secret of the service has any business there.
    env: {
      ...{ HOME: dir, TZ: 'Europe/London', TEAMSAPPTESTER_BROWSER: 'none' },
      ...{ M365_AGENTS_PLAYGROUND_CONFIG_PATH: config, M365_AGENTS_PLAYGROUND_LOGFILE: log },
    },
  });
  try {
    const url = `http://127.0.0.1:${await listeningPort(child)}`;
    await answering(child, url);
    return { url, pid: child.pid ?? 0, stop: () => stop(child) };
  } catch {
    await stop(child);
    throw new Error(`The Playground did not start. It said: ${await readFile(log, 'utf8').catch(() => 'nothing')}`);
  }
}

async function listeningPort(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error('The Playground has no output to read.');
  const signal = AbortSignal.timeout(readyMs);
  for await (const line of createInterface({ input: child.stdout, signal })) {
    const port = /^Listening on (\d+)/.exec(line)?.[1];
    if (port) return Number(port);
  }
  throw new Error('The Playground ended before it listened.');
}

/** It says that it listens before it reads its configuration, and then may still end. */
async function answering(child: ChildProcess, url: string): Promise<void> {
  const ping = await fetch(`${url}/_internal/v1/config`, { signal: AbortSignal.timeout(readyMs) });
  await ping.arrayBuffer();
  if (!ping.ok || child.exitCode !== null) throw new Error('The Playground does not answer.');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 3000);
  await gone;
  clearTimeout(late);
}
