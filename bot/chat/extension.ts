import { isAppError } from '../errors.js';
import { mayBeConcern } from '../requests/concern.js';
import { searchGuidance } from '../requests/guidance-service.js';
import { listOwnRequests } from '../requests/reading.js';
import { noteConcern } from '../requests/service.js';
import { runCardAction } from './card-actions.js';
import { type CardJson, noId } from './cards/card.js';
import { extensionCard, guidanceCard, referenceCard } from './cards/extension-cards.js';
import { heldCard } from './cards/hold-card.js';
import { concernCard, refusalCard } from './cards/plain-cards.js';
import type { CardAction, JsonObject, JsonValue } from './inbound.js';
import { dialogAction } from './inbound.js';
import { type Pressed, protectionOf } from './pressed.js';
import { say } from './words.js';

const cardType = 'application/vnd.microsoft.card.adaptive';

/** What the message extension is asked: search in the compose box, and a message that is to become a request. */
export type ExtensionCall = Omit<Pressed, 'action' | 'activityId' | 'inChannel'> & {
  readonly name: string;
  readonly value: JsonObject;
};

/** The answer's body; null for a name that is not ours. Errors are cards in words, as in chat. */
export async function answerExtension(call: ExtensionCall): Promise<object | null> {
  if (call.name === 'composeExtension/query') return { composeExtension: await searchResults(call) };
  if (call.name === 'composeExtension/fetchTask') return dialog(await worded(() => beginFromMessage(call)));
  if (call.name !== 'composeExtension/submitAction') return null;
  const action = dialogAction(call.value);
  return dialog(action ? await runCardAction(pressOf(call, action)) : refusalCard('not-found'));
}

/** A refusal that stands for the whole answer, when nobody could be acted for. */
export function refusedExtension(name: string, card: CardJson): object {
  if (name === 'composeExtension/query') return { composeExtension: { type: 'message', text: say('refusal.title') } };
  return dialog(card);
}

async function worded(draw: () => Promise<CardJson>): Promise<CardJson> {
  try {
    return await draw();
  } catch (error) {
    if (isAppError(error)) return refusalCard(error.code);
    throw error;
  }
}

function pressOf({ ctx, target, tabUrlOf }: ExtensionCall, action: CardAction): Pressed {
  return { ctx, target, tabUrlOf, action, activityId: null, inChannel: false };
}

/** A dialog knows only Action.Submit: every action goes as what stands behind it. */
function dialog(card: CardJson): object {
  return {
    task: {
      type: 'continue',
      value: {
        ...{ title: say('extension.title'), height: 'large', width: 'medium' },
        card: { contentType: cardType, content: withSubmit(card) },
      },
    },
  };
}

function withSubmit(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSubmit);
  if (typeof value !== 'object' || value === null) return value;
  const node = Object.fromEntries(Object.entries(value));
  const behind: unknown = node['type'] === 'Action.Execute' ? node['fallback'] : undefined;
  if (behind) return behind;
  return Object.fromEntries(
    Object.entries(node).flatMap(([name, inner]) => (name === 'refresh' ? [] : [[name, withSubmit(inner)]])),
  );
}

/** The message's words, to be changed. They came with the press and are kept only when they are sent. */
async function beginFromMessage({ ctx, value }: ExtensionCall): Promise<CardJson> {
  const protection = await protectionOf(ctx);
  const what = wordsOfMessage(value);
  const nonce = ctx.random.code(16);
  if (!mayBeConcern([what])) return extensionCard({ nonce, protection, what });
  await noteConcern(ctx, 'chat-extension', 'shown');
  const pressed = { verb: 'ask.begin', id: noId, version: 0, nonce };
  return heldCard({ protection, pressed, entrance: 'chat-extension', nonce, noId, typed: { what } });
}

/** `messagePayload.body`: HTML, or plain text. Only words are taken: no pictures, mentions' ids or links. */
function wordsOfMessage(value: JsonObject): string {
  const body = inside(inside(value, 'messagePayload'), 'body');
  const content = textIn(body, 'content');
  const plain = textIn(body, 'contentType') === 'text' ? content : content.replace(/<[^>]*>/g, ' ');
  return plain
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 4000);
}

const shownAtMost = 10;

async function searchResults({ ctx, value, tabUrlOf }: ExtensionCall): Promise<object> {
  const search = searchOf(value);
  if (mayBeConcern([search])) {
    await noteConcern(ctx, 'chat-extension', 'shown');
    return list([{ card: concernCard(await protectionOf(ctx)), title: say('concern.title'), text: '' }]);
  }
  const own = (await listOwnRequests(ctx)).filter(({ reference, need }) =>
    `${reference} ${say(`need.${need}`)}`.toLowerCase().includes(search.toLowerCase()),
  );
  const guidance = await searchGuidance(ctx, search);
  const found = [
    ...own.map(({ requestId, reference, need, state }) => ({
      card: referenceCard(reference, tabUrlOf('request', requestId)),
      ...{ title: reference, text: `${say(`need.${need}`)}. ${say(`state.${state}`)}` },
    })),
    ...guidance.map((one) => ({ card: guidanceCard(one), title: one.title, text: one.text.slice(0, 120) })),
  ];
  if (found.length === 0) return { type: 'message', text: say('extension.own.none') };
  return list(found.slice(0, shownAtMost));
}

function list(found: readonly { card: CardJson; title: string; text: string }[]): object {
  return {
    ...{ type: 'result', attachmentLayout: 'list' },
    attachments: found.map(({ card, title, text }) => ({
      ...{ contentType: cardType, content: card },
      preview: { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title, text } },
    })),
  };
}

/** The one parameter; empty when Teams asks for what to show first (`initialRun`). */
function searchOf(value: JsonObject): string {
  const parameters = value['parameters'];
  const all: readonly JsonValue[] = Array.isArray(parameters) ? (parameters as readonly JsonValue[]) : [];
  const [first] = all.map(asObject).filter((one) => textIn(one, 'name') === 'search');
  return first ? textIn(first, 'value').trim().slice(0, 100) : '';
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

const inside = (value: JsonObject, name: string): JsonObject => asObject(value[name]);

function textIn(value: JsonObject, name: string): string {
  const found = value[name];
  return typeof found === 'string' ? found : '';
}
