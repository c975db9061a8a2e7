import { ConnectorClient } from 'botframework-connector';
import { ActivityTypes, CardFactory } from 'botbuilder';
import { type ChatTarget, DeliveryError, type Notifier } from '../context.js';

export interface NotifierOptions {
  /** The bot's own token for the connector, by tenant and registration. */
  readonly tokenFor: (tenantId: string, botAppId: string, options?: { readonly fresh?: boolean }) => Promise<string>;
  /** Checked again before a token leaves: a stored address is not believed either. */
  readonly serviceUrlAllowed: (serviceUrl: string) => boolean;
  readonly timeoutMs?: number;
}

/** The Bot Connector through the SDK's client, with the SDK's own retries off: a repeated POST is a second message. */
export function createNotifier(options: NotifierOptions): Notifier {
  const clientFor = (target: ChatTarget, fresh: boolean) => {
    if (!options.serviceUrlAllowed(target.serviceUrl)) throw new DeliveryError('refused', { code: 'service-url' });
    const credentials = {
      signRequest: async (request: { headers: { set(name: string, value: string): void } }) => {
        request.headers.set(
          'Authorization',
          `Bearer ${await options.tokenFor(target.tenantId, target.botAppId, { fresh })}`,
        );
        return request;
      },
    };
    return new ConnectorClient(credentials as unknown as ConstructorParameters<typeof ConnectorClient>[0], {
      baseUri: target.serviceUrl.replace(/\/$/, ''),
      noRetryPolicy: true,
    });
  };
  const timeout = options.timeoutMs ?? 10_000;
  return {
    async post(target, message) {
      const answer = await attempt('post', (fresh) =>
        clientFor(target, fresh).conversations.sendToConversation(target.conversationId, activityOf(target, message), {
          timeout,
        }),
      );
      if (!answer.id) throw new DeliveryError('ambiguous', { code: 'no-activity-id' });
      return { activityId: answer.id, conversationId: target.conversationId };
    },
    async memberName(target, memberId) {
      const page = await attempt('update', (fresh) =>
        clientFor(target, fresh).conversations.getConversationPagedMembers(target.conversationId, {
          pageSize: 50,
          continuationToken: '',
          timeout,
        }),
      );
      return page.members.find(({ id }) => id === memberId)?.name ?? null;
    },
    member: (target, memberId) =>
      orNobody(() =>
        attempt('update', (fresh) =>
          clientFor(target, fresh).conversations.getConversationMember(target.conversationId, memberId, {
            timeout: Math.min(timeout, memberTimeoutMs),
          }),
        ),
      ),
    postTo: (target, memberId, message) => postTo({ ...options, timeoutMs: timeout }, target, memberId, message),
    async update(target, activityId, message) {
      const activity = { ...activityOf(target, message), id: activityId };
      await attempt('update', (fresh) =>
        clientFor(target, fresh).conversations.updateActivity(target.conversationId, activityId, activity, { timeout }),
      );
    },
  };
}

async function orNobody(find: () => Promise<object>): ReturnType<Notifier['member']> {
  try {
    const { name = '', aadObjectId, objectId, tenantId, userRole }: Account = await find();
    return { name, objectId: aadObjectId ?? objectId ?? null, tenantId: tenantId ?? null, guest: userRole === 'guest' };
  } catch (error) {
    if (error instanceof DeliveryError && error.detail.status === 404) return null;
    throw error;
  }
}

/** The SDK's client knows no query of its own for this, so the one call is made by hand. */
async function postTo(
  options: NotifierOptions & { readonly timeoutMs: number },
  target: ChatTarget,
  memberId: string,
  message: Parameters<Notifier['postTo']>[2],
): Promise<void> {
  const { tenantId, botAppId, conversationId } = target;
  if (!options.serviceUrlAllowed(target.serviceUrl)) throw new DeliveryError('refused', { code: 'service-url' });
  const base = target.serviceUrl.replace(/\/$/, '');
  const url = `${base}/v3/conversations/${encodeURIComponent(conversationId)}/activities?isTargetedActivity=true`;
  const body = JSON.stringify({ ...activityOf(target, message), recipient: { id: memberId } });
  await attempt('post', async (fresh) => {
    const token = await options.tokenFor(tenantId, botAppId, { fresh });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(options.timeoutMs);
    const answer = await fetch(url, { method: 'POST', headers, body, signal });
    await answer.arrayBuffer();
    if (!answer.ok) throw refusedWith(answer);
  });
}

/** A press waits for this, so it is not waited for as long as a post. */
const memberTimeoutMs = 2_000;

/** A TeamsChannelAccount; the SDK's type knows less. */
interface Account {
  readonly name?: string;
  readonly aadObjectId?: string;
  readonly objectId?: string;
  readonly tenantId?: string;
  readonly userRole?: string;
}

function activityOf(target: ChatTarget, message: { card: unknown; summary: string }) {
  return {
    type: ActivityTypes.Message,
    from: { id: `28:${target.botAppId}`, name: '' },
    conversation: { id: target.conversationId, isGroup: false, conversationType: '', name: '' },
    summary: message.summary,
    attachments: [CardFactory.adaptiveCard(message.card)],
  };
}

/** A token that was refused did no work, so the call is made once more with a new one; nothing else is repeated here. */
async function attempt<T>(kind: 'post' | 'update', call: (fresh: boolean) => Promise<T>): Promise<T> {
  try {
    return await call(false).catch((error: unknown) => {
      if (statusOf(error) === 401) return call(true);
      throw error;
    });
  } catch (error) {
    if (error instanceof DeliveryError) throw error;
    throw deliveryErrorOf(kind, error);
  }
}

function statusOf(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null ? (error as RestError).statusCode : undefined;
}

/** As the SDK's client throws it, so that both are judged by one rule. */
function refusedWith({ status, headers }: Response): Error {
  const response = { headers: { get: (name: string) => headers.get(name) ?? undefined } };
  return Object.assign(new Error('refused'), { statusCode: status, response });
}

interface RestError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly response?: { readonly headers?: { get(name: string): string | undefined } };
}

/**
 * 429 and 412 did nothing and may be sent again. Any other failure of a POST may have been delivered (peers.md, F2 no. 9);
 * an update may always be repeated. 403 and 404 are final: blocked, uninstalled or gone (microsoft365.md 1.6).
 */
function deliveryErrorOf(kind: 'post' | 'update', error: unknown): DeliveryError {
  const {
    statusCode: status,
    code,
    response,
  } = (typeof error === 'object' && error !== null ? error : {}) as RestError;
  const retryAfter = Number(response?.headers?.get('retry-after'));
  const detail = {
    ...(status !== undefined ? { status } : {}),
    ...(code !== undefined ? { code } : {}),
    ...(Number.isFinite(retryAfter) && retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {}),
  };
  if (status === 429 || status === 412) return new DeliveryError('retry', detail);
  if (status === 403 || status === 404) return new DeliveryError('gone', detail);
  if (status !== undefined && status >= 400 && status < 500 && status !== 408)
    return new DeliveryError('refused', detail);
  return new DeliveryError(kind === 'post' ? 'ambiguous' : 'retry', detail);
}
