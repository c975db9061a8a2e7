import { z } from 'zod';
import {
  adjustItem as adjustShape,
  currentPlan,
  makePlan as makeShape,
  planDetail,
  released,
  releasedSearch,
  releaseSlots as releaseShape,
  sendPlan as sendShape,
} from '../reviews/plan-contract.js';
import { readCurrentPlan, readPlan } from '../reviews/plan-reading.js';
import { adjustItem, makePlan, sendPlan } from '../reviews/plan-service.js';
import { listReleased, releaseSlots } from '../reviews/released-service.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });
const itemOf = z.object({ id: z.uuid(), itemId: z.uuid() });

/** Planning many reviews: a draft, adjusted, and sent by an act of its own. */
export function reviewPlanRoutes(
  app: Api,
  { contextOf, nudge }: Pick<RouteOptions, 'contextOf'> & { readonly nudge: () => void },
): void {
  app.post('/api/reviews/plans', { schema: { body: makeShape, response: { 200: planDetail } } }, (request) =>
    makePlan(contextOf(request), request.body),
  );
  app.get('/api/reviews/plans/current', { schema: { response: { 200: currentPlan } } }, async (request) => ({
    plan: await readCurrentPlan(contextOf(request)),
  }));
  app.get('/api/reviews/plans/:id', { schema: { params: byId, response: { 200: planDetail } } }, (request) =>
    readPlan(contextOf(request), request.params.id),
  );
  app.post(
    '/api/reviews/plans/:id/items/:itemId',
    { schema: { params: itemOf, body: adjustShape, response: { 200: planDetail } } },
    (request) => adjustItem(contextOf(request), request.params.id, request.params.itemId, request.body),
  );
  app.post(
    '/api/reviews/plans/:id/send',
    { schema: { params: byId, body: sendShape, response: { 200: planDetail } } },
    async (request) => {
      const plan = await sendPlan(contextOf(request), request.params.id, request.body);
      nudge();
      return plan;
    },
  );
  app.post(
    '/api/reviews/released/search',
    { schema: { body: releasedSearch, response: { 200: released } } },
    (request) => listReleased(contextOf(request), request.body),
  );
  app.post('/api/reviews/released', { schema: { body: releaseShape, response: { 200: released } } }, (request) =>
    releaseSlots(contextOf(request), request.body),
  );
}
