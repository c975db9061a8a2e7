import { setTimeout as pause } from 'node:timers/promises';
import type { Overrides } from '../../bot/app.js';
import { apps } from '../../infra/local/demo/places.js';
import { startTestApp } from '../support/app.js';
import { doubling } from './doubling.js';
import { seededDraw } from './seeded.js';
import type { World } from './world.js';

export interface InProcess extends World {
  close(): Promise<void>;
}

/** The product in this process, on a clock that moves two seconds at a time: minutes of waiting cost milliseconds. */
export async function startInProcess(
  seed: number,
  overrides: Overrides = {},
  twins = { sameId: 0.2, newId: 0.15 },
): Promise<InProcess> {
  const draw = seededDraw(seed);
  const test = await startTestApp(() => overrides, { random: seededDraw(seed + 1) });
  let stopped = false;
  let next: Promise<void> = Promise.resolve();
  const tick = async () => {
    await test.deliver();
    test.clock.move({ seconds: 2 });
    await pause(2);
  };
  const running = (async () => {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- close() sets it
    while (!stopped) {
      next = tick();
      await next;
    }
  })();
  return {
    ...{ url: test.url, microsoft365: test.microsoft365, connector: test.connector, demo: test.demo },
    chat: test.chatWith(apps.strathlinnBot, doubling(draw, twins)),
    superuserUrl: test.database.superuserUrl,
    now: () => test.clock.now(),
    async moment() {
      const seen = next;
      while (next === seen) {
        if (stopped) throw new Error('This world has ended.');
        await pause(2);
      }
      await next;
    },
    pass: (minutes) => test.clock.move({ minutes }),
    async close() {
      stopped = true;
      await running.catch(() => undefined);
      await test.close();
    },
  };
}
