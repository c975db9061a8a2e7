import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { markNote, writeNote } from '../requests/call-notes-service.js';
import { callNote, callNoteDone, looked, lookedAnswer, today, writeCallNote } from '../requests/today-contract.js';
import { markLooked, readToday, type TodaySource } from '../requests/today-reading.js';
import type { Api, RouteOptions } from './server.js';

const byId = z.object({ id: z.uuid() });

export function todayRoutes(
  app: Api,
  { contextOf, sources }: RouteOptions & { readonly sources: readonly TodaySource[] },
): void {
  app.get('/api/today', { schema: { response: { 200: today } } }, (request) => readToday(contextOf(request), sources));
  app.post('/api/today/looked', { schema: { body: looked, response: { 200: lookedAnswer } } }, (request) =>
    markLooked(contextOf(request), Temporal.Instant.from(request.body.until)),
  );
  app.post('/api/call-notes', { schema: { body: writeCallNote, response: { 200: callNote } } }, async (request) => {
    const { noteId } = await writeNote(contextOf(request), request.body);
    return { id: noteId };
  });
  for (const [name, done] of [
    ['done', true],
    ['undone', false],
  ] as const)
    app.post(`/api/call-notes/:id/${name}`, { schema: { params: byId, response: { 200: callNoteDone } } }, (request) =>
      markNote(contextOf(request), request.params.id, done),
    );
}
