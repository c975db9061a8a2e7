import { createApp } from '../../bot/app.js';
import { readConfig } from '../../bot/config.js';
import { createShiftingClock } from './clock.js';

/**
 * The product's server as a process of its own, as production has it: it can be killed and started again while the local
 * Microsoft 365 goes on. The clock's shift comes from the process that started it.
 */
interface Told {
  readonly shiftMs?: number;
}

const clock = createShiftingClock(Number(process.env['LOCAL_CLOCK_SHIFT_MS'] ?? 0));
const app = await createApp(readConfig(process.env), { clock });

process.on('message', ({ shiftMs }: Told) => {
  if (shiftMs === undefined) return;
  clock.shift(shiftMs);
  app.workers.nudge();
});

let closing = false;
async function close() {
  if (closing) return;
  closing = true;
  await app.close();
  process.exit(0);
}
// The parent is gone: so is everything that this server talks to.
process.on('disconnect', () => void close());
process.on('SIGTERM', () => void close());
process.on('SIGINT', () => void close());

process.send?.({ listening: await app.listen() });
