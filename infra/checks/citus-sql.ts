/**
 * Holds the migrations, and the SQL texts of bot/, to what Citus allows when the tables are distributed by authority_id.
 * "Written for Citus, statically checked": nothing here says how it scales. The rules are what Citus 13.2 refused, or
 * silently did not do, when it was tried with a coordinator and two workers, and the limits that its documentation names.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CreateFunctionStmt } from 'libpg-query';
import { checkQuery, sqlTexts } from './citus-queries.js';
import { citusRules, type Rule } from './citus-rules.js';
import { distribution, isDistributed, readTables, type Table } from './citus-tables.js';
import {
  callsIn,
  has,
  readStatements,
  tableName,
  words,
  type Place,
  type SqlText,
  type Statement,
} from './sql-tree.js';

export interface Finding extends Place {
  readonly rule: Rule;
  /** The table, policy, function or query. */
  readonly subject: string;
}

type Report = (rule: Rule, at: Place, subject: string) => void;

/** Findings over the migrations, in their order, and over each query. Throws SyntaxError for a migration that does not parse. */
export async function checkSql(migrations: readonly SqlText[], queries: readonly SqlText[] = []): Promise<Finding[]> {
  const findings: Finding[] = [];
  const report: Report = (rule, { file, line }, subject) => findings.push({ rule, file, line, subject });
  const statements = (await Promise.all(migrations.map(readStatements))).flat();
  const functions = await readFunctions(statements);
  for (const statement of statements) checkStatement(statement, functions, report);
  for (const table of readTables(statements).values()) if (isDistributed(table.name)) checkTable(table, report);
  for (const query of [...migrations, ...queries])
    for (const { rule, at } of await checkQuery(query)) report(rule, at, lineOf(query, at));
  return findings;
}

function lineOf({ sql, line }: SqlText, at: Place): string {
  return sql.split('\n')[at.line - line]?.trim().slice(0, 80) ?? '';
}

function checkTable(table: Table, report: Report): void {
  if (table.primaryKey?.[0] !== distribution) report('primary-key', table.at, table.name);
  for (const { name, columns, at } of table.uniques) if (!columns.includes(distribution)) report('unique', at, name);
  for (const { column, type, at } of table.identities)
    if (type !== 'int8') report('identity', at, `${table.name}.${column}`);
  for (const key of table.foreignKeys) {
    const own = key.columns.indexOf(distribution);
    // Without columns the target's primary key is meant, which begins with the distribution column.
    const there = key.targetColumns.length > 0 ? key.targetColumns.indexOf(distribution) : 0;
    if (own < 0 || (isDistributed(key.target) && own !== there))
      report('foreign-key', key.at, `${table.name} -> ${key.target}`);
    if (key.setsColumns) report('foreign-key-action', key.at, `${table.name} -> ${key.target}`);
  }
}

/** What a function does, as far as a policy may ask. */
interface Calls {
  readonly readsTables: boolean;
  readonly checkable: boolean;
}

async function readFunctions(statements: readonly Statement[]): Promise<Map<string, Calls>> {
  const functions = new Map<string, Calls>();
  for (const { node, at } of statements) {
    if (!('CreateFunctionStmt' in node)) continue;
    const { language, body } = functionText(node.CreateFunctionStmt);
    const inner =
      node.CreateFunctionStmt.sql_body ?? (language === 'sql' ? await readStatements({ ...at, sql: body }) : null);
    functions.set(words(node.CreateFunctionStmt.funcname).at(-1) ?? '', {
      readsTables: has(inner, 'RangeVar'),
      checkable: inner !== null,
    });
  }
  return functions;
}

function functionText({ options = [] }: CreateFunctionStmt): { language: string; body: string; definer: boolean } {
  const found = { language: '', body: '', definer: false };
  for (const option of options) {
    if (!('DefElem' in option)) continue;
    const { defname, arg } = option.DefElem;
    if (defname === 'language') found.language = words([arg]).join('');
    if (defname === 'as' && arg && 'List' in arg) found.body = words(arg.List.items).join('\n');
    if (defname === 'security' && arg && 'Boolean' in arg) found.definer = arg.Boolean.boolval === true;
  }
  return found;
}

function checkStatement({ node, at }: Statement, functions: ReadonlyMap<string, Calls>, report: Report): void {
  if ('CreateTrigStmt' in node)
    report('trigger', at, `${node.CreateTrigStmt.trigname} on ${tableName(node.CreateTrigStmt.relation ?? {})}`);
  if ('CreateEventTrigStmt' in node) report('trigger', at, node.CreateEventTrigStmt.trigname ?? '');
  if ('RuleStmt' in node) report('trigger', at, `rule ${node.RuleStmt.rulename}`);
  if ('CreateFunctionStmt' in node && functionText(node.CreateFunctionStmt).definer)
    report('security-definer', at, words(node.CreateFunctionStmt.funcname).join('.'));
  const policy =
    'CreatePolicyStmt' in node ? node.CreatePolicyStmt : 'AlterPolicyStmt' in node ? node.AlterPolicyStmt : null;
  if (!policy) return;
  const conditions = [policy.qual, policy.with_check];
  const subject = `${policy.policy_name} on ${tableName(policy.table ?? {})}`;
  if (has(conditions, 'SubLink')) report('policy-sub-select', at, subject);
  const called = callsIn(conditions).flatMap((name) => functions.get(name) ?? []);
  if (called.some(({ readsTables, checkable }) => readsTables || !checkable)) report('policy-function', at, subject);
}

/** The message of a finding: where, what, why, and what to do instead. */
export function describeFinding({ rule, file, line, subject }: Finding): string {
  const { why, instead } = citusRules[rule];
  return `${file}:${line}  ${subject}\n  ${rule}: ${why}.\n  Instead: ${instead}.`;
}

function filesUnder(folder: string, ending: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** Checks the project; prints findings and sets exit code 1, or says how much was read. */
export async function main(): Promise<void> {
  process.chdir(fileURLToPath(new URL('../../', import.meta.url)));
  const migrations = filesUnder('bot/db/migrations', '.sql').map((file) => ({
    file,
    line: 1,
    sql: readFileSync(file, 'utf8'),
  }));
  const queries = [...filesUnder('bot', '.ts'), ...filesUnder('bot', '.tsx')].flatMap((file) =>
    sqlTexts(file, readFileSync(file, 'utf8')),
  );
  const findings = await checkSql(migrations, queries);
  for (const finding of findings) console.error(describeFinding(finding));
  if (findings.length > 0) process.exitCode = 1;
  else console.log(`Citus: ${migrations.length} migrations and ${queries.length} queries keep to its rules.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
