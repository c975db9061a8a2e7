import { pino, type LoggerOptions } from 'pino';

/**
 * The only way to write a log line. Fields are an allow-list: ids, codes, counts and durations. There is no field for a
 * name, a text, a URL or a body, so none can be logged by accident (architecture.md, "log.ts").
 */
export interface LogFields {
  readonly authorityId?: string;
  readonly requestId?: string;
  readonly reviewId?: string;
  readonly job?: string;
  readonly jobId?: string;
  readonly route?: string;
  readonly method?: string;
  readonly status?: number;
  readonly code?: string;
  readonly constraint?: string;
  readonly table?: string;
  readonly reason?: string;
  readonly attempt?: number;
  readonly count?: number;
  readonly ms?: number;
  readonly port?: number;
  readonly graphRequestId?: string;
}

export type Log = (level: 'debug' | 'info' | 'warn' | 'error', event: string, fields?: LogFields) => void;

const allowed: Record<keyof Required<LogFields>, true> = {
  authorityId: true,
  requestId: true,
  reviewId: true,
  job: true,
  jobId: true,
  route: true,
  method: true,
  status: true,
  code: true,
  constraint: true,
  table: true,
  reason: true,
  attempt: true,
  count: true,
  ms: true,
  port: true,
  graphRequestId: true,
};

export function createLog(options: { level: string; write?: (line: string) => void }): Log {
  const settings: LoggerOptions = { level: options.level, base: null };
  const logger = options.write ? pino(settings, { write: options.write }) : pino(settings);
  return (level, event, fields = {}) => {
    const kept: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(fields)) if (key in allowed && value !== undefined) kept[key] = value;
    logger[level](kept, event);
  };
}

/** What may be said of an unexpected error: its class and, from PostgreSQL, code, constraint and table. Never its message or detail. */
export function describeError(error: unknown): Pick<LogFields, 'code' | 'constraint' | 'table' | 'reason'> {
  if (!(error instanceof Error)) return { reason: typeof error };
  const from = error as Error & { code?: unknown; constraint?: unknown; table?: unknown };
  return {
    reason: error.name,
    ...(typeof from.code === 'string' ? { code: from.code } : {}),
    ...(typeof from.constraint === 'string' ? { constraint: from.constraint } : {}),
    ...(typeof from.table === 'string' ? { table: from.table } : {}),
  };
}
