/**
 * Is infra/main.bicep what Azure's types allow and what this project's rules ask? Reads it with bicep-syntax.ts; what is beyond
 * that grammar is a finding too. The types stand beside the checkout: in CI a missing folder fails, elsewhere it is said.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkRules } from './bicep-rules.js';
import { BicepError, readBicep } from './bicep-syntax.js';
import { checkTypes, type Finding, loadResourceTypes, type ResourceTypes } from './bicep-types.js';

export const typesFolder = fileURLToPath(new URL('../../../shared/contracts/bicep-types', import.meta.url));

/** In the order of lines; empty when all is well. Without types only the rules are held. */
export function bicepFindings(source: string, types: ResourceTypes | null): Finding[] {
  try {
    const template = readBicep(source);
    const findings = [...(types ? checkTypes(template, types) : []), ...checkRules(template)];
    return findings.sort((a, b) => a.line - b.line);
  } catch (error) {
    if (error instanceof BicepError) return [{ line: error.line, why: error.message }];
    throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const types = loadResourceTypes(typesFolder);
  if (!types) process.stderr.write('not run: the types of Azure’s resources are not beside this checkout\n');
  const findings = bicepFindings(readFileSync(new URL('../main.bicep', import.meta.url), 'utf8'), types);
  for (const { line, why } of findings) process.stdout.write(`infra/main.bicep:${line}  ${why}\n`);
  process.exitCode = findings.length > 0 || (!types && process.env['CI']) ? 1 : 0;
}
