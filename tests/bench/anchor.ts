import { ActivityHandler as AgentsHandler, CloudAdapter as AgentsAdapter } from '@microsoft/agents-hosting';
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { anchorCard } from './invoke.js';

/** One anchor a process: `bare`, `echo` (botbuilder) or `agents`, both SDKs with authentication off and no database. */
const answer = () => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: anchorCard('VS-7K2M9Q'),
});

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
}

/** What both SDKs want of a response (stack.md section 1): status, header and send; the end that follows a send is a no-op. */
function shim(response: ServerResponse) {
  const shimmed = {
    socket: response.socket,
    setHeader: (name: string, value: string) => response.setHeader(name, value),
    status: (code: number) => ((response.statusCode = code), shimmed),
    header: (name: string, value: string) => (response.setHeader(name, value), shimmed),
    send(body?: unknown) {
      if (body !== undefined) response.setHeader('content-type', 'application/json');
      response.end(body === undefined ? undefined : JSON.stringify(body));
      return shimmed;
    },
    end() {
      if (!response.writableEnded) response.end();
      return shimmed;
    },
  };
  return shimmed;
}

type Handle = (request: IncomingMessage, response: ServerResponse, body: Record<string, unknown>) => unknown;

const anchors: Record<string, () => Handle> = {
  bare: () => (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answer()));
  },
  echo: () => {
    class Bot extends ActivityHandler {
      protected override async onInvokeActivity() {
        return { status: 200, body: answer() };
      }
    }
    const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}));
    const bot = new Bot();
    return (request, response, body) =>
      adapter.process(Object.assign(request, { body }) as never, shim(response) as never, (context) =>
        bot.run(context),
      );
  },
  agents: () => {
    class Bot extends AgentsHandler {
      protected override async onInvokeActivity() {
        return { status: 200, body: answer() };
      }
    }
    const adapter = new AgentsAdapter();
    const bot = new Bot();
    return (request, response, body) =>
      adapter.process(
        Object.assign(request, { body, user: { name: 'anonymous' } }) as never,
        shim(response) as never,
        (context) => bot.run(context),
      );
  },
};

const handle = anchors[process.argv[2] ?? '']?.();
if (!handle) throw new Error('bare, echo or agents');
const server = createServer((request, response) => {
  void bodyOf(request).then((body) => handle(request, response, body));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 });
});
process.on('disconnect', () => process.exit(0));
process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
