import {
  BatchRequestContent,
  Client,
  HTTPMessageHandler,
  PageIterator,
  RetryHandler,
  RetryHandlerOptions,
  AuthenticationHandler,
  type Context,
} from '@microsoft/microsoft-graph-client';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Microsoft365 } from '../../../infra/local/microsoft365.js';
import { at, invitation, reviews, textAt, tid, workerAppId, world } from '../../support/local-microsoft365.js';

/** Microsoft's client attaches its token to Microsoft's host alone; the last step turns the request to this machine. */
class ToThisMachine extends HTTPMessageHandler {
  constructor(private readonly origin: string) {
    super();
  }

  override async execute(context: Context): Promise<void> {
    const { request } = context;
    const url = (typeof request === 'string' ? request : request.url).replace(
      'https://graph.microsoft.com',
      `${this.origin}/graph`,
    );
    if (typeof request === 'string') context.response = await fetch(url, context.options);
    else context.response = await fetch(new Request(url, request));
  }
}

let m365: Microsoft365;
let client: Client;
beforeAll(async () => {
  m365 = await world().start();
  const token = await m365.mintAppToken({ tid, clientId: workerAppId, aud: 'https://graph.microsoft.com' });
  const authentication = new AuthenticationHandler({ getAccessToken: async () => token });
  const retry = new RetryHandler(new RetryHandlerOptions(0, 3));
  authentication.setNext(retry);
  retry.setNext(new ToThisMachine(m365.url));
  client = Client.initWithMiddleware({ middleware: authentication });
});
afterEach(() => m365.faults.clear());
afterAll(async () => m365.close());

const api = (path: string) => client.api(`/users/${reviews}${path}`);

test('Microsoft’s client retries a 429 and a 503 and creates one event', async () => {
  m365.faults.set('graph', { rate: 0, kinds: [], retryAfterSeconds: 0 });
  m365.faults.once('graph', '429');
  m365.faults.once('graph', '503');
  const made: unknown = await api('/events').post(invitation());
  expect(textAt(made, 'iCalUId')).toBeTruthy();
  expect(m365.faults.injected.map(({ fault, didWork }) => [fault, didWork])).toEqual([
    ['429', false],
    ['503', false],
  ]);
});

test('it retries a 504 that came after the work, and there is still one event', async () => {
  m365.faults.once('graph', '504-after');
  const made: unknown = await api('/events').post(invitation({ transactionId: 'after' }));
  const ledger: unknown = await (await fetch(`${m365.url}/_local/graph/ledger`)).json();
  const row = (at(ledger, 'transactions') as { transactionId: string }[]).find((one) => one.transactionId === 'after');
  expect(row).toEqual({ transactionId: 'after', asked: 2, events: [at(made, 'id')] });
});

test('it reads an error’s code and status', async () => {
  await expect(api('/events/nothing').get()).rejects.toMatchObject({ statusCode: 404, code: 'ErrorItemNotFound' });
});

test('its page iterator walks a delta to the link at the end', async () => {
  for (let n = 0; n < 12; n += 1) await api('/events').post(invitation({ transactionId: `p${n}` }));
  const query = { startDateTime: '2026-11-01T00:00:00Z', endDateTime: '2026-12-01T00:00:00Z' };
  const first = await api('/calendarView/delta').query(query).header('Prefer', 'odata.maxpagesize=5').get();
  const seen: unknown[] = [];
  const pages = new PageIterator(client, first, (event: unknown) => seen.push(at(event, 'transactionId')) > 0);
  await pages.iterate();
  expect(seen.filter((one) => String(one).startsWith('p'))).toHaveLength(12);
  const next: unknown = await client.api(pages.getDeltaLink() ?? '').get();
  expect(at(next, 'value')).toEqual([]);
});

test('its batch reads each part', async () => {
  // The client strips the host alone, and a part's URL carries no version.
  const part = { id: '1', request: new Request(`https://graph.microsoft.com/users/${reviews}/calendar`) };
  const content = await new BatchRequestContent([part]).getContent();
  const answer: unknown = await client.api('/$batch').post(content);
  expect(at(answer, 'responses', 0, 'body', 'name')).toBe('Calendar');
});
