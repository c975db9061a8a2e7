import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.js';
import { createChecks } from './checks.js';
import { journeyUnderFaults } from './faulted.js';
import { journey } from './journey.js';
import { startPage } from './start-page.js';
import { lookAtEverything } from './looks.js';
import { someRequest } from './some-request.js';
import { startProduct } from './started.js';

/** `npm run e2e`: the whole journey through a real browser, chat in the Playground. Ends with "N passed, M failed". */
const say = (line: string) => console.log(line);
const checks = createChecks(say);

/** What every page showed when something went wrong. */
async function pictures(browser: Browser): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-thread-pictures-'));
  const pages = browser.contexts().flatMap((context) => context.pages());
  for (const [index, page] of pages.entries())
    await page.screenshot({ path: join(folder, `${index + 1}.png`) }).catch(() => undefined);
  say(`Pictures of every page are in ${folder}.`);
}

const product = await startProduct();
say(product.ready);
try {
  const browser = await openBrowser();
  try {
    await journey(browser, product.at, checks);
    await startPage(browser, product.at, checks);
    await lookAtEverything(browser, product.at, { requestId: await someRequest(product.at), checks });
  } catch (error) {
    checks.check(`the journey came to its end: ${error instanceof Error ? error.message : String(error)}`, false);
  } finally {
    if (checks.failed > 0) await pictures(browser);
    await browser.close();
  }
} finally {
  await product.stop();
}
await journeyUnderFaults(checks).catch((error: unknown) => {
  checks.check(`the journey under faults came to its end: ${String(error)}`, false);
});
say(`${checks.passed} passed, ${checks.failed} failed`);
process.exitCode = checks.failed === 0 ? 0 : 1;
