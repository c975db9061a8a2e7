import { parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { matchExtracts, registerFields } from '../../bot/learners/matching/match-extracts.js';
import { addRecord, createRecords, type Records } from '../../bot/learners/matching/records.js';
import { createSearch } from '../../bot/learners/matching/search.js';
import { extractHeaders } from './matching-files.js';
import { median } from './ratios.js';

/**
 * A process of its own, so that its peak of memory is its own: reads two extracts and makes the list for review (`link`), or
 * holds the first as a register and asks about rows of the second, one at a time (`single`). Says its figures as JSON.
 */
const [what, education = '', socialWork = ''] = process.argv.slice(2);
const mark = (name: string, since: bigint) =>
  process.stderr.write(
    `  ${name} ${(Number(process.hrtime.bigint() - since) / 1e9).toFixed(1)} s, cpu ${(process.cpuUsage().user / 1e6).toFixed(1)} s\n`,
  );

async function read(records: Records, path: string, most = Infinity): Promise<string[]> {
  const people: string[] = [];
  let at = 0;
  for await (const row of createReadStream(path).pipe(parse({ from_line: 2, bom: true })) as AsyncIterable<string[]>) {
    if (at++ >= most) break;
    const raw = Object.fromEntries(extractHeaders.map((name, column) => [name, row[column] ?? '']));
    addRecord(records, { ...raw, forename: [raw['forename'] ?? '', raw['knownAs'] ?? ''] });
    people.push(row[extractHeaders.length] ?? '');
  }
  return people;
}

async function link(): Promise<void> {
  const started = process.hrtime.bigint();
  const records = createRecords(registerFields, 1 << 20);
  const people = await read(records, education);
  const split = records.size;
  people.push(...(await read(records, socialWork)));
  mark(`read ${records.size} rows`, started);
  const { pairs, compared } = matchExtracts(records, split, { least: 0.5 });
  mark(`compared ${compared.pairs} pairs`, started);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const right = pairs.filter(({ a, b }) => people[a] === people[b]).length;
  const automatic = pairs.filter(({ band }) => band === 'match');
  console.log(
    JSON.stringify({
      million_seconds: Number(seconds.toFixed(1)),
      million_peak_mb: Math.round(process.resourceUsage().maxRSS / 1024),
      ...{ rows: records.size, pairs: compared.pairs, found: pairs.length, right },
      ...{
        automatic: automatic.length,
        wrong_automatic: automatic.filter(({ a, b }) => people[a] !== people[b]).length,
      },
    }),
  );
}

async function single(): Promise<void> {
  const started = process.hrtime.bigint();
  const records = createRecords(registerFields, 1 << 20);
  await read(records, education);
  const asked = createRecords(registerFields);
  await read(asked, socialWork, 400);
  const search = createSearch(records);
  mark('register in memory', started);
  const times: number[] = [];
  for (let at = 0; at < asked.size; at++) {
    const raw = Object.fromEntries(
      asked.columns.map(({ spec, codes, dictionary }) => [spec.name, dictionary.values[codes[at] ?? -1] ?? '']),
    );
    const from = process.hrtime.bigint();
    search.find(raw, 5);
    times.push(Number(process.hrtime.bigint() - from) / 1e6);
  }
  const sorted = times.slice(100).sort((x, y) => x - y);
  console.log(
    JSON.stringify({
      single_ms: Number(median(sorted).toFixed(2)),
      single_p99_ms: Number((sorted[Math.floor(sorted.length * 0.99)] ?? 0).toFixed(2)),
      single_peak_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
}

await (what === 'link' ? link() : single());
