import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import AjvDraft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

// Microsoft's package holds its schemas as files, so nothing is fetched. Its own validator reads them the same way, but loads
// an ES module by require, which test runners on Node 20 cannot.
const schemaOf = (version: string) =>
  createRequire(import.meta.url).resolve(
    `@microsoft/app-manifest/build/json-schemas/teams/v${version}/MicrosoftTeams.schema.json`,
  );

/** What Microsoft's schema 1.30 says against a manifest: where, and what would be right. Empty when it is valid. */
export function schemaFindings(manifest: unknown): string[] {
  const ajv = new AjvDraft04.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(schemaOf('1.30'), 'utf8')) as object);
  if (validate(manifest)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const detail = Object.values(params as Record<string, unknown>).map((value) => JSON.stringify(value));
    return `${instancePath || '/'} ${message ?? 'is wrong'} (${detail.join(', ')})`;
  });
}
