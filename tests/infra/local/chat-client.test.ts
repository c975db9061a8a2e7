import { afterEach, expect, test } from '@jest/globals';
import Fastify from 'fastify';
import { Temporal } from 'temporal-polyfill';
import { createChatClient } from '../../../infra/local/chat-client.js';
import { createConnector } from '../../../infra/local/connector.js';
import { connectorRoutes } from '../../../infra/local/connector-routes.js';
import { createFaults } from '../../../infra/local/faults.js';

const tenantId = '5b0e2d6a-0d9e-4f55-8f0e-3a6a2c7d0001';
const botAppId = '5b0e2d6a-0d9e-4f55-8f0e-3a6a2c7d0002';
const teacher = { tenantId, oid: '5b0e2d6a-0d9e-4f55-8f0e-3a6a2c7d0003', name: 'Ailsa Murray', email: 'a@x.example' };
const head = { tenantId, oid: '5b0e2d6a-0d9e-4f55-8f0e-3a6a2c7d0004', name: 'Ewan Reid', email: 'e@x.example' };
const channelId = '19:0123456789abcdef0123456789abcdef@thread.tacv2';
const channel = {
  ...{ tenantId, teamId: '19:00000000000000000000000000000001@thread.tacv2', teamName: 'Virtual school' },
  ...{ id: channelId, name: 'Requests', members: [head.oid] },
};

const form = {
  type: 'AdaptiveCard',
  version: '1.5',
  refresh: { action: { type: 'Action.Execute', verb: 'see', data: { id: 'r1' } }, userIds: [`29:${teacher.oid}`] },
  body: [
    { type: 'Input.Text', id: 'what', isRequired: true },
    { type: 'Input.ChoiceSet', id: 'need', value: 'attendance' },
    { type: 'Input.Text', id: 'more' },
  ],
  actions: [
    {
      ...{ type: 'Action.Execute', title: 'Send', verb: 'send', data: { id: 'r1', v: 1 } },
      fallback: { type: 'Action.Submit', title: 'Send', data: { id: 'r1', v: 1, verb: 'send' } },
    },
  ],
};
const answered = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Sent' }] };

interface Received {
  readonly authorization: string;
  readonly activity: {
    readonly id: string;
    readonly name?: string;
    readonly conversation: { readonly id: string };
    readonly [name: string]: unknown;
  };
}

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start() {
  const clock = { now: () => Temporal.Instant.from('2027-02-01T09:00:00Z') };
  const person = (oid: string) => [teacher, head].find((one) => one.oid === oid) ?? null;
  const connector = createConnector({ clock, person, channels: () => [channel] });
  const app = Fastify({ routerOptions: { maxParamLength: 500 } });
  connectorRoutes(app, { connector, faults: createFaults(() => 0), botOf: async () => botAppId });
  const received: Received[] = [];
  app.post<{ Body: Received['activity'] }>('/api/messages', async (request) => {
    received.push({ authorization: request.headers.authorization ?? '', activity: request.body });
    const value = answered;
    return request.body.name ? { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value } : {};
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  closing.push(() => app.close());
  let ids = 0;
  const client = createChatClient({
    ...{ botUrl: `${url}/api/messages`, botAppId, serviceUrl: `${url}/connector/`, clock },
    mintBotToken: async ({ aud, serviceUrl }) => `for ${aud} from ${serviceUrl}`,
    newId: () => `id-${++ids}`,
  });
  const post = (conversationId: string, content: unknown) => {
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
    return connector.post(botAppId, conversationId, { type: 'message', attachments })?.id ?? '';
  };
  return { connector, client, received, post, url };
}

test('what is said arrives as Teams sends it, signed for the bot', async () => {
  const { client, received, url } = await start();
  expect((await client.as(teacher).say('hi')).status).toBe(200);
  expect(received[0]).toMatchObject({
    authorization: `Bearer for ${botAppId} from ${url}/connector/`,
    activity: {
      ...{ type: 'message', text: 'hi', channelId: 'msteams', serviceUrl: `${url}/connector/` },
      from: { id: `29:${teacher.oid}`, aadObjectId: teacher.oid },
      recipient: { id: `28:${botAppId}` },
      conversation: { conversationType: 'personal', tenantId },
      channelData: { tenant: { id: tenantId } },
    },
  });
});

test('a press sends the action’s data with what was typed and what was preset, and shows the answer to that person alone', async () => {
  const { client, received, post, connector } = await start();
  const ailsa = client.as(teacher);
  const conversationId = await ailsa.conversationId();
  const id = post(conversationId, form);
  const pressed = await ailsa.press(id, 'Send', { what: 'help' });
  expect(pressed.card).toEqual(answered);
  expect(received[0]?.activity).toMatchObject({
    ...{ type: 'invoke', name: 'adaptiveCard/action', replyToId: id },
    value: {
      action: {
        type: 'Action.Execute',
        title: 'Send',
        verb: 'send',
        data: { id: 'r1', v: 1, what: 'help', need: 'attendance' },
      },
      trigger: 'manual',
    },
  });
  expect((await ailsa.newest()).card).toEqual(answered);
  expect((await client.as(teacher).newest()).card).toEqual(form);
  connector.update(botAppId, conversationId, id, {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { ...answered, speak: 'newer' } }],
  });
  expect((await ailsa.newest()).card).toMatchObject({ speak: 'newer' });
});

test('an older client sends the fallback’s data as the value of a message', async () => {
  const { client, received, post } = await start();
  const ailsa = client.as(teacher);
  const id = post(await ailsa.conversationId(), form);
  await ailsa.press(id, 'send', { what: 'help' }, { asSubmit: true });
  const value = { id: 'r1', v: 1, verb: 'send', what: 'help', need: 'attendance' };
  expect(received[0]?.activity).toMatchObject({ type: 'message', replyToId: id, value });
});

test.each([
  ['an action the card does not show', 'Take', { what: 'x' }, /no action 'Take'.*It shows: send/],
  ['a required input left empty', 'Send', {}, /'what' is required/],
  ['an input the card does not have', 'Send', { what: 'x', who: 'y' }, /no input 'who'/],
])('%s cannot be sent', async (_name, action, inputs, message) => {
  const { client, received, post } = await start();
  const ailsa = client.as(teacher);
  const id = post(await ailsa.conversationId(), form);
  await expect(ailsa.press(id, action, inputs)).rejects.toThrow(message);
  expect(received).toEqual([]);
});

test('a refresh is automatic, and only for the people the card names', async () => {
  const { client, received, post } = await start();
  const id = post(channelId, form);
  expect(await client.as(head).refresh(id)).toBeNull();
  expect((await client.as(teacher).refresh(id))?.card).toEqual(answered);
  expect(received.map((one) => one.activity['value'])).toMatchObject([
    { trigger: 'automatic', action: { verb: 'see' } },
  ]);
});

test('a delivery can be repeated under its own id or under a new one', async () => {
  const { client, received } = await start();
  const delivery = await client.as(teacher).say('hi');
  await client.repeat(delivery);
  await client.repeat(delivery, { newId: true });
  const [first, second, third] = received.map((one) => one.activity.id);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('a channel is spoken in by a mention, which starts a thread that the bot can answer in', async () => {
  const { client, received, post } = await start();
  await client.as(head).say('who has this?', { channelId });
  const conversationId = received[0]?.activity.conversation.id ?? '';
  expect(conversationId).toMatch(/;messageid=\d+$/);
  expect(received[0]?.activity).toMatchObject({
    text: '<at>Golden Thread</at> who has this?',
    conversation: { conversationType: 'channel', isGroup: true },
    channelData: { team: { id: channel.teamId }, channel: { id: channelId } },
  });
  post(conversationId, answered);
  expect((await client.as(head).newest({ channelId })).card).toEqual(answered);
});

test('a bot that is not there is an answer of status 0', async () => {
  const { client, received } = await start();
  const delivery = await client.as(teacher).say('hi');
  for (const close of closing.splice(0)) await close();
  expect(received).toHaveLength(1);
  expect((await client.repeat(delivery)).status).toBe(0);
});
