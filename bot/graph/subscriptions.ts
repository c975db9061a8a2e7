import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Clock, DeliveryError, type ReviewMailbox } from '../context.js';
import type { Graph } from './client.js';

export interface SubscriptionOptions {
  readonly graph: Graph;
  readonly clock: Clock;
  /** Where Graph reaches us; both fixed when a subscription is made. */
  readonly notificationUrl: string;
  readonly lifecycleUrl: string;
}

/** An event subscription lives for less than 10,080 minutes (microsoft365.md 4.5). */
const lifeMinutes = 10_000;

const subscription = z.object({ id: z.string().min(1), expirationDateTime: z.string() });
const listed = z.object({ value: z.array(z.object({ id: z.string(), resource: z.string() })) });

/**
 * Renews the subscription, or makes one when there is none or Graph has dropped it. Basic notifications: they carry no data
 * and are only a hint to read the delta. The lifecycle address cannot be added later, so it is there from the start.
 */
export async function subscribeTo(
  options: SubscriptionOptions,
  mailbox: ReviewMailbox,
  given: { readonly id: string | null; readonly clientState: string },
): Promise<{ id: string; expiresAt: Temporal.Instant }> {
  const { graph, clock } = options;
  const expirationDateTime = clock.now().add({ minutes: lifeMinutes }).toString({ smallestUnit: 'second' });
  const where = { tenantId: mailbox.tenantId, mailbox: mailbox.address };
  const resource = `/users/${mailbox.address}/events`;
  const one = (id: string) => ({ path: `/subscriptions/${encodeURIComponent(id)}`, route: '/subscriptions/{id}' });
  const all = { path: '/subscriptions', route: '/subscriptions' };

  async function renew(id: string) {
    try {
      return await graph({ ...where, ...one(id), method: 'PATCH', body: { expirationDateTime }, answer: subscription });
    } catch (error) {
      if (error instanceof DeliveryError && (error.kind === 'gone' || error.kind === 'refused')) return null;
      throw error;
    }
  }

  const make = () =>
    graph({
      ...{ ...where, ...all, method: 'POST', answer: subscription },
      body: {
        ...{ changeType: 'created,updated,deleted', resource, expirationDateTime },
        ...{ notificationUrl: options.notificationUrl, lifecycleNotificationUrl: options.lifecycleUrl },
        clientState: given.clientState,
      },
    });

  /** 409: one like it is there already, but its clientState is not the one we keep the hash of. */
  async function removeForgotten(): Promise<void> {
    const { value } = await graph({ ...where, ...all, method: 'GET', answer: listed });
    const trim = (text: string) => text.replace(/^\//, '').toLowerCase();
    for (const { id } of value.filter((item) => trim(item.resource) === trim(resource)))
      await graph({ ...where, ...one(id), method: 'DELETE', answer: z.unknown() });
  }

  const renewed = given.id === null ? null : await renew(given.id);
  const answer =
    renewed ??
    (await make().catch(async (error: unknown) => {
      if (!(error instanceof DeliveryError && error.detail.status === 409)) throw error;
      await removeForgotten();
      return make();
    }));
  return { id: answer.id, expiresAt: Temporal.Instant.from(answer.expirationDateTime) };
}
