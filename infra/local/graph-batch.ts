import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bodyOf, GraphError } from './graph-errors.js';

const batchBody = z.object({
  requests: z
    .array(
      z.object({
        id: z.string().min(1),
        method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
        url: z.string().startsWith('/'),
        headers: z.record(z.string(), z.string()).optional(),
        body: z.unknown().optional(),
        dependsOn: z.array(z.string()).optional(),
      }),
    )
    .min(1),
});
type Part = z.infer<typeof batchBody>['requests'][number];

interface PartAnswer {
  readonly id: string;
  readonly status: number;
  /** 'Content-Type' in exactly this spelling: Microsoft's client reads the body by it. */
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/** Each part is a call of its own to this server, with its own faults and throttling: a 429 arrives inside the 200. */
export function batchRoutes(app: FastifyInstance, graphUrl: () => string): void {
  app.post('/$batch', async (request) => {
    const { requests } = bodyOf(batchBody, request.body);
    if (requests.length > 20) {
      throw new GraphError(
        400,
        'MaximumValueExceeded',
        'Number of batch request steps exceeds the maximum value of 20.',
      );
    }
    if (new Set(requests.map((part) => part.id)).size < requests.length) {
      throw new GraphError(400, 'BadRequest', 'Request Id has to be unique in a batch.');
    }
    const authorization = request.headers.authorization ?? '';
    const answers = new Map<string, PartAnswer>();
    for (const part of requests) {
      const unmet = part.dependsOn?.some((id) => (answers.get(id)?.status ?? 424) >= 400);
      answers.set(part.id, unmet ? failedDependency(part.id) : await ask(graphUrl(), part, authorization));
    }
    return { responses: [...answers.values()] };
  });
}

async function ask(graphUrl: string, part: Part, authorization: string): Promise<PartAnswer> {
  const headers = { 'Content-Type': 'application/json', ...part.headers, Authorization: authorization };
  const body = part.body === undefined || part.method === 'GET' ? null : JSON.stringify(part.body);
  // A part has no connection that its caller could see cut; a gateway's status stands in for it.
  const answer = await fetch(`${graphUrl}${part.url}`, { method: part.method, headers, body }).catch(() => null);
  if (!answer) return failed(part.id, 504, 'GatewayTimeout', 'The part did not answer.');
  const text = await answer.text();
  const retryAfter = answer.headers.get('retry-after');
  return {
    id: part.id,
    status: answer.status,
    headers: {
      ...(text ? { 'Content-Type': 'application/json' } : {}),
      ...(retryAfter ? { 'Retry-After': retryAfter } : {}),
    },
    ...(text ? { body: JSON.parse(text) as unknown } : {}),
  };
}

function failedDependency(id: string): PartAnswer {
  return failed(id, 424, 'FailedDependency', 'A part that this one depends on failed.');
}

function failed(id: string, status: number, code: string, message: string): PartAnswer {
  return { id, status, headers: { 'Content-Type': 'application/json' }, body: { error: { code, message } } };
}
