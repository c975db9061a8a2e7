import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { Temporal } from 'temporal-polyfill';
import { addCouncil, addTenant } from './access/council-commands.js';
import { type CouncilConsole, exportHeads, verifyAudits } from './access/audit-commands.js';
import { type CommandConfig, readCommandConfig } from './config.js';
import type { Context } from './context.js';
import { openDatabase } from './db/database.js';
import { migrate } from './db/migrate.js';
import { createLog } from './log.js';
import { findAuthority } from './people/authorities.js';
import { firstAdministrator } from './people/joining-service.js';
import { createRandom } from './random.js';

interface Parts {
  readonly config: CommandConfig;
  readonly print: (line: string) => void;
  readonly surroundings: Omit<Context, 'actor'>;
  /** One council by its code, or all of them. Throws when there is none. */
  councils(code?: string): Promise<CouncilConsole[]>;
}

interface ConsoleCommand {
  readonly says: string;
  readonly options?: readonly { readonly flags: string; readonly says: string; readonly required?: boolean }[];
  /** Writes what the app's role may only read: runs with the owner's URL. */
  readonly asOwner?: boolean;
  /** Answers false when what was asked for is not in order; the process then ends with 1. */
  run(parts: Parts, given: Readonly<Record<string, string | undefined>>): Promise<boolean>;
}

const council = { flags: '--council <code>', says: 'one council, by its code; all of them without it' };

/** 'group verb' -> what it does. A new command is a new line. */
const commands: Readonly<Record<string, ConsoleCommand>> = {
  migrate: {
    says: 'apply the migrations that are not applied yet, as the owner (DATABASE_OWNER_URL)',
    async run({ config, print }) {
      if (!config.ownerUrl) throw new Error('Migrations run as the owner: DATABASE_OWNER_URL is missing.');
      const applied = await migrate(config.ownerUrl);
      print(applied.length === 0 ? 'Nothing to apply.' : `Applied ${applied.join(', ')}.`);
      return true;
    },
  },
  'council add': {
    asOwner: true,
    says: 'make a council, by its official code; its tenants come next',
    options: [{ ...council, says: 'the council, by its code (S12...)', required: true }],
    async run({ print, surroundings }, given) {
      const known = findAuthority(given['council'] ?? '');
      if (!known) throw new Error('That is no code of a Scottish council.');
      const { made } = await addCouncil(surroundings, { code: known.code, name: known.name });
      print(`${known.name} (${known.code}): ${made ? 'made' : 'was here already'}`);
      return true;
    },
  },
  'council tenant': {
    asOwner: true,
    says: "let a Microsoft 365 tenant's people in: the council's own, or one that schools share",
    options: [
      { ...council, says: 'the council, by its code', required: true },
      { flags: '--tenant <guid>', says: 'tenant id', required: true },
      { flags: '--name <name>', says: 'what people call it', required: true },
      { flags: '--bot <guid>', says: 'app id of the bot that this tenant talks to' },
      { flags: '--api <guid>', says: 'client id of the API registration' },
      { flags: '--worker <guid>', says: 'client id of the worker that reads calendars' },
      { flags: '--review-mailbox <address>', says: 'the mailbox that sends invitations, if it lives in this tenant' },
    ],
    async run({ print, councils }, given) {
      for (const { name, ctx } of await councils(given['council'])) {
        const added = await addTenant(ctx, {
          ...{ tenantId: given['tenant'] ?? '', name: given['name'] ?? '' },
          ...{ botAppId: given['bot'] ?? null, apiClientId: given['api'] ?? null },
          ...{ workerClientId: given['worker'] ?? null, reviewMailbox: given['reviewMailbox'] ?? null },
        });
        print(`${name}: ${added.length === 0 ? 'nothing new' : `added ${added.join(', ')}`}`);
      }
      return true;
    },
  },
  'audit verify': {
    says: 'recompute the chain of the audit log and hold it against the exported heads',
    options: [council],
    run: async ({ config, print, councils }, given) => verifyAudits(await councils(given['council']), config, print),
  },
  'audit export-head': {
    says: 'sign the present head of the chain and put it where heads are kept',
    options: [council],
    async run({ config, print, councils }, given) {
      await exportHeads(await councils(given['council']), config, print);
      return true;
    },
  },
  'people first-administrator': {
    says: "print a one-time code by which a new council's first administrator joins",
    options: [
      { ...council, says: 'the council, by its code', required: true },
      { flags: '--name <name>', says: 'the name of the administrator', required: true },
    ],
    async run({ print, councils }, given) {
      for (const { name, ctx } of await councils(given['council'])) {
        const { code, expiresAt } = await firstAdministrator(ctx, { name: given['name'] ?? '' });
        print(`${name}: ${code}, once, until ${expiresAt}`);
      }
      return true;
    },
  },
};

const unset = () => {
  throw new Error('a command speaks to no calendar and to no conversation');
};
const noPorts: Pick<Context, 'calendar' | 'notifier' | 'sheets'> = {
  sheets: { read: unset },
  calendar: {
    ...{ availability: unset, createEvent: unset, updateEvent: unset, cancelEvent: unset },
    ...{ changes: unset, subscribe: unset },
  },
  notifier: { post: unset, update: unset, memberName: unset, member: unset, postTo: unset },
};

async function run(name: string, command: ConsoleCommand, given: Readonly<Record<string, string | undefined>>) {
  const { environment, stop } = await environmentOf(process.env);
  const config = readCommandConfig(environment);
  const { ownerUrl } = config;
  if (command.asOwner && !ownerUrl) throw new Error("This is the owner's to do: DATABASE_OWNER_URL is missing.");
  const db = openDatabase({
    url: (command.asOwner && ownerUrl) || config.databaseUrl,
    maxConnections: 2,
    onIdleError: () => undefined,
  });
  const clock = { now: () => Temporal.Now.instant() };
  const surroundings = { db, clock, random: createRandom(clock), log: createLog({ level: 'warn' }), ...noPorts };
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  async function councils(code?: string): Promise<CouncilConsole[]> {
    const rows = await db.directory.selectFrom('directory.authority').selectAll().orderBy('code').execute();
    const meant = rows.filter((row) => code === undefined || row.code === code);
    if (meant.length === 0) throw new Error('There is no such council here.');
    return meant.map((row) => ({
      name: `${row.name} (${row.code})`,
      ctx: { ...surroundings, actor: { kind: 'system', authorityId: row.authority_id, job: name } },
    }));
  }
  try {
    if (!(await command.run({ config, print, surroundings, councils }, given))) process.exitCode = 1;
  } finally {
    await db.close();
    await stop();
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Without DATABASE_URL, and outside production, this checkout's own demo database is meant. */
async function environmentOf(given: Environment): Promise<{ environment: Environment; stop: () => Promise<void> }> {
  const elsewhere = { environment: given, stop: () => Promise.resolve() };
  if (given['DATABASE_URL'] || given['NODE_ENV'] === 'production') return elsewhere;
  const { localDatabase } = await import('../infra/local/command-database.js');
  const local = await localDatabase(join(fileURLToPath(new URL('../', import.meta.url)), '.data'));
  return local ? { environment: { ...local.environment, ...given }, stop: local.stop } : elsewhere;
}

function program(): Command {
  const root = new Command('golden-thread').description('Golden Thread at the console');
  const groups = new Map<string, Command>();
  for (const [name, command] of Object.entries(commands)) {
    const [group = '', verb] = name.split(' ');
    const parent = verb ? (groups.get(group) ?? root.command(group)) : root;
    if (verb) groups.set(group, parent);
    const own = parent.command(verb ?? group).description(command.says);
    for (const { flags, says, required } of command.options ?? [])
      if (required) own.requiredOption(flags, says);
      else own.option(flags, says);
    own.action((given: Record<string, string | undefined>) => run(name, command, given));
  }
  return root;
}

await program()
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'It could not be done.'}\n`);
    process.exitCode = 1;
  });
