import { DuckDBInstance } from '@duckdb/node-api';
import { writeFile } from 'node:fs/promises';
import type { Comparison } from '../../bot/learners/matching/comparisons.js';
import { createLeveller } from '../../bot/learners/matching/levels.js';
import { createCandidateIndex } from '../../bot/learners/matching/candidates.js';
import { addRecord, createRecords, type FieldSpec, type Records } from '../../bot/learners/matching/records.js';
import { jaroWinkler, withinOneEdit } from '../../bot/learners/matching/strings.js';
import { drawLinkedExtracts } from '../../infra/local/demo/generator/linked-extracts.js';
import { median } from './ratios.js';

/** The same six columns, the same levels, the same pairs and one thread each: our vectors a second over DuckDB's. */
export interface VectorFigures {
  readonly vectors_vs_duckdb: number;
  readonly our_vectors: number;
  readonly duckdb_vectors: number;
  readonly pairs: number;
  readonly same_counts: boolean;
}

const levels = ['missing', 'different', 'near', 'close', 'exact'] as const;
const expected = [0.1, 0.1, 0.1, 0.7] as const;

function comparison(quick: boolean, compare: (a: string, b: string) => number): Comparison {
  return { levels, exact: 4, quick, byFrequency: false, expected, compare };
}

const byLikeness = comparison(false, (a, b) => {
  const alike = jaroWinkler(a, b);
  return alike >= 0.92 ? 3 : alike >= 0.8 ? 2 : 1;
});
const byEdits = (start: number) =>
  comparison(true, (a, b) => (withinOneEdit(a, b) ? 3 : startAlike(a, b, start) ? 2 : 1));

function startAlike(a: string, b: string, length: number): boolean {
  for (let at = 0; at < length; at++) if (a.charCodeAt(at) !== b.charCodeAt(at)) return false;
  return true;
}

const byEquality = comparison(true, () => 1);

const columns: readonly (FieldSpec & { readonly sql: string })[] = [
  { name: 'forename', kind: 'forename', comparison: byLikeness, sql: likenessSql('forename') },
  { name: 'surname', kind: 'surname', comparison: byLikeness, sql: likenessSql('surname') },
  { name: 'birthOn', kind: 'birth-date', comparison: byEdits(4), sql: editsSql('birthOn', 4) },
  { name: 'postcode', kind: 'postcode', comparison: byEdits(3), sql: editsSql('postcode', 3) },
  { name: 'school', kind: 'category', comparison: byEquality, sql: caseSql('school', '') },
  { name: 'sex', kind: 'sex', comparison: byEquality, sql: caseSql('sex', '') },
];

function caseSql(name: string, between: string): string {
  return `CASE WHEN a.${name} IS NULL OR b.${name} IS NULL THEN 0 WHEN a.${name} = b.${name} THEN 4 ${between} ELSE 1 END`;
}

function likenessSql(name: string): string {
  const alike = `jaro_winkler_similarity(a.${name}, b.${name})`;
  return caseSql(name, `WHEN ${alike} >= 0.92 THEN 3 WHEN ${alike} >= 0.8 THEN 2`);
}

function editsSql(name: string, start: number): string {
  const edits = `damerau_levenshtein(a.${name}, b.${name}) <= 1`;
  return caseSql(name, `WHEN ${edits} THEN 3 WHEN left(a.${name}, ${start}) = left(b.${name}, ${start}) THEN 2`);
}

export async function measureVectors(folder: string, rounds: number): Promise<VectorFigures> {
  const { records, pairs } = samplePairs();
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const duckdb = await instance.connect();
  await writeTables(folder, records, pairs);
  await duckdb.run(
    `CREATE TABLE records AS SELECT * FROM read_csv('${folder}/records.csv', all_varchar = true, header = true)`,
  );
  await duckdb.run(`CREATE TABLE pairs AS SELECT * FROM read_csv('${folder}/pairs.csv', header = true)`);
  const select = columns.map(({ sql, name }) => `${sql} AS l_${name}`).join(', ');
  const by = columns.map(({ name }) => `l_${name}`).join(', ');
  const query = `SELECT ${by}, count(*)::INTEGER AS n FROM (SELECT ${select} FROM pairs p JOIN records a ON a.id = p.a::VARCHAR JOIN records b ON b.id = p.b::VARCHAR) GROUP BY ${by}`;
  const [ours, theirs]: [number[], number[]] = [[], []];
  let same = true;
  for (let round = 0; round < rounds; round++) {
    const own = timed(() => countOurs(records, pairs));
    ours.push(pairs.length / 2 / own.seconds);
    const from = process.hrtime.bigint();
    const rows = await (await duckdb.run(query)).getRows();
    theirs.push(pairs.length / 2 / (Number(process.hrtime.bigint() - from) / 1e9));
    same &&= sameCounts(
      own.result,
      rows.map((row) => row.map(Number)),
    );
  }
  duckdb.closeSync();
  const [our, their] = [median(ours), median(theirs)];
  return {
    vectors_vs_duckdb: Number(median(ours.map((value, at) => value / (theirs[at] ?? 1))).toFixed(1)),
    ...{ our_vectors: Math.round(our), duckdb_vectors: Math.round(their), pairs: pairs.length / 2, same_counts: same },
  };
}

/** Records of two extracts and the pairs that share a key, flat: a, b, a, b. */
function samplePairs(): { readonly records: Records; readonly pairs: Int32Array } {
  const made = drawLinkedExtracts({ seed: 'vectors', pupils: 20_000, known: 5000, scnMissing: 0.2 });
  const records = createRecords(columns, 30_000);
  for (const row of [...made.education, ...made.socialWork]) addRecord(records, { ...row });
  const split = made.education.length;
  const index = createCandidateIndex(records, { from: split, until: records.size }, { askedFor: split, work: 700_000 });
  const pairs: number[] = [];
  for (let a = 0; a < split; a++) index.eachCandidate(a, (b) => pairs.push(a, b));
  return { records, pairs: Int32Array.from(pairs) };
}

async function writeTables(folder: string, records: Records, pairs: Int32Array): Promise<void> {
  const rows = [`id,${columns.map(({ name }) => name).join(',')}`];
  for (let at = 0; at < records.size; at++)
    rows.push(
      [at, ...records.columns.map(({ codes, dictionary }) => dictionary.values[codes[at] ?? -1] ?? '')].join(','),
    );
  await writeFile(`${folder}/records.csv`, rows.join('\n'));
  const lines = ['a,b'];
  for (let at = 0; at < pairs.length; at += 2) lines.push(`${pairs[at] ?? 0},${pairs[at + 1] ?? 0}`);
  await writeFile(`${folder}/pairs.csv`, lines.join('\n'));
}

/** From nothing remembered to the count of every pattern: what DuckDB is asked for. */
function countOurs(records: Records, pairs: Int32Array): Map<string, number> {
  const leveller = createLeveller(records);
  const counts = new Int32Array(levels.length ** columns.length);
  const into = new Uint8Array(records.columns.length);
  for (let at = 0; at < pairs.length; at += 2) {
    leveller.compare(pairs[at] ?? 0, pairs[at + 1] ?? 0, into);
    const pattern = leveller.patternOf(into);
    counts[pattern] = (counts[pattern] ?? 0) + 1;
  }
  const met = [...counts.entries()].filter(([, count]) => count > 0);
  return new Map(met.map(([pattern, count]) => [leveller.levelsOf(pattern).join(' '), count]));
}

function timed<T>(work: () => T): { readonly result: T; readonly seconds: number } {
  const from = process.hrtime.bigint();
  return { result: work(), seconds: Number(process.hrtime.bigint() - from) / 1e9 };
}

function sameCounts(ours: ReadonlyMap<string, number>, rows: readonly (readonly number[])[]): boolean {
  return rows.length === ours.size && rows.every((row) => ours.get(row.slice(0, -1).join(' ')) === row.at(-1));
}
