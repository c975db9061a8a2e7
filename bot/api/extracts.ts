import { z } from 'zod';
import {
  beginUpload,
  confirmMapping as mappingBody,
  extractList,
  extractLook,
  extractMove,
  extractRow,
  extractStarted,
  previewRows,
  rejectedFile,
  rowSearch,
  uploadPart,
} from '../learners/extract-contract.js';
import { listExtracts, lookAtExtract, readExtract, readRows, rejectedRows } from '../learners/extract-reading.js';
import {
  beginExtract,
  cancelExtract,
  completeUpload,
  confirmMapping,
  sendPart,
  startImport,
  startUndo,
} from '../learners/extract-service.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });
const byPart = z.object({ id: z.uuid(), part: z.coerce.number().int().min(0).max(999) });
const nothing = z.object({});

type Options = Pick<RouteOptions, 'contextOf'> & { readonly nudge: () => void };

/** Extracts: sent in parts, mapped, previewed, taken, undone. What a file holds is in answers, never in an address. */
export function extractRoutes(app: Api, options: Options): void {
  uploadRoutes(app, options);
  readingRoutes(app, options);
  moveRoutes(app, options);
}

function uploadRoutes(app: Api, { contextOf }: Options): void {
  app.post('/api/extracts', { schema: { body: beginUpload, response: { 200: extractStarted } } }, (request) =>
    beginExtract(contextOf(request), request.body),
  );
  app.put(
    '/api/extracts/:id/parts/:part',
    { schema: { params: byPart, body: uploadPart, response: { 200: nothing } } },
    async (request) => {
      const content = Buffer.from(request.body.content, 'base64');
      await sendPart(contextOf(request), request.params.id, { part: request.params.part, content });
      return {};
    },
  );
  app.post(
    '/api/extracts/:id/complete',
    { schema: { params: byId, response: { 200: extractRow } } },
    async (request) => {
      await completeUpload(contextOf(request), request.params.id);
      return readExtract(contextOf(request), request.params.id);
    },
  );
}

function readingRoutes(app: Api, { contextOf }: Options): void {
  app.get('/api/extracts', { schema: { response: { 200: extractList } } }, (request) =>
    listExtracts(contextOf(request)),
  );
  app.get('/api/extracts/:id', { schema: { params: byId, response: { 200: extractRow } } }, (request) =>
    readExtract(contextOf(request), request.params.id),
  );
  app.post('/api/extracts/:id/look', { schema: { params: byId, response: { 200: extractLook } } }, (request) =>
    lookAtExtract(contextOf(request), request.params.id),
  );
  app.post(
    '/api/extracts/:id/rows/search',
    { schema: { params: byId, body: rowSearch, response: { 200: previewRows } } },
    (request) => readRows(contextOf(request), request.params.id, request.body),
  );
  app.post('/api/extracts/:id/rejected', { schema: { params: byId, response: { 200: rejectedFile } } }, (request) =>
    rejectedRows(contextOf(request), request.params.id),
  );
}

function moveRoutes(app: Api, { contextOf, nudge }: Options): void {
  app.post(
    '/api/extracts/:id/mapping',
    { schema: { params: byId, body: mappingBody, response: { 200: extractRow } } },
    async (request) => {
      await confirmMapping(contextOf(request), request.params.id, request.body);
      nudge();
      return readExtract(contextOf(request), request.params.id);
    },
  );
  const moves = { import: startImport, cancel: cancelExtract, undo: startUndo } as const;
  for (const [name, move] of Object.entries(moves))
    app.post(
      `/api/extracts/:id/${name}`,
      { schema: { params: byId, body: extractMove, response: { 200: extractRow } } },
      async (request) => {
        await move(contextOf(request), request.params.id, request.body);
        nudge();
        return readExtract(contextOf(request), request.params.id);
      },
    );
}
