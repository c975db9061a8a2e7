import { listOpenedRecords, openRecord } from '../learners/glass-service.js';
import { openedRecord, openedRecordList, openRecord as body } from '../learners/glass-contract.js';
import type { Api, RouteOptions } from './server.js';

/** Emergency access (break-glass). The number travels in the body: an address is logged and forwarded. */
export function glassRoutes(app: Api, { contextOf, nudge }: RouteOptions & { readonly nudge: () => void }): void {
  app.post('/api/emergency-access', { schema: { body, response: { 200: openedRecord } } }, async (request) => {
    const opened = await openRecord(contextOf(request), request.body);
    nudge();
    return opened;
  });
  app.get('/api/emergency-access', { schema: { response: { 200: openedRecordList } } }, (request) =>
    listOpenedRecords(contextOf(request)),
  );
}
