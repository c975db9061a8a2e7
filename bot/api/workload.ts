import { z } from 'zod';
import { handOverRequests, undoHandOverOf } from '../requests/handover-service.js';
import { handedOver, handOver, undoHandOver, workload, workloadOf } from '../requests/workload-contract.js';
import { type ComingSource, readWorkload, readWorkloadOf } from '../requests/workload-reading.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });

export function workloadRoutes(
  app: Api,
  { contextOf, nudge, coming }: RouteOptions & { readonly nudge: () => void; readonly coming: readonly ComingSource[] },
): void {
  app.get('/api/workload', { schema: { response: { 200: workload } } }, (request) => readWorkload(contextOf(request)));
  app.get('/api/workload/:id', { schema: { params: byId, response: { 200: workloadOf } } }, (request) =>
    readWorkloadOf(contextOf(request), request.params.id, coming),
  );
  app.post(
    '/api/requests/hand-over',
    { schema: { body: handOver, response: { 200: handedOver } } },
    async (request) => {
      const answer = await handOverRequests(contextOf(request), request.body);
      nudge();
      return answer;
    },
  );
  app.post(
    '/api/requests/hand-over/:id/undo',
    { schema: { params: byId, body: undoHandOver, response: { 200: handedOver } } },
    async (request) => {
      const answer = await undoHandOverOf(contextOf(request), request.params.id, request.body.nonce);
      nudge();
      return answer;
    },
  );
}
