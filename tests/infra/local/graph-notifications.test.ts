import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Notifier } from '../../../infra/local/graph-notifications.js';
import { createMailboxes } from '../../../infra/local/mailboxes.js';
import { createPeople } from '../../../infra/local/people.js';
import { createStore } from '../../../infra/local/store.js';
import type { Microsoft365 } from '../../../infra/local/microsoft365.js';
import {
  at,
  graphCaller,
  invitation,
  reviews,
  socialWorker,
  textAt,
  tid,
  workerAppId,
  world,
  type Call,
} from '../../support/local-microsoft365.js';

interface Notification {
  readonly changeType?: string;
  readonly lifecycleEvent?: string;
  readonly resource: string;
  readonly clientState: string;
  readonly tenantId: string;
}

let here: ReturnType<typeof world>;
let m365: Microsoft365;
let worker: Call;
let receiver: FastifyInstance;
let url: string;
let batches: Notification[][];
let answer: (token: string) => string;
let refusals: number;

beforeEach(async () => {
  here = world();
  m365 = await here.start();
  worker = await graphCaller(m365);
  [batches, refusals, answer] = [[], 0, (token) => token];
  receiver = Fastify({ forceCloseConnections: true });
  receiver.post<{ Querystring: { validationToken?: string }; Body: { value: Notification[] } }>(
    '/hook',
    async (request, reply) => {
      const { validationToken } = request.query;
      if (validationToken !== undefined) return reply.type('text/plain').send(answer(validationToken));
      if (refusals > 0) {
        refusals -= 1;
        return reply.code(503).send();
      }
      batches.push(request.body.value);
      return reply.code(202).send();
    },
  );
  url = `${await receiver.listen({ host: '127.0.0.1', port: 0 })}/hook`;
});
afterEach(async () => {
  await m365.close();
  await receiver.close();
});

const body = (changes: object = {}) => ({
  changeType: 'created,updated,deleted',
  notificationUrl: url,
  lifecycleNotificationUrl: url,
  resource: `users/${reviews}/events`,
  expirationDateTime: '2026-11-29T09:00:00Z',
  clientState: 'secret-state',
  ...changes,
});
const subscribe = (changes: object = {}) => worker('POST', '/subscriptions', body(changes));
const create = (transactionId: string) => worker('POST', `/users/${reviews}/events`, invitation({ transactionId }));
const received = () => batches.flat();

describe('subscribing', () => {
  test('shakes hands with both addresses and tells nobody the clientState', async () => {
    const tokens: string[] = [];
    answer = (token) => (tokens.push(token), token);
    const made = await subscribe();
    expect(made.status).toBe(201);
    expect(tokens).toHaveLength(2);
    expect(made.body).toMatchObject({ clientState: null, expirationDateTime: '2026-11-29T09:00:00.0000000Z' });
    expect(at((await worker('GET', '/subscriptions')).body, 'value')).toHaveLength(1);
  });

  test('a receiver that does not send the token back is refused', async () => {
    answer = () => 'hello';
    expect((await subscribe()).status).toBe(400);
  });

  const refused: [string, object, number][] = [
    ['a clientState of 129 characters', { clientState: 'x'.repeat(129) }, 400],
    ['more than 10,080 minutes', { expirationDateTime: '2026-11-30T09:01:00Z' }, 400],
    ['a time that has passed', { expirationDateTime: '2026-11-23T08:00:00Z' }, 400],
    ['a receiver on another machine', { notificationUrl: 'https://evil.example/hook' }, 400],
    ['a calendar outside its reach', { resource: 'users/ailsa.sinclair@strathlinn.example/events' }, 403],
    ['resource data', { includeResourceData: true }, 400],
  ];
  test.each(refused)('%s is refused', async (_name, changes, status) => {
    expect((await subscribe(changes)).status).toBe(status);
  });

  test('the same again is 409; under 45 minutes becomes 45; renewing and ending work', async () => {
    const made = await subscribe({ expirationDateTime: '2026-11-23T09:05:00Z' });
    expect(at(made.body, 'expirationDateTime')).toBe('2026-11-23T09:45:00.0000000Z');
    expect((await subscribe()).status).toBe(409);
    const one = `/subscriptions/${textAt(made.body, 'id')}`;
    const renewed = await worker('PATCH', one, { expirationDateTime: '2026-11-25T09:00:00Z' });
    expect(at(renewed.body, 'expirationDateTime')).toBe('2026-11-25T09:00:00.0000000Z');
    expect((await worker('POST', `${one}/reauthorize`)).status).toBe(204);
    expect((await worker('DELETE', one)).status).toBe(204);
    expect((await worker('GET', one)).status).toBe(404);
  });
});

describe('change notifications', () => {
  test('say which event, carry the clientState, and nothing of what is in it', async () => {
    await subscribe();
    const made = await create('a');
    await m365.notifications.settled();
    expect(received()).toMatchObject([
      { changeType: 'created', clientState: 'secret-state', tenantId: tid, resourceData: { id: at(made.body, 'id') } },
    ]);
    expect(JSON.stringify(batches)).not.toContain('VR-7K2M9Q');
  });

  test('several changes travel together', async () => {
    await subscribe();
    m365.notifications.setFaults({ reorder: 0.001 }); // a longer batch, so that a busy machine fills it too
    await Promise.all([create('a'), create('b'), create('c')]);
    await m365.notifications.settled();
    expect(received()).toHaveLength(3);
    expect(batches.length).toBeLessThan(3);
  });

  test('a receiver that fails is tried again', async () => {
    await subscribe();
    refusals = 1;
    await create('a');
    await m365.notifications.settled();
    expect(received()).toHaveLength(1);
  });

  test('an expired subscription ends without a word', async () => {
    await subscribe();
    here.move(24 * 7);
    await create('a');
    await m365.notifications.settled();
    expect(received()).toEqual([]);
    expect(at((await worker('GET', '/subscriptions')).body, 'value')).toEqual([]);
  });

  const rates: [string, object, number][] = [
    ['lost', { lose: 1 }, 0],
    ['doubled', { duplicate: 1 }, 2],
    ['late', { late: 1, lateMs: 600 }, 1],
  ];
  test.each(rates)('on demand they are %s', async (name, faults, times) => {
    await subscribe();
    m365.notifications.setFaults(faults);
    await create('a');
    if (name === 'late') expect(received()).toEqual([]);
    await m365.notifications.settled();
    expect(received()).toHaveLength(times);
  });

  test('on demand they come in another order', async () => {
    const calendar = Array.from({ length: 6 }, (_, n) => ({
      ...{
        startAt: `2026-11-2${n}T09:00:00Z`,
        endAt: `2026-11-2${n}T10:00:00Z`,
        showAs: 'busy' as const,
        subject: 'x',
      },
    }));
    const people = createPeople([{ ...socialWorker, calendar }]);
    const { clock, random, tenants, apps } = here.settings;
    const notifier = new Notifier({ store: createStore(undefined), clock, random });
    const { oid: mailboxId } = socialWorker;
    const subscription = { ...body(), id: 'one', tenantId: tid, applicationId: workerAppId, mailboxId };
    notifier.add(subscription);
    notifier.setFaults({ reorder: 1 });
    const items = createMailboxes({ people, apps, tenants })
      .commitments(mailboxId)
      .flatMap((meeting) => Object.values(meeting.copies).map((copy) => ({ meeting, copy, mailboxId })));
    for (const item of items) notifier.changed({ item, kind: 'updated' });
    await notifier.settled();
    const [sent, told] = [items.map((item) => item.copy.id), received().map((one) => at(one, 'resourceData', 'id'))];
    expect(batches).toHaveLength(1);
    expect([...told].sort()).toEqual([...sent].sort());
    expect(told).not.toEqual(sent);
  });
});

test.each(['reauthorizationRequired', 'missed', 'subscriptionRemoved'] as const)('lifecycle: %s', async (event) => {
  const { body: made } = await subscribe();
  m365.notifications.lifecycle(event);
  await m365.notifications.settled();
  expect(received()).toMatchObject([
    { lifecycleEvent: event, subscriptionId: at(made, 'id'), clientState: 'secret-state' },
  ]);
  const left = at((await worker('GET', '/subscriptions')).body, 'value') as object[];
  expect(left).toHaveLength(event === 'subscriptionRemoved' ? 0 : 1);
});
