/** A process of its own that holds a database until it is killed: node --import tsx postgres-holder.ts <data folder>. */
import { startPostgres } from '../../infra/local/postgres.js';

const [dataDir = ''] = process.argv.slice(2);
const postgres = await startPostgres({ dataDir, durable: false, log: () => undefined });
process.stdout.write(`${JSON.stringify({ ownerUrl: postgres.ownerUrl })}\n`);
setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
