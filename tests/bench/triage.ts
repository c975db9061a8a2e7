import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '../../bot/log.js';
import { startStack } from '../../infra/local/stack.js';
import { measureList } from './triage-list.js';
import { hostRoutes, measureScreen } from './triage-screen.js';

/**
 * The triage list as an API and on the screen, each against the least that could do its work (issue 3, "Done when" 4).
 * `list` or `screen` after the bench's name measures that half alone.
 */
export async function main(): Promise<void> {
  const only = process.argv[3];
  const dataDir = await mkdtemp(join(tmpdir(), 'golden-thread-bench-'));
  const port = await freePort();
  const stack = await startStack({
    ...{ dataDir, port: 0, log: createLog({ level: 'error' }), durable: true, origins: [] },
    routes: hostRoutes(`http://127.0.0.1:${port}`),
  });
  try {
    const screen = only === 'list' ? {} : await measureScreen(stack, port, dataDir);
    const list = only === 'screen' ? {} : await measureList(stack, dataDir);
    process.stdout.write(`${JSON.stringify({ bench: 'triage', ...screen, ...list })}\n`);
  } finally {
    await stack.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** The host page says where the tab is before our server listens there. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
