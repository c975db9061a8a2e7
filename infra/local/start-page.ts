import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { transformWithOxc } from 'vite';
import { z } from 'zod';
import { seats } from './start-chat.js';
import type { Desk } from './start-desk.js';
import { streamTo } from './start-stream.js';

/** Somebody who can be chosen in a pane; `key` is their name in the cast. */
export interface Choice {
  readonly key: string;
  readonly label: string;
}

/** What the page's scripts are told once. */
export interface StartSetup {
  readonly people: Readonly<Record<'chat' | 'team' | 'tab' | 'calendar', readonly Choice[]>>;
  /** Cast name to the directory object whose diary invitations land in. */
  readonly mailboxes: Readonly<Record<string, string>>;
  readonly docsUrl: string;
}

export interface StartPageOptions {
  readonly setup: StartSetup;
  /** Null until everything has started. */
  readonly desk: () => Desk | null;
}

/**
 * Scripts are taken from here one by one, their types stripped by Vite's transformer (a dependency already, no bundler
 * needed): each import of one by another is an address below /start/.
 */
const scripts = [
  'start-page-client',
  'start-page-dom',
  'start-page-panes',
  'start-page-story',
  'start-page-lines',
  'start-page-calendar-client',
  'start-page-calendar-days',
  'start-page-calendar-event',
] as const;

/** Any port for frames: a Playground whose port is taken moves to another. All of them are this machine's. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self' http://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join('; ');

const sitBody = z.strictObject({ seat: z.enum(seats), person: z.string().max(100) });
const failBody = z.strictObject({ what: z.enum(['graph', 'connector']), on: z.boolean() });

/** The page at `/`, the calendar at `/calendar`, and what they call. The server they are put on answers to loopback only. */
export async function startPageRoutes(app: FastifyInstance, options: StartPageOptions): Promise<void> {
  await fileRoutes(app);
  app.get('/start/setup', async () => options.setup);
  app.get('/start/clock', async (_request, reply) => {
    const desk = options.desk();
    return desk ? { now: desk.now() } : notYet(reply);
  });
  streamTo(app, '/start/events', options.desk);
  actionRoutes(app, options);
}

const noBody = z.unknown();

function actionRoutes(app: FastifyInstance, options: StartPageOptions): void {
  const act = <Body>(path: string, shape: z.ZodType<Body>, work: (desk: Desk, body: Body) => Promise<void> | void) =>
    app.post(path, async (request, reply) => {
      const desk = options.desk();
      if (!desk) return notYet(reply);
      const body = shape.safeParse(request.body);
      if (!body.success) return reply.code(400).send({ error: 'The body is not valid.' });
      await work(desk, body.data);
      return reply.code(204).send();
    });
  act('/start/next-morning', noBody, (desk) => desk.nextMorning());
  act('/start/story-again', noBody, (desk) => desk.storyAgain());
  act('/start/kill-server', noBody, (desk) => desk.killServer());
  act('/start/fail', failBody, (desk, { what, on }) => desk.fail(what, on));
  act('/start/sit', sitBody, (desk, { seat, person }) => desk.sit(seat, person));
}

const notYet = (reply: FastifyReply) => reply.code(503).send({ error: 'Still starting.' });

const here = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));

async function fileRoutes(app: FastifyInstance): Promise<void> {
  const give = (path: string, type: string, content: () => Promise<string>) =>
    app.get(path, async (_request, reply) =>
      reply
        .header('content-security-policy', policy)
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .header('x-content-type-options', 'nosniff')
        .type(`${type}; charset=utf-8`)
        .send(await content()),
    );
  give('/', 'text/html', () => readFile(here('start-page.html'), 'utf8'));
  give('/calendar', 'text/html', () => readFile(here('start-page-calendar.html'), 'utf8'));
  for (const style of ['start-page', 'start-page-calendar', 'start-page-base'])
    give(`/start/${style}.css`, 'text/css', () => readFile(here(`${style}.css`), 'utf8'));
  for (const script of scripts) give(`/start/${script}.js`, 'text/javascript', () => strippedScript(script));
}

async function strippedScript(name: string): Promise<string> {
  const file = here(`${name}.ts`);
  return (await transformWithOxc(await readFile(file, 'utf8'), file)).code;
}
