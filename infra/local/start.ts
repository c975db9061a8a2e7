import { cast } from './demo/cast.js';
import { openInBrowser } from './start-browser.js';
import { memberOf, type SeatState } from './start-chat.js';
import { restartOnSave } from './start-dev.js';
import { parseStart, type StartOptions, type StartPorts } from './start-options.js';
import { type Started, startEverything } from './start-parts.js';
import { freePorts } from './start-ports.js';

/** `npm start`: the whole product on this machine alone, with made-up councils. See start-options.ts for what it takes. */
const say = (line: string) => process.stdout.write(`${line}\n`);

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}

function optionsOrRefuse(): StartOptions {
  if (process.env['NODE_ENV'] === 'production')
    refuse('npm start signs anybody in and is for one machine alone: it refuses NODE_ENV=production.');
  try {
    return parseStart(process.argv.slice(2), process.cwd());
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function sayMoved(wanted: StartPorts, ports: StartPorts): void {
  for (const name of ['page', 'server', 'chat', 'team'] as const)
    if (ports[name] !== wanted[name]) say(`Port ${wanted[name]} is taken: ${ports[name]} is used instead.`);
}

function sayAddresses({ pageUrl, server, chats }: Started): void {
  const chat = (name: string, seat: 'chat' | 'team', more: string) => {
    const { url, why, person }: SeatState = chats.state(seat);
    say(
      url ? `  ${name}${url}/${more}   ${memberOf(seat, person)?.name ?? person}` : `  ${name}not here: ${why ?? ''}`,
    );
  };
  say('');
  say(`  Start page   ${pageUrl}/`);
  chat('Chat         ', 'chat', '');
  chat('Team         ', 'team', '#Requests');
  say(`  Tab          ${pageUrl}/host?person=virtualSchoolHead   ${cast.virtualSchoolHead.name}`);
  say(`  Calendar     ${pageUrl}/calendar?person=socialWorker   ${cast.socialWorker.name}`);
  say(`  API docs     ${server.url}/api/docs`);
  say('');
}

const startedAt = performance.now();
const options = optionsOrRefuse();
let ending: Promise<void> | null = null;

const starting = (async () => {
  const ports = await freePorts(options.ports, ['page', 'server', 'chat', 'team']);
  sayMoved(options.ports, ports);
  say('Starting: database, made-up councils, Microsoft 365 on this machine, server, chats …');
  return startEverything(options, ports);
})();

/** Once only, however often it is asked for; what is still starting is first let finish, so that nothing is left behind. */
function end(): void {
  ending ??= starting
    .then((started) => started.stop())
    .then(
      () => process.exit(0),
      () => process.exit(1),
    );
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

try {
  const started = await starting;
  sayAddresses(started);
  say(`ready in ${((performance.now() - startedAt) / 1000).toFixed(1)} s. Ctrl-C stops everything.`);
  if (options.dev) restartOnSave(started.server, say);
  if (options.open) openInBrowser(started.pageUrl);
} catch (error) {
  refuse(`It did not start: ${error instanceof Error ? error.message : String(error)}`);
}
