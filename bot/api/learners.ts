import { z } from 'zod';
import { listLearnerChanges } from '../learners/changes-reading.js';
import { acknowledgeChange, settleChange } from '../learners/changes-service.js';
import { decideMatch, readMatchQueue, readQuality } from '../learners/matches-service.js';
import { readLearner } from '../learners/record-reading.js';
import {
  asOf,
  changeList,
  changeSearch,
  decideMatch as decideBody,
  exported,
  exportLearners as exportBody,
  learnerDetail,
  learnerList,
  learnerSearch,
  matchQueue,
  qualityReport,
  settleChange as settleBody,
} from '../learners/register-contract.js';
import { exportLearners, searchLearners } from '../learners/register-reading.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });
const nothing = z.object({});

/** The register for the tab. Names and search words are in bodies; addresses hold ids and days alone. */
export function learnerRoutes(app: Api, { contextOf }: Pick<RouteOptions, 'contextOf'>): void {
  app.post('/api/learners/search', { schema: { body: learnerSearch, response: { 200: learnerList } } }, (request) =>
    searchLearners(contextOf(request), request.body),
  );
  app.post('/api/learners/export', { schema: { body: exportBody, response: { 200: exported } } }, (request) =>
    exportLearners(contextOf(request), request.body),
  );
  app.get(
    '/api/learners/:id',
    { schema: { params: byId, querystring: asOf, response: { 200: learnerDetail } } },
    (request) => readLearner(contextOf(request), request.params.id, request.query),
  );
  changeRoutes(app, { contextOf });
  matchRoutes(app, { contextOf });
}

function changeRoutes(app: Api, { contextOf }: Pick<RouteOptions, 'contextOf'>): void {
  app.post('/api/changes/search', { schema: { body: changeSearch, response: { 200: changeList } } }, (request) =>
    listLearnerChanges(contextOf(request), request.body),
  );
  app.post(
    '/api/changes/:id/acknowledge',
    { schema: { params: byId, response: { 200: nothing } } },
    async (request) => {
      await acknowledgeChange(contextOf(request), request.params.id);
      return {};
    },
  );
  app.post(
    '/api/changes/:id/settle',
    { schema: { params: byId, body: settleBody, response: { 200: nothing } } },
    async (request) => {
      await settleChange(contextOf(request), request.params.id, request.body);
      return {};
    },
  );
}

function matchRoutes(app: Api, { contextOf }: Pick<RouteOptions, 'contextOf'>): void {
  app.get('/api/matches', { schema: { response: { 200: matchQueue } } }, (request) =>
    readMatchQueue(contextOf(request)),
  );
  app.post(
    '/api/matches/:id',
    { schema: { params: byId, body: decideBody, response: { 200: nothing } } },
    async (request) => {
      await decideMatch(contextOf(request), request.params.id, request.body);
      return {};
    },
  );
  app.get('/api/register/quality', { schema: { response: { 200: qualityReport } } }, (request) =>
    readQuality(contextOf(request)),
  );
}
