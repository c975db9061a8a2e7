import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.js';
import { createChecks } from './checks.js';
import { lookAtEverything } from './looks.js';
import { someRequest } from './some-request.js';
import { startProduct } from './started.js';

/** `npm run screenshots`: the pictures of the README, made anew from the running product. */
const folder = fileURLToPath(new URL('../../infra/screenshots', import.meta.url));
const checks = createChecks((line) => console.log(line));
const product = await startProduct();
try {
  const browser = await openBrowser();
  await lookAtEverything(browser, product.at, { requestId: await someRequest(product.at), checks, folder });
  await browser.close();
} finally {
  await product.stop();
}
console.log(`${checks.passed} passed, ${checks.failed} failed`);
process.exitCode = checks.failed === 0 ? 0 : 1;
