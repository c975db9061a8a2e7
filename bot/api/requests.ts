import { z } from 'zod';
import type { Context } from '../context.js';
import { moveRequest, requestDetail, undoMove } from '../requests/contract.js';
import { type RequestMove } from '../requests/request.js';
import { readRequest } from '../requests/reading.js';
import { moveRequest as move, undoLastMove } from '../requests/move-service.js';
import { reviewOfRequest } from '../reviews/service.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });

/** Moves that the tab offers; the asker's own are made in the chat. */
const tabMoves = [
  'take',
  'give',
  'start',
  'ask',
  'resume',
  'answer',
  'close',
  'reopen',
  'decline',
  'transfer',
  'accept',
  'send-back',
  'concern',
  'told',
] as const satisfies readonly RequestMove[];

export function requestRoutes(app: Api, { contextOf }: RouteOptions, nudge: () => void): void {
  app.get('/api/requests/:id', { schema: { params: byId, response: { 200: requestDetail } } }, (request) =>
    detail(contextOf(request), request.params.id),
  );
  app.post(
    '/api/requests/:id/undo',
    { schema: { params: byId, body: undoMove, response: { 200: requestDetail } } },
    async (request) => {
      const ctx = contextOf(request);
      await undoLastMove(ctx, request.params.id, request.body);
      nudge();
      return detail(ctx, request.params.id);
    },
  );
  for (const name of tabMoves) {
    app.post(
      `/api/requests/:id/${name}`,
      { schema: { params: byId, body: moveRequest, response: { 200: requestDetail } } },
      async (request) => {
        const ctx = contextOf(request);
        await move(ctx, request.params.id, name, request.body);
        nudge();
        return detail(ctx, request.params.id);
      },
    );
  }
}

async function detail(ctx: Context, id: string) {
  const story = await readRequest(ctx, id);
  const review = await reviewOfRequest(ctx, id);
  const brief = review && {
    id: review.reviewId,
    reference: review.reference,
    startsAt: review.startsAt.toString(),
    state: review.state,
  };
  return { ...story, review: brief };
}
