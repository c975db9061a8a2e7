import { z } from 'zod';
import { readAudit, readBeside } from '../requests/beside-reading.js';
import {
  changeView,
  loggedRequest,
  logRequest,
  snippetList,
  requestAudit,
  requestBeside,
  removeView,
  savedView,
  saveView,
  triageList,
  triageSearch,
  viewList,
} from '../requests/triage-contract.js';
import { logRequestFor } from '../requests/call-log-service.js';
import { listSnippets } from '../requests/snippets-reading.js';
import { searchRequests } from '../requests/triage-reading.js';
import { changeSavedView, listViews, removeSavedView, saveNewView } from '../requests/views-service.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });
const nothing = z.object({});

/** The triage list, its views, and what stands beside a request. */
export function triageRoutes(app: Api, { contextOf, nudge }: RouteOptions & { readonly nudge: () => void }): void {
  app.post('/api/requests/search', { schema: { body: triageSearch, response: { 200: triageList } } }, (request) =>
    searchRequests(contextOf(request), request.body),
  );
  app.get('/api/requests/:id/beside', { schema: { params: byId, response: { 200: requestBeside } } }, (request) =>
    readBeside(contextOf(request), request.params.id),
  );
  app.get('/api/requests/:id/audit', { schema: { params: byId, response: { 200: requestAudit } } }, (request) =>
    readAudit(contextOf(request), request.params.id),
  );
  app.get('/api/requests/views', { schema: { response: { 200: viewList } } }, (request) =>
    listViews(contextOf(request)),
  );
  app.post('/api/requests/views', { schema: { body: saveView, response: { 200: savedView } } }, (request) =>
    saveNewView(contextOf(request), request.body),
  );
  app.put(
    '/api/requests/views/:id',
    { schema: { params: byId, body: changeView, response: { 200: savedView } } },
    (request) => changeSavedView(contextOf(request), request.params.id, request.body),
  );
  app.post(
    '/api/requests/views/:id/remove',
    { schema: { params: byId, body: removeView, response: { 200: nothing } } },
    async (request) => {
      await removeSavedView(contextOf(request), request.params.id, request.body.version);
      return {};
    },
  );
  app.post(
    '/api/requests/logged',
    { schema: { body: logRequest, response: { 200: loggedRequest } } },
    async (request) => {
      const logged = await logRequestFor(contextOf(request), request.body);
      nudge();
      return logged;
    },
  );
  app.get('/api/requests/snippets', { schema: { response: { 200: snippetList } } }, (request) =>
    listSnippets(contextOf(request)),
  );
}
