import { zipSync } from 'fflate';
import { fill, readSettings } from './fill.js';
import { type AppManifest, brokenRules, type Files } from './rules.js';
import { schemaFindings } from './schema.js';

/** Zip files count from 1980, and a package of the same content has the same bytes. */
const noTime = '1980-01-01T00:00:00';

export interface Built {
  readonly manifest: string;
  readonly zip: Uint8Array;
}

/** Throws an Error that says everything that is wrong: missing settings, the schema's findings, broken rules. */
export function buildPackage(parts: {
  readonly manifest: string;
  readonly settings: string;
  readonly icons: Files;
}): Built {
  const manifest = fill(parts.manifest, readSettings(parts.settings));
  const wrong = whatIsWrong(JSON.parse(manifest), parts.icons);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  const files = [['manifest.json', Buffer.from(manifest)], ...[...parts.icons].sort(byName)] as const;
  const zip = zipSync(Object.fromEntries(files.map(([name, bytes]) => [name, [bytes, { mtime: noTime, level: 9 }]])));
  return { manifest, zip };
}

/** The schema first: the rules are about a manifest that has the right shape. */
function whatIsWrong(manifest: unknown, icons: Files): string[] {
  const findings = schemaFindings(manifest);
  return findings.length > 0 ? findings : brokenRules(manifest as AppManifest, icons);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
