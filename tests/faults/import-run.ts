import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { Context } from '../../bot/context.js';
import { openDatabase } from '../../bot/db/database.js';
import { migrate } from '../../bot/db/migrate.js';
import {
  beginExtract,
  completeUpload,
  confirmMapping,
  sendPart,
  startImport,
  startUndo,
} from '../../bot/learners/extract-service.js';
import { readExtract } from '../../bot/learners/extract-reading.js';
import { uploadPartBytes } from '../../bot/learners/extract-contract.js';
import { scnCheckDigit } from '../../bot/learners/scn.js';
import { createLog } from '../../bot/log.js';
import { createRandom } from '../../bot/random.js';
import { createDatabase, urlFor } from '../../infra/local/postgres-roles.js';
import { startPostgres } from '../../infra/local/postgres.js';
import { contextOn } from '../support/context.js';
import type { TestDatabase } from '../support/database.js';
import { registerHash } from '../support/register-hash.js';
import { type Draw, seededDraw } from './seeded.js';

export interface ImportPlan {
  readonly rows: number;
  readonly kills: number;
  readonly seed: number;
}

interface Side {
  readonly database: TestDatabase;
  readonly ctx: Context;
  readonly authorityId: string;
  close(): Promise<void>;
}

interface Curve {
  readonly megabytes: number[];
  kills: number;
  seconds: number;
}

/**
 * `npm run faults -- import [--rows 1000000] [--kills 10] [--seed 1]`: an extract of so many rows is taken twice, once in peace
 * and once killed at that many moments, and undone. Ends with one line of JSON; exits 1 when the two registers differ, when
 * the undone one is not what it was, or when memory grew with the file.
 */
export async function runImport(plan: ImportPlan): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'golden-thread-import-'));
  const server = await startPostgres({ dataDir, log: createLog({ level: 'warn' }), durable: false });
  try {
    const peace = await startSide(server, 'import_peace');
    const first = await journey(peace, plan, 0);
    const killed = await startSide(server, 'import_killed');
    const second = await journey(killed, plan, plan.kills);
    const same = JSON.stringify(first.after) === JSON.stringify(second.after);
    const undone = [first, second].every((one) => JSON.stringify(one.before) === JSON.stringify(one.undone));
    const curve = first.taking.megabytes;
    const flat = Math.max(...curve.slice(-5)) <= Math.max(...curve.slice(0, Math.ceil(curve.length / 4))) * 1.5;
    await peace.close();
    await killed.close();
    const line = {
      ...{ rows: plan.rows, same, undone, flat, kills: second.taking.kills, seconds: first.taking.seconds },
      ...{
        staged_and_taken_per_second: Math.round(plan.rows / first.taking.seconds),
        undo_seconds: first.undoing.seconds,
      },
      ...{ peak_mb: Math.max(...curve), curve_mb: thinned(curve, 24), hash: first.after },
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    if (!same || !undone || !flat) process.exitCode = 1;
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const thinned = (all: readonly number[], most: number) =>
  all.filter((_, place) => place % Math.ceil(all.length / most) === 0);

async function startSide(server: Awaited<ReturnType<typeof startPostgres>>, name: string): Promise<Side> {
  await createDatabase(server.superuserUrl, name);
  const [ownerUrl, appUrl] = [urlFor(server.ownerUrl, name), urlFor(server.appUrl, name)];
  await migrate(ownerUrl);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  const app = new pg.Pool({ connectionString: appUrl, max: 2 });
  // The server stops before its last connections have closed.
  for (const pool of [owner, app]) pool.on('error', () => undefined);
  const authorityId = randomUUID();
  const clock = { now: () => Temporal.Now.instant() };
  const db = openDatabase({ url: appUrl, maxConnections: 2, onIdleError: () => undefined });
  const actor = { kind: 'system', authorityId, job: 'import' } as const;
  const database: TestDatabase = {
    ...{ name, superuserUrl: server.superuserUrl, ownerUrl, appUrl, owner, app },
    close: () => Promise.resolve(),
  };
  return {
    ...{ database, authorityId, ctx: contextOn({ db, clock, random: createRandom(clock), actor }) },
    async close() {
      await Promise.all([owner.end(), app.end(), db.close()]);
    },
  };
}

async function journey(side: Side, { rows, seed }: ImportPlan, kills: number) {
  const draw = seededDraw(seed);
  // A tenth of the pupils are on the register already, by a small extract of social work.
  await take(side, 'Swift', [...people(Math.ceil(rows / 500))].join(''), { registers: true, kind: 'status' }, draw, 0);
  const before = await registerHash(side.database, side.authorityId);
  const big = await take(side, 'SEEMiS', attendance(rows), { registers: false, kind: 'attendance' }, draw, kills);
  const after = await registerHash(side.database, side.authorityId);
  await startUndo(side.ctx, big.id, { version: (await readExtract(side.ctx, big.id)).version });
  const undoing = await workOn(side, big.id, draw, Math.ceil(kills / 3));
  return { before, after, taking: big.curve, undoing, undone: await registerHash(side.database, side.authorityId) };
}

const head = 'Client ID,SCN,Forename,Surname,DOB,Status,Start Date\n';
const scnOf = (number: number): string => {
  for (let tried = number * 11; ; tried += 1) {
    const eight = `05${String(tried % 1_000_000).padStart(6, '0')}`;
    const digit = scnCheckDigit(eight);
    if (digit !== null) return `${eight}${digit}`;
  }
};
const bornOf = (number: number) =>
  `${String((number % 28) + 1).padStart(2, '0')}/0${(number % 9) + 1}/201${number % 8}`;

function* people(count: number): Generator<string> {
  yield head;
  for (let one = 0; one < count; one += 1)
    yield `C${one},${scnOf(one)},Given${one},Family${one},${bornOf(one)},looked after,01/02/2024\n`;
}

/** Ten times as many pupils as there are learners, a week a row; now and then one that cannot be taken. */
function* attendance(rows: number): Generator<string> {
  yield 'Pupil ID,SCN,DOB,Week Beginning,Possible,Timetabled,Actual\n';
  const pupils = Math.max(10, Math.ceil(rows / 50));
  const monday = Temporal.PlainDate.from('2025-08-18');
  for (let row = 0; row < rows; row += 1) {
    const pupil = row % pupils;
    const week = monday.add({ days: Math.floor(row / pupils) * 7 }).toString();
    const actual = row % 997 === 0 ? 'ten' : String((row * 7) % 11);
    yield `P${pupil},${scnOf(pupil)},${bornOf(pupil)},${week},10,10,${actual}\n`;
  }
}

interface Kind {
  readonly registers: boolean;
  readonly kind: 'status' | 'attendance';
}

async function take(
  side: Side,
  system: string,
  file: string | Iterable<string>,
  { registers, kind }: Kind,
  draw: Draw,
  kills: number,
) {
  const { ctx } = side;
  const parts = partsOf(typeof file === 'string' ? [file] : file);
  const { id } = await beginExtract(ctx, {
    bytes: parts.reduce((sum, part) => sum + part.length, 0),
    parts: parts.length,
  });
  for (const [part, content] of parts.entries()) await sendPart(ctx, id, { part, content });
  await completeUpload(ctx, id);
  const columns = (kind === 'status' ? statusColumns : attendanceColumns).map(([field, heading]) => ({
    field,
    heading,
    place: 0,
  }));
  const { version } = await readExtract(ctx, id);
  const source = { system, kind, registers, complete: false };
  await confirmMapping(ctx, id, { version, source, mapping: { columns, codes: [], dateOrder: 'day-first' } });
  const reading = await workOn(side, id, draw, Math.floor(kills / 2));
  await startImport(ctx, id, { version: (await readExtract(ctx, id)).version, acceptAlarms: true });
  const taking = await workOn(side, id, draw, Math.ceil(kills / 2));
  const curve: Curve = {
    megabytes: [...reading.megabytes, ...taking.megabytes],
    ...{ kills: reading.kills + taking.kills, seconds: reading.seconds + taking.seconds },
  };
  console.error(
    `${system}: ${JSON.stringify((await readExtract(ctx, id)).counts)}, ${curve.seconds} s, ${curve.kills} kills`,
  );
  return { id, curve };
}

const statusColumns = [
  ...([
    ['personKey', 'Client ID'],
    ['scn', 'SCN'],
    ['givenName', 'Forename'],
    ['familyName', 'Surname'],
  ] as const),
  ...([
    ['birthOn', 'DOB'],
    ['status', 'Status'],
    ['from', 'Start Date'],
  ] as const),
] as const;
const attendanceColumns = [
  ...([
    ['personKey', 'Pupil ID'],
    ['scn', 'SCN'],
    ['birthOn', 'DOB'],
    ['on', 'Week Beginning'],
  ] as const),
  ...([
    ['possible', 'Possible'],
    ['timetabled', 'Timetabled'],
    ['actual', 'Actual'],
  ] as const),
] as const;

function partsOf(file: Iterable<string>): Buffer[] {
  const parts: Buffer[] = [];
  let waiting: Buffer[] = [];
  let length = 0;
  const flush = () => {
    const all = Buffer.concat(waiting);
    for (let at = 0; at < all.length; at += uploadPartBytes) parts.push(all.subarray(at, at + uploadPartBytes));
    [waiting, length] = [[], 0];
  };
  for (const piece of file) {
    const bytes = Buffer.from(piece);
    waiting.push(bytes);
    length += bytes.length;
    if (length >= uploadPartBytes * 8) flush();
  }
  flush();
  return parts;
}

const worker = fileURLToPath(new URL('./import-worker.ts', import.meta.url));

/** Lets a process of its own work, killing it at that many random moments. */
async function workOn(side: Side, extractId: string, draw: Draw, kills: number): Promise<Curve> {
  const curve: Curve = { megabytes: [], kills: 0, seconds: 0 };
  const started = performance.now();
  for (;;) {
    const args = ['--import', 'tsx', worker, side.database.appUrl, side.authorityId, extractId];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const killing = curve.kills < kills ? setTimeout(() => child.kill('SIGKILL'), 1_500 + draw() * 6_000) : null;
    const signal = await listen(child, curve);
    if (killing) clearTimeout(killing);
    if (signal !== 'SIGKILL') break;
    curve.kills += 1;
  }
  curve.seconds = Math.round((performance.now() - started) / 100) / 10;
  return curve;
}

async function listen(child: ChildProcess, curve: Curve): Promise<NodeJS.Signals | null> {
  const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`the worker ended with ${code ?? signal ?? 'nothing'}`));
      else resolve(signal);
    });
  });
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { rss } = JSON.parse(line) as { rss: number };
      curve.megabytes.push(Math.round(rss / 1e6));
    });
  return ended;
}
