/**
 * Can package-lock.json be installed anywhere? `npm ci` refuses a lock that lacks one of the optional packages for other
 * systems; npm leaves them out where they could not be read when the lock was made.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({ resolved: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

/** What is wrong with a lock file's text; empty when nothing is. Throws for what is no lock file. */
export function lockFindings(text: string): string[] {
  const { packages } = lockShape.parse(JSON.parse(text));
  return Object.entries(packages).flatMap(([path, { resolved, optionalDependencies = {} }]) => [
    ...Object.keys(optionalDependencies)
      .filter((name) => !reachable(packages, path, name))
      .map((name) => `${path} wants ${name}, which the lock does not have: npm ci would refuse it`),
    ...(resolved?.startsWith('http')
      ? [`${path} names the host it came from: set omit-lockfile-registry-resolved`]
      : []),
  ]);
}

/** Node looks inside the package first, then beside it, then beside each package around it. */
function reachable(packages: Readonly<Record<string, unknown>>, from: string, name: string): boolean {
  const folders = from
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, parts.length - depth).join('/node_modules/'));
  return [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`].some(
    (path) => path in packages,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const findings = lockFindings(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));
  for (const finding of findings) console.error(finding);
  if (findings.length > 0) process.exitCode = 1;
  else console.log('The lock can be installed on any system.');
}
