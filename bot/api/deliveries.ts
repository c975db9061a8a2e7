import { z } from 'zod';
import type { Context } from '../context.js';
import { deliveryList, type DeliveryList } from '../people/contract.js';
import type { Api, RouteOptions } from './server.js';

/** bot/jobs/deliveries.ts, passed in: an edge does not import another. */
export interface Deliveries {
  readonly list: (ctx: Context) => Promise<DeliveryList>;
  readonly retry: (ctx: Context, id: string) => Promise<void>;
}

export function deliveryRoutes(
  app: Api,
  { contextOf, nudge, deliveries }: RouteOptions & { nudge: () => void; deliveries: Deliveries },
): void {
  app.get('/api/deliveries', { schema: { response: { 200: deliveryList } } }, (request) =>
    deliveries.list(contextOf(request)),
  );
  app.post(
    '/api/deliveries/:id/retry',
    { schema: { params: z.object({ id: z.uuid() }), response: { 200: deliveryList } } },
    async (request) => {
      const ctx = contextOf(request);
      await deliveries.retry(ctx, request.params.id);
      nudge();
      return deliveries.list(ctx);
    },
  );
}
