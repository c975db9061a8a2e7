import autocannon from 'autocannon';
import type { Presses } from './presses.js';
import { cpuOf, type Server } from './servers.js';

/** A server and the tokens that it is shown, one after the other. */
export interface Lane {
  readonly server: Server;
  readonly tokens: readonly string[];
}

export interface Slice {
  readonly rps: number;
  readonly p99: number;
  readonly cpuUs: number;
}

/** Presses for some seconds over all connections, as fast as answers come or at `rate` a second in all. Throws on any other answer than 200. */
export async function slice(
  { server, tokens }: Lane,
  presses: Presses,
  how: { readonly seconds: number; readonly rate?: number },
): Promise<Slice> {
  await presses.settle();
  const cpu = await cpuOf(server);
  let connection = 0;
  let token = 0;
  const result = await autocannon({
    ...{
      url: server.url,
      connections: presses.connections,
      duration: how.seconds,
      ...(how.rate ? { overallRate: how.rate } : {}),
    },
    setupClient(client) {
      const own = connection++;
      const next = () => {
        token = (token + 1) % tokens.length;
        client.setHeadersAndBody(
          { 'content-type': 'application/json', authorization: `Bearer ${tokens[token] ?? ''}` },
          presses.body(own),
        );
      };
      next();
      client.on('response', () => {
        presses.answered(own);
        next();
      });
    },
    ...{ method: 'POST' },
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} answers were not 200, ${result.errors} broke`);
  const used = (await cpuOf(server)) - cpu;
  return { rps: result['2xx'] / result.duration, p99: result.latency.p99, cpuUs: used / Math.max(1, result['2xx']) };
}
