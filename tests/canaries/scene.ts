import type { Json } from '../../infra/local/connector-ledger.js';
import type { Delivery } from '../../infra/local/chat-wire.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { everyCell } from './database.js';
import type { Piece } from './evidence.js';
import { markLearners, type Token } from './tokens.js';
import { startWire, type Wire } from './wire.js';

export interface Actor {
  readonly tenantId: string;
  readonly oid: string;
  readonly name: string;
}

/** A call to the API by somebody, noted under their role; `route` when the path holds ids. */
export interface ApiCall {
  readonly who: string;
  readonly person: Actor;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly route?: string;
}

/** The product with marked learners, and everything that comes out of it written down. */
export interface Scene {
  readonly app: TestApp;
  /** Of the learners; what is typed is added as it is typed. */
  readonly tokens: Token[];
  /** Everything that came out since the last time, and all that is kept. */
  take(): Promise<Piece[]>;
  call(asked: ApiCall): Promise<{ status: number; body: unknown }>;
  /** What the bot answered to a press or a message. */
  heard(who: string, what: string, delivery: Promise<Delivery>): Promise<Delivery>;
  note(piece: Piece): void;
  deliver(): Promise<void>;
  close(): Promise<void>;
}

export async function setScene(): Promise<Scene> {
  const pieces: Piece[] = [];
  const note = (piece: Piece) => void pieces.push(piece);
  let wire: Wire | undefined;
  const app = await startTestApp(() => ({}), {
    wire: async (target) => (wire = await listen(target, note)).url,
  });
  const tokens = await markLearners(app.database);
  const shown = new Map<string, number>();
  let logged = 0;

  function noteLedger(): void {
    for (const { id, versions } of app.connector.ledger()) {
      const before = shown.get(id) ?? 0;
      versions
        .slice(before)
        .forEach((one, index) =>
          note({ surface: 'connector', where: `ledger, version ${before + index}`, content: JSON.stringify(one) }),
        );
      shown.set(id, versions.length);
    }
  }

  return {
    ...{ app, tokens, note },
    async take() {
      noteLedger();
      for (const line of app.logged.slice(logged)) note({ surface: 'log', where: line.slice(0, 60), content: line });
      logged = app.logged.length;
      return [...pieces.splice(0), ...(await everyCell(app.database.superuserUrl))];
    },
    async call({ who, person, method, path, body, route = `${method} ${path}` }) {
      const { status, text } = await app.api(person)(method, path, body);
      note({ surface: 'api', who, where: route, content: text });
      return { status, body: text.startsWith('{') ? (JSON.parse(text) as unknown) : text };
    },
    async heard(who, what, delivery) {
      const answer = await delivery;
      note({ surface: 'chat', who, where: what, content: JSON.stringify(answer.body) });
      return answer;
    },
    async deliver() {
      await app.deliver();
      app.clock.move({ seconds: 2 });
      await app.deliver();
    },
    async close() {
      await app.close();
      await wire?.close();
    },
  };
}

const idInPath = /[0-9a-f-]{36}|\d{13}|a:1[\w-]+|AAMk[\w=-]+/g;

function listen(target: string, note: (piece: Piece) => void): Promise<Wire> {
  return startWire(target, ({ method, path, headers, body }) => {
    if (path.startsWith('/_local/')) return; // the client's side, not ours
    const surface = /^\/(connector|graph)\//.exec(path)?.[1] ?? 'sign-in';
    const where = `${method} ${path.split('?')[0]?.replace(idInPath, ':id') ?? ''}`;
    note({ surface: 'url', where, content: path });
    note({ surface, where: `${where} headers`, content: headers });
    note({ surface, where, content: body });
  });
}

export function cardOf({ card, status }: Delivery): Json {
  if (!card) throw new Error(`There was no card in the answer (${status}).`);
  return card;
}
