import { z } from 'zod';
import { AppError } from '../errors.js';
import {
  acceptProposed as proposedShape,
  cancelReview as cancelShape,
  changeAttendees as attendeesShape,
  findSlots,
  moveReview as moveShape,
  reviewDetail,
  reviewList,
  reviewProposal,
  reviewSearch,
  scheduleReview as scheduleShape,
  slotAnswer,
} from '../reviews/contract.js';
import { findTimes, proposeReview } from '../reviews/planning-service.js';
import { acceptProposed, changeAttendees, moveReview } from '../reviews/moving-service.js';
import { readReview, searchReviews } from '../reviews/reading.js';
import { cancelReview, scheduleReview } from '../reviews/service.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });
/** One of them; of both, the request. */
const proposalFor = z.object({ requestId: z.uuid().optional(), learnerId: z.uuid().optional() });

/** Reviews for the tab. Ids alone are in URLs; what is asked for with names or dates is in a body. */
export function reviewRoutes(app: Api, { contextOf, nudge }: Nudged): void {
  app.post('/api/reviews/search', { schema: { body: reviewSearch, response: { 200: reviewList } } }, (request) =>
    searchReviews(contextOf(request), request.body),
  );
  app.get(
    '/api/reviews/proposal',
    { schema: { querystring: proposalFor, response: { 200: reviewProposal } } },
    (request) => {
      const { requestId, learnerId } = request.query;
      if (requestId !== undefined) return proposeReview(contextOf(request), { requestId });
      if (learnerId !== undefined) return proposeReview(contextOf(request), { learnerId });
      throw new AppError('invalid', { where: 'requestId', why: 'missing' });
    },
  );
  app.get('/api/reviews/:id', { schema: { params: byId, response: { 200: reviewDetail } } }, (request) =>
    readReview(contextOf(request), request.params.id),
  );
  app.post('/api/reviews/slots', { schema: { body: findSlots, response: { 200: slotAnswer } } }, (request) =>
    findTimes(contextOf(request), request.body),
  );
  bookingRoutes(app, { contextOf, nudge });
}

type Nudged = Pick<RouteOptions, 'contextOf'> & { readonly nudge: () => void };

/** What changes a review that is booked, each answering with how it then stands. */
function bookingRoutes(app: Api, { contextOf, nudge }: Nudged): void {
  app.post('/api/reviews', { schema: { body: scheduleShape, response: { 200: reviewDetail } } }, async (request) => {
    const ctx = contextOf(request);
    const { reviewId } = await scheduleReview(ctx, request.body);
    nudge();
    return readReview(ctx, reviewId);
  });
  app.post(
    '/api/reviews/:id/cancel',
    { schema: { params: byId, body: cancelShape, response: { 200: reviewDetail } } },
    async (request) => {
      const ctx = contextOf(request);
      await cancelReview(ctx, request.params.id, request.body);
      nudge();
      return readReview(ctx, request.params.id);
    },
  );
  app.post(
    '/api/reviews/:id/move',
    { schema: { params: byId, body: moveShape, response: { 200: reviewDetail } } },
    async (request) => {
      const ctx = contextOf(request);
      await moveReview(ctx, request.params.id, request.body);
      nudge();
      return readReview(ctx, request.params.id);
    },
  );
  app.post(
    '/api/reviews/:id/accept-proposed',
    { schema: { params: byId, body: proposedShape, response: { 200: reviewDetail } } },
    async (request) => {
      const ctx = contextOf(request);
      await acceptProposed(ctx, request.params.id, request.body);
      nudge();
      return readReview(ctx, request.params.id);
    },
  );
  app.post(
    '/api/reviews/:id/attendees',
    { schema: { params: byId, body: attendeesShape, response: { 200: reviewDetail } } },
    async (request) => {
      const ctx = contextOf(request);
      await changeAttendees(ctx, request.params.id, request.body);
      nudge();
      return readReview(ctx, request.params.id);
    },
  );
}
