import { readGuid } from '../access/guid.js';

/**
 * The parts of a Bot Framework activity that this service reads, copied into plain objects of our own. Strings that a
 * person typed are in `text` and `value` only; no name, address or message body of anybody else is kept.
 */
export type JsonValue = string | number | boolean | null | JsonObject | readonly JsonValue[];
/** Without a prototype: no key from outside can reach `constructor` or `__proto__` of anything. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

export type ConversationType = 'personal' | 'groupChat' | 'channel';

export interface InboundActivity {
  /** 'message', 'invoke', 'conversationUpdate', 'installationUpdate', 'messageUpdate', 'messageDelete', … */
  readonly type: string;
  /** The invoke's name ('adaptiveCard/action', 'composeExtension/fetchTask', …). */
  readonly name: string | null;
  readonly id: string | null;
  readonly replyToId: string | null;
  /** `installationUpdate` only: add, remove, add-upgrade, remove-upgrade. */
  readonly action: string | null;
  readonly channelId: string;
  readonly serviceUrl: string | null;
  readonly locale: string | null;
  readonly from: { readonly id: string; readonly aadObjectId: string | null; readonly tenantId: string | null };
  readonly recipient: { readonly id: string };
  readonly conversation: { readonly id: string; readonly type: ConversationType; readonly tenantId: string | null };
  readonly channelData: {
    readonly tenantId: string | null;
    readonly teamId: string | null;
    readonly teamAadGroupId: string | null;
    readonly channelId: string | null;
    readonly eventType: string | null;
  };
  readonly text: string | null;
  /** Mentions, to be taken out of `text` by their own wording and not by a name. */
  readonly mentions: readonly { readonly id: string; readonly text: string }[];
  readonly membersAdded: readonly string[];
  readonly membersRemoved: readonly string[];
  readonly value: JsonObject | null;
}

/** What a card carries for its action; everything is read again from the store, so it is a key and never authority. */
export interface ActionKey {
  readonly v: number;
  readonly verb: string;
  readonly id: string;
  readonly version: number;
  readonly nonce: string;
}

export interface CardAction {
  readonly key: ActionKey;
  /** `automatic` is a refresh made by the client for whoever looks: it may change nothing. */
  readonly trigger: 'manual' | 'automatic';
  /** What the person filled in. */
  readonly inputs: JsonObject;
}

export type BodyFault = 'body-malformed' | 'body-forbidden-key' | 'body-too-deep';
export type Body =
  { readonly ok: true; readonly json: JsonObject } | { readonly ok: false; readonly reason: BodyFault };

const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** JSON from strict UTF-8 into objects without prototypes; NUL, which PostgreSQL cannot store, is dropped from texts. */
export function readBody(body: Uint8Array, maxDepth: number): Body {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    const json = copied(parsed, maxDepth);
    return isObject(json) ? { ok: true, json } : { ok: false, reason: 'body-malformed' };
  } catch (error) {
    return { ok: false, reason: error instanceof BodyRefused ? error.reason : 'body-malformed' };
  }
}

class BodyRefused extends Error {
  constructor(readonly reason: BodyFault) {
    super(reason);
  }
}

function copied(value: unknown, depthLeft: number): JsonValue {
  if (typeof value === 'string') return value.includes('\u0000') ? value.replaceAll('\u0000', '') : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (depthLeft <= 0) throw new BodyRefused('body-too-deep');
  if (Array.isArray(value)) return value.map((item) => copied(item, depthLeft - 1));
  const result: Record<string, JsonValue> = emptyObject();
  for (const [key, item] of Object.entries(value)) {
    if (forbiddenKeys.has(key)) throw new BodyRefused('body-forbidden-key');
    result[key] = copied(item, depthLeft - 1);
  }
  return result;
}

function emptyObject(): Record<string, JsonValue> {
  return Object.create(null) as Record<string, JsonValue>;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const nothing: JsonObject = Object.freeze(emptyObject());
const object = (value: JsonValue | undefined): JsonObject => (isObject(value) ? value : nothing);
const list = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];
const text = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** An id of the channel: bounded, and without spaces or controls, so that ids can be joined and compared as they are. */
function channelName(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && /^[^\s\p{Cc}]{1,1024}$/u.test(value) ? value : null;
}

/** Null when something that every activity has is missing or misshapen. */
export function readActivity(json: JsonObject): InboundActivity | null {
  const type = channelName(json['type']);
  const channelId = channelName(json['channelId']);
  const from = object(json['from']);
  const conversation = object(json['conversation']);
  const fromId = channelName(from['id']);
  const recipientId = channelName(object(json['recipient'])['id']);
  const conversationId = channelName(conversation['id']);
  const id = channelName(json['id']);
  if (!type || !channelId || !fromId || !recipientId || !conversationId) return null;
  // A message without an id could be repeated unseen; what else comes without one is told apart by its action.
  if (!id && (type === 'message' || (json['id'] !== undefined && json['id'] !== null))) return null;
  return {
    type,
    name: text(json['name']),
    id,
    replyToId: channelName(json['replyToId']),
    action: text(json['action']),
    channelId,
    serviceUrl: text(json['serviceUrl']),
    locale: text(json['locale']),
    from: {
      id: fromId,
      aadObjectId: readGuid(from['aadObjectId']),
      tenantId: text(from['tenantId']),
    },
    recipient: { id: recipientId },
    conversation: {
      id: conversationId,
      type: conversationType(conversation),
      tenantId: text(conversation['tenantId']),
    },
    channelData: readChannelData(object(json['channelData'])),
    text: text(json['text']),
    mentions: list(json['entities']).flatMap(readMention),
    membersAdded: memberIds(json['membersAdded']),
    membersRemoved: memberIds(json['membersRemoved']),
    value: isObject(json['value']) ? json['value'] : null,
  };
}

/** A press in a channel comes from a thread of it; the channel itself is what was bound. */
export function baseConversation({ conversation }: InboundActivity): string {
  return conversation.type === 'channel' ? (conversation.id.split(';')[0] ?? '') : conversation.id;
}

/** Teams leaves the type out of some personal activities; anything unnamed that is not a group is one person. */
function conversationType(conversation: JsonObject): ConversationType {
  const named = conversation['conversationType'];
  if (named === 'personal' || named === 'groupChat' || named === 'channel') return named;
  return conversation['isGroup'] === true ? 'groupChat' : 'personal';
}

function readChannelData(data: JsonObject): InboundActivity['channelData'] {
  const team = object(data['team']);
  return {
    tenantId: text(object(data['tenant'])['id']),
    teamId: channelName(team['id']),
    teamAadGroupId: readGuid(team['aadGroupId']),
    channelId: channelName(object(data['channel'])['id']),
    eventType: text(data['eventType']),
  };
}

function readMention(entity: JsonValue): { id: string; text: string }[] {
  const mention = object(entity);
  const id = channelName(object(mention['mentioned'])['id']);
  const wording = text(mention['text']);
  return mention['type'] === 'mention' && id && wording ? [{ id, text: wording }] : [];
}

function memberIds(members: JsonValue | undefined): string[] {
  return list(members).flatMap((member) => channelName(object(member)['id']) ?? []);
}

/**
 * The card action of an activity: `adaptiveCard/action` (Action.Execute, microsoft365.md 1.7 and 1.11) or a message whose
 * value is the data of the Action.Submit fallback. Null when it is neither, or the data is not of our shape.
 */
export function readCardAction(activity: InboundActivity): CardAction | null {
  const { value } = activity;
  if (!value) return null;
  if (activity.type === 'message') return actionFrom(value, 'manual');
  if (activity.type !== 'invoke' || activity.name !== 'adaptiveCard/action') return null;
  const action = object(value['action']);
  const data = object(action['data']);
  if (action['verb'] !== undefined && action['verb'] !== data['verb']) return null;
  return actionFrom(data, value['trigger'] === 'automatic' ? 'automatic' : 'manual');
}

/** What was pressed in a dialog: the data of its Action.Submit (`composeExtension/submitAction`). */
export function dialogAction(value: JsonObject): CardAction | null {
  return actionFrom(object(value['data']), 'manual');
}

function actionFrom(data: JsonObject, trigger: CardAction['trigger']): CardAction | null {
  const { v, verb, id, version, nonce, ...inputs } = data;
  if (!isCount(v) || !isCount(version) || !isToken(verb) || !isToken(id) || !isToken(nonce)) return null;
  return { key: { v, verb, id, version, nonce }, trigger, inputs: Object.assign(emptyObject(), inputs) };
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isToken(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && /^[\w.:-]{1,128}$/.test(value);
}

export interface ReplayKeys {
  /** Conversation and activity id: a delivery repeated by the service. Null when the activity has no id. */
  readonly conversationKey: string | null;
  /** What was pressed: a retry by the client may carry a new activity id (microsoft365.md 1.4). */
  readonly actionKey: ActionKey | null;
}

/** What the database makes unique. Ids hold no spaces, so a space between them cannot make two pairs look alike. */
export function replayKeys(activity: InboundActivity): ReplayKeys {
  const action = readCardAction(activity);
  return {
    conversationKey: activity.id === null ? null : `${activity.conversation.id} ${activity.id}`,
    actionKey: action && action.trigger === 'manual' ? action.key : null,
  };
}
