import { z } from 'zod';
import { reviewDetail } from '../reviews/contract.js';
import {
  dueBoard,
  dueSearch,
  learnerDue,
  recordFact as factShape,
  recordOthers as othersShape,
  recordOutcome as outcomeShape,
  withdrawFact as withdrawShape,
} from '../reviews/due-contract.js';
import { readDueBoard, readLearnerDue } from '../reviews/due-reading.js';
import { recordFact, withdrawFact } from '../reviews/due-service.js';
import { recordOthers, recordOutcome } from '../reviews/outcome-service.js';
import { readReview } from '../reviews/reading.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });
const ofLearner = z.object({ id: z.uuid(), factId: z.uuid() });

/** When reviews are due, and what became of them. Ids alone are in URLs. */
export function reviewDueRoutes(
  app: Api,
  { contextOf, nudge }: Pick<RouteOptions, 'contextOf'> & { readonly nudge: () => void },
): void {
  app.post('/api/reviews/due', { schema: { body: dueSearch, response: { 200: dueBoard } } }, (request) =>
    readDueBoard(contextOf(request), request.body),
  );
  app.get('/api/reviews/due/:id', { schema: { params: byId, response: { 200: learnerDue } } }, (request) =>
    readLearnerDue(contextOf(request), request.params.id),
  );
  app.post(
    '/api/reviews/due/:id/facts',
    { schema: { params: byId, body: factShape, response: { 200: learnerDue } } },
    (request) => recordFact(contextOf(request), request.params.id, request.body),
  );
  app.post(
    '/api/reviews/due/:id/facts/:factId/withdraw',
    { schema: { params: ofLearner, body: withdrawShape, response: { 200: learnerDue } } },
    (request) => {
      const { id, factId } = request.params;
      return withdrawFact(contextOf(request), id, { factId, nonce: request.body.nonce });
    },
  );
  app.post(
    '/api/reviews/recorded',
    { schema: { body: othersShape, response: { 200: reviewDetail } } },
    async (request) => {
      const ctx = contextOf(request);
      const { reviewId } = await recordOthers(ctx, request.body);
      return readReview(ctx, reviewId);
    },
  );
  app.post(
    '/api/reviews/:id/outcome',
    { schema: { params: byId, body: outcomeShape, response: { 200: learnerDue } } },
    async (request) => {
      const due = await recordOutcome(contextOf(request), request.params.id, request.body);
      nudge();
      return due;
    },
  );
}
