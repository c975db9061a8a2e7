import { parentPort, workerData } from 'node:worker_threads';
import { SheetRefused } from '../context.js';
import type { SheetLimits } from './sheet.js';
import { readWorkbook } from './workbook.js';

/**
 * The thread that opens one workbook: its heap has a limit and it is ended with the file. `wanted` counts the parts that the
 * reader is ready for, so that no more than one waits.
 */
const { bytes, limits, wanted } = workerData as { bytes: Uint8Array; limits: SheetLimits; wanted: Int32Array };

try {
  for (const rows of readWorkbook(bytes, limits)) {
    while (Atomics.load(wanted, 0) === 0) Atomics.wait(wanted, 0, 0);
    Atomics.sub(wanted, 0, 1);
    parentPort?.postMessage({ rows });
  }
  parentPort?.postMessage({ done: true });
} catch (error) {
  const refused = error instanceof SheetRefused ? error : new SheetRefused('damaged');
  parentPort?.postMessage({ refused: refused.code, limit: refused.limit });
}
