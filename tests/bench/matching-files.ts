import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { drawLinkedExtracts, type ExtractRow } from '../../infra/local/demo/generator/linked-extracts.js';

export const extractHeaders = [
  'forename',
  'knownAs',
  'surname',
  'birthOn',
  'sex',
  'postcode',
  'school',
  'scn',
] as const;

/** Writes a made-up pair of extracts as CSV, with the child as last column, and answers the paths. */
export async function writeExtracts(
  folder: string,
  pupils: number,
  known: number,
): Promise<{ education: string; socialWork: string }> {
  const made = drawLinkedExtracts({ seed: `speed-${pupils}`, pupils, known, scnMissing: 0.2 });
  const paths = { education: `${folder}/education-${pupils}.csv`, socialWork: `${folder}/social-work-${known}.csv` };
  await writeRows(paths.education, made.education, made.educationTruth);
  await writeRows(paths.socialWork, made.socialWork, made.socialWorkTruth);
  return paths;
}

async function writeRows(path: string, rows: readonly ExtractRow[], truth: readonly number[]): Promise<void> {
  const out = createWriteStream(path);
  out.write(`${extractHeaders.join(',')},person\n`);
  let lines: string[] = [];
  for (const [at, row] of rows.entries()) {
    lines.push([...extractHeaders.map((name) => row[name]), truth[at]].join(','));
    if (lines.length < 5000) continue;
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
    lines = [];
  }
  out.end(lines.length > 0 ? `${lines.join('\n')}\n` : '');
  await once(out, 'finish');
}
