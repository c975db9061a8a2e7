import { z } from 'zod';
import { addAbsence, removeAbsence } from '../people/absence-service.js';
import {
  addAbsence as absenceBody,
  added,
  addSchoolDate,
  calendarFile,
  calendarPreview,
  calendars,
  calendarSpan,
} from '../people/calendar-contract.js';
import {
  addDate,
  importCalendar,
  previewCalendar,
  readCalendars,
  removeDate,
} from '../people/calendar-import-service.js';
import { routingChoices, simulatedRouting, simulateRouting } from '../requests/contract.js';
import { listRoutingChoices, simulate } from '../requests/routing-service.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });
const nothing = z.object({});

/** School and office calendars, who is away, and what the routing table would do with a request. */
export function calendarRoutes(app: Api, { contextOf }: RouteOptions): void {
  app.get('/api/calendars', { schema: { querystring: calendarSpan, response: { 200: calendars } } }, (request) =>
    readCalendars(contextOf(request), request.query),
  );
  app.post(
    '/api/calendars/preview',
    { schema: { body: calendarFile, response: { 200: calendarPreview } } },
    (request) => previewCalendar(contextOf(request), request.body),
  );
  app.post('/api/calendars/import', { schema: { body: calendarFile, response: { 200: calendarPreview } } }, (request) =>
    importCalendar(contextOf(request), request.body),
  );
  app.post('/api/calendars/dates', { schema: { body: addSchoolDate, response: { 200: added } } }, (request) =>
    addDate(contextOf(request), request.body),
  );
  app.post(
    '/api/calendars/dates/:id/remove',
    { schema: { params: byId, response: { 200: nothing } } },
    async (request) => {
      await removeDate(contextOf(request), request.params.id);
      return {};
    },
  );
  app.post('/api/absences', { schema: { body: absenceBody, response: { 200: added } } }, (request) =>
    addAbsence(contextOf(request), request.body),
  );
  app.post('/api/absences/:id/remove', { schema: { params: byId, response: { 200: nothing } } }, async (request) => {
    await removeAbsence(contextOf(request), request.params.id);
    return {};
  });
  app.post(
    '/api/routing/simulate',
    { schema: { body: simulateRouting, response: { 200: simulatedRouting } } },
    (request) => simulate(contextOf(request), request.body),
  );
  app.get('/api/routing/choices', { schema: { response: { 200: routingChoices } } }, (request) =>
    listRoutingChoices(contextOf(request)),
  );
}
