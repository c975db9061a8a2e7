import { toDate } from '../../bot/time.js';
import { count, type Findings } from './count.js';
import type { Diary } from './deeds.js';
import { readFarSide, type FarSide } from './far-side.js';
import { openReader } from './rows.js';
import { mend, type World } from './world.js';

/** The mailbox is read at least this often, so what was answered in a calendar is known after it. */
const readingMinutes = 16;
const stuckAfterSeconds = 60;

/**
 * Ends the faults, waits until nothing moves any more, and counts. What is still open a minute after the last thing that had
 * to happen is stuck; `patience` bounds the waiting in moments.
 */
export async function comeToRest(
  world: World,
  diary: Diary,
  patience = 4000,
): Promise<{ findings: Findings; far: FarSide }> {
  mend(world);
  const reader = await openReader(world.superuserUrl);
  const quiet = async () => {
    for (let waited = 0; waited < patience; waited += 1) {
      await world.moment();
      if ((await reader.open(toDate(world.now()))) === 0) return;
    }
  };
  try {
    await quiet();
    world.pass(readingMinutes);
    await quiet();
    const dueBefore = toDate(world.now().subtract({ seconds: stuckAfterSeconds }));
    const far = await readFarSide(world);
    return { findings: count(diary, await reader.rows(dueBefore), far), far };
  } finally {
    await reader.close();
  }
}
