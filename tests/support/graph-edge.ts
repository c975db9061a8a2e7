import type { Clock } from '../../bot/context.js';
import { createCalendar } from '../../bot/graph/calendar.js';
import { createGraph } from '../../bot/graph/client.js';
import { createTokens } from '../../bot/graph/tokens.js';
import type { Log, LogFields } from '../../bot/log.js';

export interface LogLine extends LogFields {
  readonly event: string;
}

/** The real Graph edge (MSAL, the Graph client, calendar), spoken over HTTP to the Microsoft 365 of this machine. */
export function graphEdge(options: { url: string; clock: Clock; workerAppId: string; deadlineMs?: number }) {
  const lines: LogLine[] = [];
  const log: Log = (_level, event, fields) => void lines.push({ event, ...fields });
  const { clock, url } = options;
  const tokenFor = createTokens({
    clientIdOf: () => Promise.resolve(options.workerAppId),
    credential: { kind: 'secret', secret: 'not-a-secret' },
    localAuthority: url,
  });
  const graph = createGraph({
    ...{ tokenFor, clock, log, localRoot: `${url}/graph/v1.0` },
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
  });
  const at = (path: string) => `${url}${path}`;
  const urls = { notificationUrl: at('/sink/notifications'), lifecycleUrl: at('/sink/lifecycle') };
  const reachedAt = (base: string) => {
    const reached = {
      notificationUrl: `${base}/api/graph/notifications`,
      lifecycleUrl: `${base}/api/graph/lifecycle`,
    };
    return createCalendar({ graph, clock, log, ...reached });
  };
  return { tokenFor, graph, calendar: createCalendar({ graph, clock, log, ...urls }), reachedAt, lines };
}
