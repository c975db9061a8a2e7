import { findCycles } from './cycles.js';
import { homes } from './homes.js';
import { exceptions, type Ring, rings } from './plan.js';
import { lists, matches, ringOf } from './rings.js';
import { emptyNames } from './rooms.js';
import { type Import, type Read, readSource, type Source } from './source.js';

/** What is wrong, where, by which rule, and what to do instead. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly what: string;
  readonly rule: string;
  readonly why: string;
  readonly instead: string;
}

export function describeFinding({ file, line, what, rule, why, instead }: Finding): string {
  return `${file}:${line}  ${what}\n  rule "${rule}": ${why}.\n  Instead: ${instead}.`;
}

/** Files as the rules see them. They know each other by their paths; `others` are paths that are there but not read. */
export function readAll(sources: readonly Source[], others: readonly string[] = []): Read[] {
  const paths = new Set([...sources.map(({ path }) => path), ...others]);
  return sources.map((source) => readSource(source, (path) => paths.has(path)));
}

export function checkSources(read: readonly Read[]): Finding[] {
  return [...read.flatMap(checkFile), ...checkCycles(read)];
}

function checkFile(file: Read): Finding[] {
  const ring = ringOf(file.path, rings);
  const name = file.path.split('/').at(-1)?.split('.')[0] ?? '';
  const findings = [...file.imports.flatMap((one) => checkImport(file.path, one, ring)), ...checkActs(file)];
  const at = { file: file.path, line: 1 };
  if (file.barrel)
    findings.push({
      ...{ ...at, what: 'hands on what others declare', rule: 'no barrels' },
      why: 'a barrel hides where things live and ties everything behind it together',
      instead: 'import from the file that declares it',
    });
  if (emptyNames.test(name))
    findings.push({
      ...{ ...at, what: `is called ${name}`, rule: 'names say what is inside' },
      why: 'a name that fits everything collects everything',
      instead: 'name the file after the one thing it is about',
    });
  return findings;
}

function checkImport(file: string, found: Import, ring: Ring | null): Finding[] {
  const at = { file, line: found.line, what: `imports ${found.to}` };
  if (!ring) return []; // an unplanned room is reported once, by the tree
  const findings: Finding[] = [];
  if (!(found.ours ? mayImport(file, found, ring) : mayUse(found.to, ring)))
    findings.push({ ...at, rule: ring.name, why: ring.why, instead: insteadOf(found, ring) });
  const home = found.ours ? null : homes.find(({ packages }) => matches(found.to, packages));
  if (home && /^(bot|tab)\//.test(file) && !matches(file, home.files))
    findings.push({
      ...{ ...at, rule: 'one home for each library', instead: home.instead },
      why: `${found.to} lives in ${home.files.join(', ')}, so that replacing it is the work of one room`,
    });
  return findings;
}

function mayUse(name: string, ring: Ring): boolean {
  return matches(name, ring.mayUse.includes('*') ? ['**'] : ring.mayUse);
}

function mayImport(file: string, found: Import, ring: Ring): boolean {
  const target = ringOf(found.to, rings);
  if (exceptions.some(({ from, to }) => from === file && to === found.to)) return true;
  if (ring.mayImport === 'everything') return target?.name !== (ring.except ?? null);
  if (!target) return false;
  if (lists(ring.mayImport, file, found.to, target.name)) return true;
  return found.typeOnly && lists(ring.mayImportTypes ?? [], file, found.to, target.name);
}

/** What the importer should do; but who imports a root, the stand-ins or a test is told about those. */
function insteadOf(found: Import, ring: Ring): string {
  const target = found.ours ? ringOf(found.to, rings) : null;
  return target && ['start', 'local', 'tests'].includes(target.name) ? target.instead : ring.instead;
}

const mayTellTime = ['bot/app.ts', 'bot/cli.ts', 'tab/main.ts'];

function checkActs(file: Read): Finding[] {
  if (!/^(bot|tab)\//.test(file.path)) return [];
  return file.acts.flatMap(({ line, what }) => {
    const at = { file: file.path, line, what: `uses ${what}` };
    if (what.startsWith('process.')) return checkProcess(at, what);
    if (mayTellTime.includes(file.path)) return [];
    return {
      ...{ ...at, rule: 'time and chance are arguments' },
      why: 'what reads the machine’s clock or dice cannot be repeated in a test or on the local clock',
      instead: 'take the Clock or Random of the context, or a plain instant',
    };
  });
}

function checkProcess(at: { file: string; line: number; what: string }, what: string): Finding[] {
  const start = ringOf(at.file, rings)?.name === 'start';
  if (
    /^process\.env of read/.test(what)
      ? at.file === 'bot/main.ts' || at.file === 'bot/cli.ts'
      : start && what !== 'process.env'
  )
    return [];
  return [
    {
      ...{ ...at, rule: 'the environment is read once' },
      why: 'a setting read anywhere else fails late and without its name',
      instead: 'add it to bot/config.ts and take the value as an argument',
    },
  ];
}

function checkCycles(read: readonly Read[]): Finding[] {
  return findCycles(read).map((cycle) => ({
    ...{ file: cycle[0] ?? '', line: 1, what: `imports itself: ${[...cycle, cycle[0]].join(' -> ')}` },
    rule: 'no import cycles',
    why: 'files in a circle can only be understood, tested and moved together',
    instead: 'move what both need into a file below them',
  }));
}

/** Exceptions in the plan that no import needs. */
export function idleExceptions(read: readonly Read[]): string[] {
  const imported = new Set(read.flatMap(({ path, imports }) => imports.map(({ to }) => `${path} -> ${to}`)));
  return exceptions.map(({ from, to }) => `${from} -> ${to}`).filter((one) => !imported.has(one));
}
