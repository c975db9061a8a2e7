import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { deliveryRoutes } from '../../../bot/api/deliveries.js';
import { DeliveryError } from '../../../bot/context.js';
import { listDeliveries, retryDelivery } from '../../../bot/jobs/deliveries.js';
import type { Handlers } from '../../../bot/jobs/handler.js';
import { deliveryList, type DeliveryList } from '../../../bot/people/contract.js';
import type { Actor } from '../../../bot/access/roles.js';
import { bareApi, type BareApi } from '../../support/bare-api.js';
import { addAuthority, addPerson, asOwner } from '../../support/builders.js';
import { contextOn } from '../../support/context.js';
import { deliveryRig, type DeliveryRig } from '../../support/delivery.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';
import { seededRandom } from '../../support/virtual-time.js';

let database: TestDatabase;
let rig: DeliveryRig;
let api: BareApi;
let council: string;
let teamMember: Actor;
let nudged = 0;

beforeAll(async () => {
  database = await testDatabase();
  rig = deliveryRig(database);
  const random = seededRandom(rig.time, 9);
  api = await bareApi(
    (actor) => contextOn({ db: rig.db, clock: rig.time, random, actor }),
    (app, routes) =>
      deliveryRoutes(app, {
        ...routes,
        nudge: () => void (nudged += 1),
        deliveries: { list: listDeliveries, retry: retryDelivery },
      }),
  );
});
afterAll(async () => {
  await api.close();
  await rig.close();
  await database.close();
});
beforeEach(async () => {
  council = await addAuthority(database);
  teamMember = await addPerson(database, council, { roles: ['virtual-school'] });
});

const payload = z.object({ v: z.literal(1), requestId: z.string() });
let refuse = true;
const sent: string[] = [];
const handlers: Handlers = {
  'card.post': {
    payload,
    run: async (_ctx, given) => {
      if (refuse) throw new DeliveryError('refused', { status: 403, code: 'MessageWritesBlocked' });
      sent.push(payload.parse(given).requestId);
    },
  },
};

async function dead(requestId: string): Promise<void> {
  refuse = true;
  const entry = { lane: `chat:${requestId}`, job: 'card.post', payload: { v: 1, requestId }, key: `post/${requestId}` };
  await rig.enqueue(council, entry);
  await rig.node(handlers).workers.drain();
}

async function list(actor: Actor): Promise<DeliveryList> {
  return deliveryList.parse(await (await api.as(actor).get('/api/deliveries')).json());
}

async function addRequest(id: string, reference: string): Promise<void> {
  await asOwner(database, council, (client) =>
    client.query(
      `insert into support_request (authority_id, request_id, reference, asker_id, level, need, urgency, what, state,
         version, routed_to, routed_because, submitted_at, due_because, origin)
       values ($1, $2, $3, $2, 'authority', 'n', 'u', 'w', 'submitted', 1, 'r', 'b', now(), 'd', 'chat')`,
      [council, id, reference],
    ),
  );
}

describe('deliveries that need a person', () => {
  const requestId = '0190d0c0-0000-7000-8000-000000000001';

  test('are listed with job, reference, attempts and code; try again lets them run', async () => {
    await addRequest(requestId, 'VS-ABC123');
    await dead(requestId);
    const [letter] = (await list(teamMember)).dead;
    expect(letter).toMatchObject({
      ...{ job: 'card.post', reference: 'VS-ABC123', attempts: 1, code: 'refused 403 MessageWritesBlocked' },
    });
    const answer = await api.as(teamMember).post(`/api/deliveries/${letter?.id}/retry`);
    expect(deliveryList.parse(await answer.json())).toEqual({ dead: [], waiting: 1 });
    expect(nudged).toBe(1);
    refuse = false;
    await rig.node(handlers).workers.drain();
    expect(sent).toEqual([requestId]);
    expect(await list(teamMember)).toEqual({ dead: [], waiting: 0 });
  });

  test('say no reference to somebody whose reach does not show the record', async () => {
    await addRequest(requestId, 'VS-ABC124');
    await dead(requestId);
    const administrator = await addPerson(database, council, { roles: ['administrator'] });
    expect((await list(administrator)).dead.map(({ reference }) => reference)).toEqual([null]);
  });

  test('are nobody else’s: another council, another role, a job that is not dead', async () => {
    await dead(requestId);
    const [letter] = (await list(teamMember)).dead;
    const other = await addPerson(database, await addAuthority(database), { roles: ['virtual-school'] });
    const teacher = await addPerson(database, council, { roles: ['class-teacher'] });
    expect(await list(other)).toEqual({ dead: [], waiting: 0 });
    const retry = `/api/deliveries/${letter?.id}/retry`;
    expect((await api.as(other).post(retry)).status).toBe(404);
    expect((await api.as(teacher).get('/api/deliveries')).status).toBe(403);
    expect((await api.as(teacher).post(retry)).status).toBe(403);
    expect((await api.as(teamMember).post(retry)).status).toBe(200);
    expect((await api.as(teamMember).post(retry)).status).toBe(404);
  });
});
