import { setTimeout as pause } from 'node:timers/promises';
import type { Overrides } from '../../bot/app.js';
import { apps } from '../../infra/local/demo/places.js';
import { startTestApp } from '../support/app.js';
import { doubling } from './doubling.js';
import { seededDraw } from './seeded.js';
import { closeOldRequests } from './old-requests.js';
import { openReader } from './rows.js';
import type { World } from './world.js';

export interface InProcess extends World {
  close(): Promise<void>;
}

const shortestStepMs = 2_000;
const longestStepMs = 30_000;

/** The product in this process, on a clock that goes from one thing due to the next: minutes of waiting cost milliseconds. */
export async function startInProcess(
  seed: number,
  overrides: Overrides = {},
  twins = { sameId: 0.2, newId: 0.15 },
): Promise<InProcess> {
  const draw = seededDraw(seed);
  const test = await startTestApp(() => overrides, {
    random: seededDraw(seed + 1),
    prepare: (database) => closeOldRequests(database.superuserUrl),
  });
  let stopped = false;
  let next: Promise<void> = Promise.resolve();
  const reader = await openReader(test.database.superuserUrl);
  const tick = async () => {
    await test.deliver();
    test.clock.move({ milliseconds: await stepMs() });
    await pause(2);
  };
  // Nothing happens by itself before the next row is due, so nothing is missed by going there at once.
  const stepMs = async () => {
    const next = await reader.next();
    const wait = next ? next.getTime() - test.clock.now().epochMilliseconds : longestStepMs;
    return Math.min(Math.max(wait, shortestStepMs), longestStepMs);
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
      await reader.close();
      await test.close();
    },
  };
}
