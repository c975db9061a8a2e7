import { expect, test } from '@jest/globals';
import { createMailboxLanes } from '../../../bot/graph/mailbox-lanes.js';

test('four calls at a time on one mailbox, two of them writing; another mailbox does not wait; a failure gives its turn on', async () => {
  const lanes = createMailboxLanes({ total: 4, writes: 2 });
  const now = { total: 0, writes: 0, mostTotal: 0, mostWrites: 0, other: 0 };
  const tick = () => new Promise((go) => setImmediate(go));
  const work = (kind: 'read' | 'write', fails: boolean) =>
    lanes
      .run('reviews', kind, async () => {
        now.total += 1;
        now.writes += kind === 'write' ? 1 : 0;
        now.mostTotal = Math.max(now.mostTotal, now.total);
        now.mostWrites = Math.max(now.mostWrites, now.writes);
        await tick();
        await tick();
        now.total -= 1;
        now.writes -= kind === 'write' ? 1 : 0;
        if (fails) throw new Error('planned');
      })
      .catch(() => undefined);
  const all = Array.from({ length: 40 }, (_, index) => work(index % 3 === 0 ? 'read' : 'write', index % 5 === 0));
  await lanes.run('another', 'write', async () => void (now.other = now.total));
  await Promise.all(all);
  expect(now).toEqual({ total: 0, writes: 0, mostTotal: 4, mostWrites: 2, other: expect.any(Number) });
});
