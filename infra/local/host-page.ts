import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { hostPageHtml, type HostedPerson } from './host-page-html.js';

export interface HostPageOptions {
  /** Where the tab is, without query: 'http://127.0.0.1:3978/'. */
  readonly tabUrl: string;
  /** The folder that holds the page's built script (infra/build.ts hostPageDirectory). */
  readonly scriptDirectory: string;
  /** Those who can be chosen; the first is chosen when the address names nobody. */
  readonly people: readonly HostedPerson[];
  /** A token for our API as that person, as Teams would give it to the tab. `key` is of `people`. */
  signIn(key: string): Promise<string>;
}

const asked = z.object({ person: z.string().max(100) });

/**
 * The page that stands in for Teams around the tab, for use on this machine alone: /host?person=&theme=&width=&sub=. It answers
 * the real teams-js handshake (context, theme, token). The server it is put on answers to loopback only.
 */
export function hostPageRoutes(app: FastifyInstance, options: HostPageOptions): void {
  const frame = new URL(options.tabUrl).origin;
  const policy = `default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; frame-src ${frame}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;
  const html = hostPageHtml(options.tabUrl, options.people);

  app.get('/host', async (_request, reply) =>
    reply
      .header('content-security-policy', policy)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html),
  );
  app.get('/host/host-page.js', async (_request, reply) =>
    reply
      .header('cache-control', 'no-store')
      .type('text/javascript; charset=utf-8')
      .send(await readFile(join(options.scriptDirectory, 'host-page.js'))),
  );
  app.post('/host/token', async (request, reply) => {
    const body = asked.safeParse(request.body);
    const person = body.success ? options.people.find(({ key }) => key === body.data.person) : undefined;
    if (!person) return reply.code(404).send({ error: 'Nobody by this key is here.' });
    return reply.header('cache-control', 'no-store').send({ token: await options.signIn(person.key) });
  });
}
