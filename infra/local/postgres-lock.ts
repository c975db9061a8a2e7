import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Who holds the data: `born` tells a process from a later one that was given the same pid. */
export interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly born: string;
  readonly startedAt: string;
  readonly port: number | null;
}

export interface Lock {
  /** The holder before us, when it ended without letting go (kill -9, power cut). */
  readonly abandonedBy: Holder | null;
  /** Names the server's port in the lock, for people who read it. */
  note(port: number): void;
  release(): void;
}

/** Raised when the data is in use; the message is meant to be read by whoever started the second one. */
export class DataInUse extends Error {
  constructor(
    readonly holder: Holder,
    file: string,
  ) {
    const where = holder.port === null ? '' : `, its database answers on port ${holder.port}`;
    super(
      `The data is already in use by process ${holder.pid}, started ${holder.startedAt}${where}. ` +
        `Stop that one first (kill ${holder.pid}), or use another data folder. Lock: ${file}`,
    );
    this.name = 'DataInUse';
  }
}

/**
 * What makes a running process this one and not another that was given its number later; null when it does not run.
 * A zombie counts as gone: in a container whose first process reaps nobody, a dead server stays one for ever.
 */
export function processIdentity(pid: number): string | null {
  if (process.platform === 'linux') {
    try {
      const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      // proc(5): state is field 3 and start time, in ticks since boot, field 22; two fields went with the name.
      return afterName[0] === 'Z' || afterName[0] === 'X' ? null : (afterName[19] ?? null);
    } catch {
      return null;
    }
  }
  if (process.platform === 'win32') return answersToSignal(pid) ? 'running' : null;
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

function answersToSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Not by instanceof: an error of Node's own is no instance of the Error of a test's realm. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function readHolder(file: string): Holder | null {
  try {
    const { token, pid, born, startedAt, port } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Holder>;
    if (typeof token !== 'string' || typeof pid !== 'number' || typeof born !== 'string') return null;
    return { token, pid, born, startedAt: startedAt ?? 'at an unknown time', port: port ?? null };
  } catch {
    return null;
  }
}

function holds(holder: Holder | null): holder is Holder {
  return holder !== null && processIdentity(holder.pid) === holder.born;
}

/** Hard-linking a finished file is the atomic "create only if absent" whose content can never be seen half written. */
function placeIfAbsent(file: string, holder: Holder): boolean {
  const draft = `${file}.${holder.token}`;
  writeFileSync(draft, JSON.stringify(holder, null, 2), { mode: 0o644 });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves a dead holder's lock away. Two may try at once: whoever moved a living one's lock puts it back. */
function moveAside(file: string, dead: Holder | null): void {
  const aside = `${file}.aside-${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // another starter was quicker; the next look at the file decides
  }
  const moved = readHolder(aside);
  if (holds(moved) && moved.token !== dead?.token) placeIfAbsent(file, moved);
  rmSync(aside, { force: true });
}

/** Takes the lock or throws DataInUse. PostgreSQL's own postmaster.pid still stands behind it. */
export function takeLock(file: string): Lock {
  const mine: Holder = {
    token: randomUUID(),
    pid: process.pid,
    born: processIdentity(process.pid) ?? 'unknown',
    startedAt: new Date().toISOString(),
    port: null,
  };
  let abandonedBy: Holder | null = null;
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (placeIfAbsent(file, mine)) return heldLock(file, mine, abandonedBy);
    const other = readHolder(file);
    if (holds(other)) throw new DataInUse(other, file);
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- the loop comes round again
    abandonedBy = other ?? abandonedBy;
    moveAside(file, other);
  }
  throw new Error(`The lock ${file} could not be taken: several processes are trying at once.`);
}

function heldLock(file: string, mine: Holder, abandonedBy: Holder | null): Lock {
  return {
    abandonedBy,
    note(port) {
      const draft = `${file}.${mine.token}`;
      writeFileSync(draft, JSON.stringify({ ...mine, port }, null, 2));
      renameSync(draft, file);
    },
    release() {
      if (readHolder(file)?.token === mine.token) rmSync(file, { force: true });
    },
  };
}
