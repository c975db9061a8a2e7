import { addressed, type ChatPerson, mention } from './chat-activity.js';
import { type CardAction, findAction, inputsOf, refreshActionOf } from './chat-card.js';
import { type ChatClientOptions, createWire, type Delivery, type Wire } from './chat-wire.js';
import { personMri } from './connector-ids.js';
import type { Json, LedgerActivity } from './connector-ledger.js';
import { newestCard } from './connector-tally.js';

/** A card that somebody sees: an activity's id (its newest card), or a card they held on to. */
export type Seen = string | { readonly activityId: string; readonly card: Json };

export interface PressOptions {
  /** As a client without Action.Execute sends it: a message whose `value` is the fallback's data. */
  readonly asSubmit?: boolean;
  /** Sends the inputs as given, without what the client checks and adds. */
  readonly unchecked?: boolean;
  readonly trigger?: 'manual' | 'automatic';
}

/** One person at their Teams client. */
export interface ChatSeat {
  /** Adds the app for the person, as an administrator's policy or the person does. */
  install(): Promise<Delivery>;
  /** In the chat with the bot, or as a new thread of a channel, where the bot is mentioned. */
  say(text: string, where?: { readonly channelId: string }): Promise<Delivery>;
  press(
    seen: Seen,
    titleOrVerb: string,
    inputs?: Readonly<Record<string, string>>,
    how?: PressOptions,
  ): Promise<Delivery>;
  /** Null when the card asks for no refresh, or not for this person. */
  refresh(seen: Seen): Promise<Delivery | null>;
  /** The cards of the chat with the bot, or of a channel, oldest first, each as this person sees it now. */
  cards(where?: { readonly channelId: string }): Promise<{ activityId: string; card: Json }[]>;
  /** The newest of `cards`. Throws when there is none. */
  newest(where?: { readonly channelId: string }): Promise<{ activityId: string; card: Json }>;
  /** The id of the chat with the bot. */
  conversationId(): Promise<string>;
}

export interface ChatClient {
  as(person: ChatPerson): ChatSeat;
  /** Sends the same activity once more: with its id, as a channel retries, or under a new one, as a client may. */
  repeat(delivery: Delivery, how?: { readonly newId?: boolean }): Promise<Delivery>;
}

export function createChatClient(options: ChatClientOptions): ChatClient {
  const wire = createWire(options);
  const pressed: Pressed = new WeakMap();
  return {
    as: (person) => createSeat(wire, person, pressed),
    async repeat(delivery, how) {
      const again = await wire.deliver(how?.newId ? { ...delivery.activity, id: options.newId() } : delivery.activity);
      const shown = pressed.get(delivery.activity);
      if (!shown) return again;
      pressed.set(again.activity, shown);
      if (again.card) await shown(again.card);
      return again;
    },
  };
}

/** What was pressed -> how its answer becomes what the presser sees, whenever it comes. */
type Pressed = WeakMap<Json, (card: Json) => Promise<void>>;

function createSeat(wire: Wire, person: ChatPerson, pressed: Pressed): ChatSeat {
  const sight = createSight();
  let personal: Promise<string> | null = null;
  const conversationId = () => (personal ??= wire.personal(person.oid));
  const act = createPresser(wire, person, { sight, pressed });

  async function cards(where?: { readonly channelId: string }) {
    const activities = await wire.ledger({ top: where?.channelId ?? (await conversationId()) });
    return activities.flatMap((activity) => {
      const card = activity.deletedAt ? null : sight.now(activity);
      return card ? [{ activityId: activity.id, card }] : [];
    });
  }

  async function look(seen: Seen): Promise<{ activity: LedgerActivity; card: Json }> {
    const [activity] = await wire.ledger({ id: typeof seen === 'string' ? seen : seen.activityId });
    const card = activity ? (typeof seen === 'string' ? sight.now(activity) : seen.card) : null;
    if (!activity || !card) throw new Error('There is no such card.');
    return { activity, card };
  }

  return {
    conversationId,
    cards,
    async newest(where) {
      const last = (await cards(where)).at(-1);
      if (!last) throw new Error('There is no card here yet.');
      return last;
    },
    async install() {
      const base = addressed(wire, person, await conversationId());
      return wire.deliver({ ...base, type: 'installationUpdate', action: 'add' });
    },
    async say(text, where) {
      if (!where) return wire.deliver({ ...addressed(wire, person, await conversationId()), type: 'message', text });
      const { channel, rootId } = await wire.startThread(where.channelId);
      return wire.deliver(mention(addressed(wire, person, `${channel.id};messageid=${rootId}`), channel, rootId, text));
    },
    async press(seen, titleOrVerb, inputs = {}, how = {}) {
      const { activity, card } = await look(seen);
      const action = findAction(card, titleOrVerb);
      const filled = how.unchecked || !action.associatedInputs ? inputs : inputsOf(card, inputs);
      const data = how.asSubmit ? (action.submitData ?? action.data) : action.data;
      return act(activity, action, { ...data, ...filled }, how);
    },
    async refresh(seen) {
      const { activity, card } = await look(seen);
      const action = refreshActionOf(card, personMri(person.oid));
      return action && act(activity, action, action.data, { trigger: 'automatic' });
    },
  };
}

type Sight = ReturnType<typeof createSight>;

/** What one person sees: the newest version, or the card their own press was answered with, until an update is newer. */
function createSight() {
  const answers = new Map<string, { readonly card: Json; readonly versions: number }>();
  return {
    now(activity: LedgerActivity): Json | null {
      const answer = answers.get(activity.id);
      return answer && answer.versions >= activity.versions.length ? answer.card : newestCard(activity);
    },
    answered: (activity: LedgerActivity, card: Json): void =>
      void answers.set(activity.id, { card, versions: activity.versions.length }),
  };
}

function createPresser(wire: Wire, person: ChatPerson, { sight, pressed }: { sight: Sight; pressed: Pressed }) {
  return async (activity: LedgerActivity, action: CardAction, data: Json, how: PressOptions): Promise<Delivery> => {
    const base = { ...addressed(wire, person, activity.conversationId), replyToId: activity.id };
    if (how.asSubmit || action.type === 'Action.Submit') return wire.deliver({ ...base, type: 'message', value: data });
    const { title, verb } = action;
    const sent = { type: 'Action.Execute', ...(title ? { title } : {}), ...(verb ? { verb } : {}), data };
    const value = { action: sent, trigger: how.trigger ?? 'manual' };
    const delivery = await wire.deliver({ ...base, type: 'invoke', name: 'adaptiveCard/action', value });
    const shown = async (card: Json) => {
      const [newest] = await wire.ledger({ id: activity.id });
      if (newest) sight.answered(newest, card);
    };
    pressed.set(delivery.activity, shown);
    if (delivery.card) await shown(delivery.card);
    return delivery;
  };
}
