import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { apps, tenants } from './demo/places.js';

export interface ServerSettings {
  readonly databaseUrl: string;
  readonly microsoft365Url: string;
  readonly port: number;
  /** Origins of the pages that may frame the tab; the first is where links into the tab go. */
  readonly origins: readonly string[];
  readonly tabDirectory: string | null;
  readonly auditHeadsDirectory: string;
  /** PEM of an Ed25519 key; without it nothing is sealed. */
  readonly auditSigningKey?: string;
  readonly shiftMs: () => number;
  readonly logLevel?: string;
}

export interface ServerProcess {
  readonly url: string;
  readonly pid: number | undefined;
  shift(ms: number): void;
  /** kill -9, as a power cut would; it is started again at once. */
  kill(): void;
  /** Ends it as a deployment would; it is started again at once. */
  restart(): void;
  /** Settles when the server that was started last answers. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/** The environment that makes bot/main.ts or infra/local/server.ts the local server. */
export function serverEnvironment(settings: ServerSettings): Record<string, string> {
  return {
    PORT: String(settings.port),
    PUBLIC_URL: `http://127.0.0.1:${settings.port}`,
    DATABASE_URL: settings.databaseUrl,
    LOCAL_MICROSOFT365_URL: settings.microsoft365Url,
    LOCAL_ORIGINS: settings.origins.join(','),
    LOCAL_CLOCK_SHIFT_MS: String(settings.shiftMs()),
    LOG_LEVEL: settings.logLevel ?? 'warn',
    BOT_APPS: `${apps.strathlinnBot}:${tenants.council.tenantId},${apps.kylebraeBot}:${tenants.kylebrae.tenantId}`,
    BOT_SECRET: 'local',
    API_CLIENT_ID: apps.api,
    API_ALLOWED_CLIENTS: apps.api,
    WORKER_SECRET: 'local',
    TEAMS_APP_ID: apps.strathlinnBot,
    AUDIT_HEADS_DIRECTORY: settings.auditHeadsDirectory,
    ...(settings.auditSigningKey ? { AUDIT_SIGNING_KEY: settings.auditSigningKey } : {}),
    ...(settings.tabDirectory ? { TAB_DIRECTORY: settings.tabDirectory } : {}),
  };
}

/** Keeps one server running until it is stopped; one that died is started again. */
export async function startServerProcess(settings: ServerSettings): Promise<ServerProcess> {
  let stopping = false;
  let current: { child: ChildProcess; ready: Promise<void> } = start();

  function start() {
    const child = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [], {
      // What this machine's shell happens to hold must not decide how the local server runs.
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...serverEnvironment(settings) },
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ready = new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('exit', (code) => reject(new Error(`the server ended before it was ready (${code ?? 'killed'})`)));
    });
    ready.catch(() => undefined);
    child.once('exit', () => {
      if (!stopping) setTimeout(() => !stopping && (current = start()), 250);
    });
    return { child, ready };
  }

  await current.ready;
  return {
    url: `http://127.0.0.1:${settings.port}`,
    get pid() {
      return current.child.pid;
    },
    // One that is down just now reads the shift when it starts.
    shift(ms) {
      if (current.child.connected) current.child.send({ shiftMs: ms }, () => undefined);
    },
    kill: () => void current.child.kill('SIGKILL'),
    restart: () => void current.child.kill('SIGTERM'),
    async ready() {
      for (;;) {
        const seen = current;
        if (
          await seen.ready.then(
            () => seen.child.exitCode === null && seen.child.signalCode === null && !seen.child.killed,
            () => false,
          )
        )
          return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    async stop() {
      stopping = true;
      const { child } = current;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}
