import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLog } from '../../bot/log.js';
import { DataInUse } from './postgres-lock.js';
import { appRole, mainDatabase, ownerRole, urlFor } from './postgres-roles.js';
import { startPostgres } from './postgres.js';

/** This machine's demo database for one command: the running one, or started for as long as the command takes. */
export interface CommandDatabase {
  /** The variables that name it, as a server elsewhere would be given them. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Null when nothing was ever started under this folder. */
export async function localDatabase(dataDir: string): Promise<CommandDatabase | null> {
  const postgresDir = join(dataDir, 'postgres');
  if (!existsSync(join(postgresDir, 'passwords.json'))) return null;
  const { appUrl, ownerUrl, stop } = await open(postgresDir);
  const keyFile = join(dataDir, 'audit-key.pem');
  return {
    environment: {
      DATABASE_URL: appUrl,
      DATABASE_OWNER_URL: ownerUrl,
      AUDIT_HEADS_DIRECTORY: join(dataDir, 'audit-heads'),
      ...(existsSync(keyFile) ? { AUDIT_SIGNING_KEY: readFileSync(keyFile, 'utf8') } : {}),
    },
    stop,
  };
}

async function open(dataDir: string): Promise<{ appUrl: string; ownerUrl: string; stop: () => Promise<void> }> {
  try {
    return await startPostgres({ dataDir, log: createLog({ level: 'error' }) });
  } catch (error) {
    if (!(error instanceof DataInUse) || error.holder.port === null) throw error;
    const passwords = JSON.parse(readFileSync(join(dataDir, 'passwords.json'), 'utf8')) as Record<string, string>;
    const server = `postgresql://127.0.0.1:${error.holder.port}/${mainDatabase}`;
    const as = (name: string, password = '') => urlFor(server, mainDatabase, { name, password });
    return {
      appUrl: as(appRole, passwords['app']),
      ownerUrl: as(ownerRole, passwords['owner']),
      stop: () => Promise.resolve(),
    };
  }
}
