import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverEnvironment } from '../../infra/local/server-process.js';
import type { Stack } from '../../infra/local/stack.js';

/** A server under measure, in a process of its own. */
export interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.disconnect();
  await exit;
}

export function ownEnvironment(stack: Stack, dataDir: string): Record<string, string> {
  return serverEnvironment({
    ...{ databaseUrl: stack.postgres.appUrl, microsoft365Url: stack.microsoft365.url, port: 3978, origins: [] },
    ...{ tabDirectory: null, auditHeadsDirectory: join(dataDir, 'heads'), shiftMs: () => 0, logLevel: 'error' },
  });
}

export async function startServer(file: string, args: string[], env: Record<string, string>): Promise<Server> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    env: { PATH: process.env['PATH'], ...env },
    execArgv: ['--import', 'tsx', ...profiling(file)],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port));
    child.once('exit', () => reject(new Error(`${file} ended before it listened`)));
  });
  return { child, url: `http://127.0.0.1:${port}/api/messages` };
}

/** With BENCH_PROFILE, a folder, our own server leaves a CPU profile there when it ends. */
function profiling(file: string): string[] {
  const folder = process.env['BENCH_PROFILE'];
  return folder && file === './ours.ts' ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
}

/** Microseconds of user and system time since it started. */
export async function cpuOf({ child }: Server): Promise<number> {
  const answer = new Promise<number>((resolve) => {
    child.once('message', ({ cpu }: { cpu: NodeJS.CpuUsage }) => resolve(cpu.user + cpu.system));
  });
  child.send({});
  return answer;
}
