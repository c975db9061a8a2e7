import { Readable } from 'node:stream';
import { z } from 'zod';
import { numbers, numbersExport, numbersQuestion, termList } from '../requests/numbers-contract.js';
import { numbersCsv } from '../requests/numbers-csv.js';
import { listNumberTerms, readNumbers } from '../requests/numbers-reading.js';
import type { Api, RouteOptions } from './server.js';

export function numbersRoutes(app: Api, { contextOf }: RouteOptions): void {
  app.get('/api/numbers/terms', { schema: { response: { 200: termList } } }, (request) =>
    listNumberTerms(contextOf(request)),
  );
  app.post('/api/numbers/requests', { schema: { body: numbersQuestion, response: { 200: numbers } } }, (request) =>
    readNumbers(contextOf(request), request.body),
  );
  app.post(
    '/api/numbers/requests/csv',
    { schema: { body: numbersExport, response: { 200: z.unknown() } } },
    async (request, reply) => {
      const { question, reason } = request.body;
      const answer = await readNumbers(contextOf(request), question, reason);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="requests-${answer.period.from}-${answer.by}.csv"`)
        .send(Readable.from(numbersCsv(answer)));
    },
  );
}
