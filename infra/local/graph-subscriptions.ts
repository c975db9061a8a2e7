import { Temporal } from 'temporal-polyfill';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GraphAccess } from './graph-access.js';
import { bodyOf, GraphError } from './graph-errors.js';
import { handshake, type Notifier, type Subscription } from './graph-notifications.js';
import { guid } from './ids.js';
import type { Shared } from './shared.js';

const [shortestMinutes, longestMinutes] = [45, 10_080];

/** Microsoft asks for https; here every receiver is on this machine, and no other is ever called. */
const receiver = z.string().refine((text) => /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?\//.test(text));
const subscriptionBody = z.strictObject({
  changeType: z.string().regex(/^(created|updated|deleted)(,\s*(created|updated|deleted))*$/),
  notificationUrl: receiver,
  lifecycleNotificationUrl: receiver.nullish(),
  resource: z.string().regex(/^\/?users\/[^/]+\/(calendar\/)?events$/i),
  expirationDateTime: z.string(),
  clientState: z.string().max(128).nullish(),
  latestSupportedTlsVersion: z.string().nullish(),
  includeResourceData: z.literal(false).nullish(),
});
const renewalBody = z.strictObject({ expirationDateTime: z.string() });

type One = { Params: { id: string } };
const invalid = (message: string) => new GraphError(400, 'ValidationError', message);

/** Under 45 minutes is raised to 45, over 10,080 is refused (microsoft365.md 4.5). */
function expiry(text: string, now: Temporal.Instant): string {
  const minutes = (Date.parse(text) - now.epochMilliseconds) / 60_000;
  if (!(minutes > 0)) throw invalid('Subscription expiration must be in the future.');
  if (minutes > longestMinutes)
    throw invalid(`Subscription expiration can only be ${longestMinutes} minutes in the future.`);
  const kept = minutes < shortestMinutes ? now.add({ minutes: shortestMinutes }) : Temporal.Instant.from(text);
  return kept.toString({ fractionalSecondDigits: 7 });
}

export function subscriptionRoutes(
  app: FastifyInstance,
  access: GraphAccess,
  notifier: Notifier,
  shared: Shared,
): void {
  const owned = (request: FastifyRequest): Subscription[] => {
    const { tenantId, clientId } = access.caller(request);
    return notifier.subscriptions().filter((one) => one.tenantId === tenantId && one.applicationId === clientId);
  };
  function own(request: FastifyRequest<One>): Subscription {
    const found = owned(request).find((one) => one.id === request.params.id);
    if (!found) throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
    return found;
  }

  app.post('/subscriptions', async (request, reply) => {
    const asked = bodyOf(subscriptionBody, request.body);
    const mailbox = access.mailbox(request, decodeURIComponent(asked.resource.replace(/^\//, '').split('/')[1] ?? ''));
    const expirationDateTime = expiry(asked.expirationDateTime, shared.clock.now());
    const same = (one: Subscription) => one.mailboxId === mailbox.id && one.changeType === asked.changeType;
    if (owned(request).some(same)) throw new GraphError(409, 'Conflict', 'The subscription already exists.');
    await shakeHands([asked.notificationUrl, asked.lifecycleNotificationUrl ?? []].flat(), shared);
    const { tenantId, clientId } = access.caller(request);
    const subscription: Subscription = {
      id: guid(shared.random),
      ...{
        tenantId,
        applicationId: clientId,
        mailboxId: mailbox.id,
        resource: asked.resource,
        changeType: asked.changeType,
      },
      ...{ notificationUrl: asked.notificationUrl, lifecycleNotificationUrl: asked.lifecycleNotificationUrl ?? null },
      ...{ clientState: asked.clientState ?? null, expirationDateTime },
    };
    notifier.add(subscription);
    return reply.code(201).send(shown(subscription));
  });

  app.get('/subscriptions', async (request) => ({ value: owned(request).map(shown) }));
  app.get<One>('/subscriptions/:id', async (request) => shown(own(request)));
  app.patch<One>('/subscriptions/:id', async (request) => {
    const subscription = own(request);
    subscription.expirationDateTime = expiry(bodyOf(renewalBody, request.body).expirationDateTime, shared.clock.now());
    shared.store.changed();
    return shown(subscription);
  });
  app.post<One>('/subscriptions/:id/reauthorize', async (request, reply) => {
    own(request);
    return reply.code(204).send();
  });
  app.delete<One>('/subscriptions/:id', async (request, reply) => {
    notifier.remove(own(request));
    return reply.code(204).send();
  });
}

async function shakeHands(urls: readonly string[], { random }: Shared): Promise<void> {
  for (const url of urls) {
    const token = `Validation: Testing client application reachability for subscription Request-Id: ${guid(random)}`;
    if (await handshake(url, token)) continue;
    throw invalid('Subscription validation request failed. Notification endpoint must respond with 200 OK.');
  }
}

/** clientState is never given back. */
function shown(subscription: Subscription): object {
  const { id, resource, applicationId, changeType, notificationUrl, lifecycleNotificationUrl, expirationDateTime } =
    subscription;
  return {
    ...{
      id,
      resource,
      applicationId,
      changeType,
      clientState: null,
      notificationUrl,
      lifecycleNotificationUrl,
      expirationDateTime,
    },
    ...{
      creatorId: applicationId,
      includeResourceData: null,
      encryptionCertificate: null,
      encryptionCertificateId: null,
    },
    ...{ latestSupportedTlsVersion: 'v1_2', notificationQueryOptions: null, notificationUrlAppId: null },
  };
}
