import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What a server of a start before this one may need to let go of its port, in milliseconds. */
const leavingMs = 1500;
const tried = 100;

/** Ports of 127.0.0.1, one for each wanted: that one, or the next that nobody has. Throws when 100 in a row are taken. */
export async function freePorts<Name extends string>(
  wanted: Readonly<Record<Name, number>>,
  names: readonly Name[],
): Promise<Record<Name, number>> {
  const found: [Name, number][] = [];
  for (const name of names) found.push([name, await freePort(wanted[name], new Set(found.map(([, port]) => port)))]);
  return Object.fromEntries(found) as Record<Name, number>; // one entry a name
}

async function freePort(wanted: number, given: ReadonlySet<number>): Promise<number> {
  if (!given.has(wanted) && !(await isFree(wanted))) await pause(leavingMs);
  for (let port = wanted; port < wanted + tried && port < 65_536; port += 1)
    if (!given.has(port) && (await isFree(port))) return port;
  throw new Error(`No free port from ${wanted} to ${wanted + tried}.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const taken = once(server, 'error').then(() => false);
  server.listen({ host: '127.0.0.1', port, exclusive: true });
  const free = await Promise.race([once(server, 'listening').then(() => true), taken]);
  if (free) await new Promise((done) => server.close(done));
  return free;
}
