import { describe, expect, test } from '@jest/globals';
import { replayKeys } from '../../../bot/chat/inbound.js';
import { sign } from '../../support/issuer.js';
import {
  activity,
  chatDoor,
  inTenants,
  nobody,
  oid,
  otherTenant,
  posted,
  serviceUrl,
  stranger,
  tenantId,
} from '../../support/chat-door.js';
import type { Attempt, Fields, RefusedCase } from '../../support/chat-door.js';

const door = chatDoor();
const { attempt, claiming, servedAt } = door;

test('a message is read as the parts that are used', async () => {
  const answer = await attempt(
    posted({
      from: { id: '29:1', aadObjectId: oid.toUpperCase(), name: 'Somebody' },
      conversation: { id: 'a:1', tenantId: tenantId.toUpperCase() },
      text: 'a\u0000b',
      entities: [
        { type: 'mention', mentioned: { id: '28:b', name: 'Bot' }, text: '<at>Bot</at>' },
        { type: 'clientInfo' },
        7,
      ],
    }),
  );
  expect(answer).toEqual({
    ok: true,
    appId: expect.any(String),
    tenantId,
    arrival: nobody,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    activity: {
      type: 'message',
      name: null,
      id: '1763888400000',
      replyToId: null,
      action: null,
      channelId: 'msteams',
      serviceUrl,
      locale: null,
      from: { id: '29:1', aadObjectId: oid, tenantId: null },
      recipient: { id: expect.stringMatching(/^28:/) },
      conversation: { id: 'a:1', type: 'personal', tenantId: tenantId.toUpperCase() },
      channelData: { tenantId, teamId: null, teamAadGroupId: null, channelId: null, eventType: null },
      text: 'ab',
      mentions: [{ id: '28:b', text: '<at>Bot</at>' }],
      membersAdded: [],
      membersRemoved: [],
      value: null,
    },
  });
});

const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`) as unknown;
const raw = (json: string): Attempt => ({ body: JSON.stringify(activity()).replace(/\}$/, `,${json}}`) });

const refused: RefusedCase[] = [
  ['a body over the cap', 413, 'body-too-large', () => posted({ text: 'x'.repeat(257 * 1024) })],
  ['a body that is not JSON', 400, 'body-malformed', () => ({ body: 'type=message' })],
  ['no body', 400, 'body-malformed', () => ({ body: '' })],
  ['a list for a body', 400, 'body-malformed', () => ({ body: '[]' })],
  [
    'bytes that are not UTF-8',
    400,
    'body-malformed',
    () => ({ body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) }),
  ],
  ['__proto__', 400, 'body-forbidden-key', () => raw('"__proto__":{"admin":true}')],
  ['__proto__ deep in value', 400, 'body-forbidden-key', () => raw('"value":{"action":{"data":[{"__proto__":1}]}}')],
  ['__proto__ spelled with escapes', 400, 'body-forbidden-key', () => raw('"\\u005f_proto__":{"admin":true}')],
  ['constructor', 400, 'body-forbidden-key', () => raw('"value":{"constructor":{"prototype":{}}}')],
  ['40 objects in each other', 400, 'body-too-deep', () => posted({ value: nested(40) })],
  ['30,000 lists in each other', 400, 'body-too-deep', () => raw(`"value":${'['.repeat(30_000)}${']'.repeat(30_000)}`)],
  ['no sender', 400, 'activity-malformed', () => posted({ from: undefined })],
  ['no conversation', 400, 'activity-malformed', () => posted({ conversation: { tenantId } })],
  ['a message without an id', 400, 'activity-malformed', () => posted({ id: undefined })],
  ['an id with a space', 400, 'activity-malformed', () => posted({ id: 'a b' })],
  ['another channel', 403, 'channel-refused', () => posted({ channelId: 'webchat' })],
  [
    'another channel that its key is endorsed for',
    401,
    'key-not-endorsed',
    () => ({ ...posted({ channelId: 'slack' }), token: sign(door.keys().unendorsed, door.claims()) }),
  ],
  ['the emulator channel', 403, 'channel-refused', () => posted({ channelId: 'emulator' })],
  ['no serviceUrl', 403, 'service-url-missing', () => posted({ serviceUrl: undefined })],
  ['no serviceUrl in token and activity', 403, 'service-url-missing', () => servedAt(undefined)],
  ['"" for serviceUrl', 403, 'service-url-missing', () => posted({ serviceUrl: '' })],
  ['"" for serviceUrl in token and activity', 403, 'service-url-missing', () => servedAt('')],
  [
    'a serviceUrl unlike the claim',
    403,
    'service-url-differs',
    () => posted({ serviceUrl: 'https://smba.trafficmanager.net/emea/' }),
  ],
  ['no serviceurl claim', 403, 'service-url-differs', () => claiming({ serviceurl: undefined })],
  ['no tenant anywhere', 403, 'tenant-missing', () => posted({ conversation: { id: 'a:1' }, channelData: {} })],
  ['a foreign tenant in both places', 403, 'tenant-unknown', () => posted(inTenants(stranger, stranger))],
  ['a foreign tenant in channelData', 403, 'tenant-disagrees', () => posted(inTenants(tenantId, stranger))],
  [
    'a foreign tenant in channelData alone',
    403,
    'tenant-unknown',
    () => posted({ conversation: { id: 'a:1' }, channelData: { tenant: { id: stranger } } }),
  ],
  ['a foreign tenant in the conversation', 403, 'tenant-disagrees', () => posted(inTenants(stranger, tenantId))],
  ['two tenants of ours that disagree', 403, 'tenant-disagrees', () => posted(inTenants(tenantId, otherTenant))],
  [
    'a sender of another tenant in a shared channel',
    403,
    'tenant-disagrees',
    () => posted({ from: { id: '29:1', aadObjectId: oid, tenantId: stranger } }),
  ],
  ['a tenant that is no GUID', 403, 'tenant-unknown', () => posted(inTenants('common', 'common'))],
  ['the nil tenant', 403, 'tenant-unknown', () => posted(inTenants('00000000-0000-0000-0000-000000000000', undefined))],
  ['a message from nobody', 403, 'person-missing', () => posted({ from: { id: '29:1' } })],
  ['an invoke from nobody', 403, 'person-missing', () => posted({ type: 'invoke', from: { id: '29:1' } })],
  [
    'a message from somebody who is no GUID',
    403,
    'person-missing',
    () => posted({ from: { id: '29:1', aadObjectId: '1 or 1=1' } }),
  ],
];

describe('activities that are refused', () => {
  test.each(refused)('%s: %i %s', async (_name, status, reason, make) => {
    expect(await attempt(make())).toEqual({ ok: false, status, reason });
  });
});

describe('what makes a delivery or a press the same', () => {
  const data = { v: 1, verb: 'request.take', id: '0193-a', version: 3, nonce: 'n-1' };
  const press = (changed: Fields = {}, trigger = 'manual'): Fields => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: {
      action: { type: 'Action.Execute', verb: 'request.take', data: { ...data, note: 'typed', ...changed } },
      trigger,
    },
  });
  const keysOfActivity = async (changed: Fields) => {
    const answer = await attempt(posted(changed));
    if (!answer.ok) throw new Error(answer.reason);
    return replayKeys(answer.activity);
  };

  test('conversation and activity id, and the data of the card', async () => {
    expect(await keysOfActivity(press())).toEqual({ conversationKey: 'a:1xyz 1763888400000', actionKey: data });
  });
  test('the Action.Submit fallback has the same key', async () => {
    expect((await keysOfActivity({ value: { ...data, note: 'typed' } })).actionKey).toEqual(data);
  });
  test('a retry with a new activity id has the same action key', async () => {
    const again = await keysOfActivity({ ...press(), id: 'f:another' });
    expect(again).toEqual({ conversationKey: 'a:1xyz f:another', actionKey: data });
  });
  test.each<readonly [string, Fields]>([
    ['a typed message', {}],
    ['an automatic refresh', press({}, 'automatic')],
    ['a verb unlike the one in the data', press({ verb: 'request.close' })],
    ['no nonce', press({ nonce: undefined })],
    ['a version that is text', press({ version: '3' })],
    ['a negative version', press({ version: -1 })],
    ['an id that is an object', press({ id: { $ne: 1 } })],
    ['a verb with a space', press({ verb: 'a b' })],
    ['another invoke', { ...press(), name: 'task/fetch' }],
  ])('%s has no action key', async (_name, changed) => {
    expect((await keysOfActivity(changed)).actionKey).toBeNull();
  });
  test('nothing from outside has a prototype', async () => {
    const answer = await attempt(posted(press()));
    if (!answer.ok) throw new Error(answer.reason);
    expect(Object.getPrototypeOf(answer.activity.value)).toBeNull();
    expect(Object.getPrototypeOf(answer.activity.value?.['action'])).toBeNull();
  });
});
