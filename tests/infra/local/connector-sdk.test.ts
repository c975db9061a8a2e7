import { expect, test } from '@jest/globals';
import { ConnectorClient } from 'botframework-connector';
import Fastify from 'fastify';
import { Temporal } from 'temporal-polyfill';
import { createConnector } from '../../../infra/local/connector.js';
import { connectorRoutes } from '../../../infra/local/connector-routes.js';
import { createFaults } from '../../../infra/local/faults.js';

const tenantId = '7a1f0c9e-3f0d-4a52-9d6e-0a0c5f6b1d01';
const botAppId = '7a1f0c9e-3f0d-4a52-9d6e-0a0c5f6b1d02';
const person = { tenantId, oid: '7a1f0c9e-3f0d-4a52-9d6e-0a0c5f6b1d04', name: 'Ailsa Murray', email: 'a@x.example' };
const channelId = '19:0123456789abcdef0123456789abcdef0123456789abcdef@thread.tacv2';
const team = { teamId: '19:00000000000000000000000000000001@thread.tacv2', teamName: 'Virtual school' };
const channel = { tenantId, ...team, id: channelId, name: 'Requests', members: [person.oid] };

test('Microsoft’s own client can create, post, reply, update, delete and read members', async () => {
  const clock = { now: () => Temporal.Instant.from('2027-02-01T09:00:00Z') };
  const find = (oid: string) => (oid === person.oid ? person : null);
  const connector = createConnector({ clock, person: find, channels: () => [channel] });
  const app = Fastify({ routerOptions: { maxParamLength: 500 } });
  const botOf = async (token: string) => (token === 'ours' ? botAppId : null);
  connectorRoutes(app, { connector, faults: createFaults(() => 0), botOf });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const credentials = {
    signRequest: async <T extends { headers: { set(name: string, value: string): void } }>(resource: T): Promise<T> => {
      resource.headers.set('authorization', 'Bearer ours');
      return resource;
    },
  };
  const { conversations } = new ConnectorClient(credentials, { baseUri: `${url}/connector/` });
  const bot = { id: `28:${botAppId}`, name: 'Golden Thread' };
  const say = (text: string) => ({ type: 'message', text });

  const personal = await conversations.createConversation({
    ...{ isGroup: false, bot, tenantId, members: [{ id: person.oid, name: '' }], topicName: '' },
    ...{ channelData: {} },
  }); // the SDK's type demands what Teams does not
  const thread = await conversations.createConversation({
    ...{
      isGroup: true,
      bot,
      channelData: { channel: { id: channelId }, tenant: { id: tenantId } },
      activity: say('one'),
    },
  } as unknown as Parameters<typeof conversations.createConversation>[0]);
  const reply = await conversations.replyToActivity(thread.id, thread.activityId, say('two'));
  await conversations.updateActivity(thread.id, reply.id, say('two, changed'));
  await conversations.deleteActivity(thread.id, reply.id);
  const members = await conversations.getConversationPagedMembers(thread.id);
  const missing = conversations.sendToConversation('a:1nobody', say('x'));
  await expect(missing).rejects.toMatchObject({ statusCode: 404, code: 'ConversationNotFound' });
  await app.close();

  expect(personal.id).toMatch(/^a:1/);
  expect(members.members.map((one) => one.name)).toEqual(['Ailsa Murray']);
  const texts = connector.ledger().map(({ versions }) => versions.map(({ text }) => text));
  expect(texts).toEqual([['one'], ['two', 'two, changed']]);
});
