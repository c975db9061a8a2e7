import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { freePorts } from '../../../infra/local/start-ports.js';

test('a taken port is passed over, and no port is given twice', async () => {
  const holder = createServer().listen({ host: '127.0.0.1', port: 0 });
  await once(holder, 'listening');
  const address = holder.address();
  const taken = typeof address === 'object' && address ? address.port : 0;
  const ports = await freePorts({ a: taken, b: taken + 1 }, ['a', 'b']);
  expect(ports.a).toBeGreaterThan(taken);
  expect(ports.b).not.toBe(ports.a);
  holder.close();
});
