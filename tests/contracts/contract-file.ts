import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * A Microsoft schema that stands beside the checkout. Null when it is not there: the test then says that it was not run and
 * passes; where everything is checked (CI) a missing one is an error.
 */
export function contractFile(name: string): unknown {
  const path = fileURLToPath(new URL(`../../../shared/contracts/${name}`, import.meta.url));
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'));
  if (process.env['CI']) throw new Error(`The contract ${name} is missing beside the checkout.`);
  process.stderr.write(`not run: the contract ${name} is not beside this checkout\n`);
  return null;
}
