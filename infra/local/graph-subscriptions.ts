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

export function subscriptionRoutes(
  app: FastifyInstance,
  access: GraphAccess,
  notifier: Notifier,
  shared: Shared,
): void {
  const invalid = (message: string) => new GraphError(400, 'ValidationError', message);

  function expiry(text: string): string {
    const now = shared.clock.now();
    const minutes = (Date.parse(text) - now.epochMilliseconds) / 60_000;
    if (!(minutes > 0)) throw invalid('Subscription expiration must be in the future.');
    if (minutes > longestMinutes)
      throw invalid(`Subscription expiration can only be ${longestMinutes} minutes in the future.`);
    const kept = minutes < shortestMinutes ? now.add({ minutes: shortestMinutes }) : Temporal.Instant.from(text);
    return kept.toString({ fractionalSecondDigits: 7 });
  }

  function own(request: FastifyRequest<One>): Subscription {
    const { tenantId, clientId } = access.caller(request);
    const found = notifier.subscriptions().find((one) => one.id === request.params.id);
    if (found?.tenantId === tenantId && found.applicationId === clientId) return found;
    throw new GraphError(404, 'ResourceNotFound', 'The object was not found.');
  }

  app.post('/subscriptions', async (request, reply) => {
    const asked = bodyOf(subscriptionBody, request.body);
    const mailbox = access.mailbox(request, decodeURIComponent(asked.resource.replace(/^\//, '').split('/')[1] ?? ''));
    const expirationDateTime = expiry(asked.expirationDateTime);
    const { tenantId, clientId } = access.caller(request);
    const same = (one: Subscription) =>
      one.mailboxId === mailbox.id && one.applicationId === clientId && one.changeType === asked.changeType;
    if (notifier.subscriptions().some(same)) throw new GraphError(409, 'Conflict', 'The subscription already exists.');
    for (const url of [asked.notificationUrl, asked.lifecycleNotificationUrl ?? []].flat()) {
      const token = `Validation: Testing client application reachability for subscription Request-Id: ${guid(shared.random)}`;
      if (!(await handshake(url, token)))
        throw invalid('Subscription validation request failed. Notification endpoint must respond with 200 OK.');
    }
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
    notifier.byId[subscription.id] = subscription;
    shared.store.changed();
    return reply.code(201).send(shown(subscription));
  });

  app.get('/subscriptions', async (request) => {
    const { tenantId, clientId } = access.caller(request);
    const own = notifier.subscriptions().filter((one) => one.tenantId === tenantId && one.applicationId === clientId);
    return { value: own.map(shown) };
  });
  app.get<One>('/subscriptions/:id', async (request) => shown(own(request)));
  app.patch<One>('/subscriptions/:id', async (request) => {
    const subscription = own(request);
    subscription.expirationDateTime = expiry(bodyOf(renewalBody, request.body).expirationDateTime);
    shared.store.changed();
    return shown(subscription);
  });
  app.post<One>('/subscriptions/:id/reauthorize', async (request, reply) => {
    own(request);
    return reply.code(204).send();
  });
  app.delete<One>('/subscriptions/:id', async (request, reply) => {
    delete notifier.byId[own(request).id];
    shared.store.changed();
    return reply.code(204).send();
  });
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
