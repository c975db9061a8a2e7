import type { Temporal } from 'temporal-polyfill';
import { DeliveryError } from '../context.js';
import { isAppError } from '../errors.js';

/** How one run of a job ended, and so what becomes of its row. */
export type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly at: Temporal.Instant }
  | { readonly kind: 'retry'; readonly at: Temporal.Instant; readonly code: string }
  /** Not run, or not to the end, through no fault of its own: paced, or the process stopped. */
  | { readonly kind: 'later'; readonly at: Temporal.Instant; readonly counts: boolean }
  | { readonly kind: 'dead'; readonly code: string };

export interface Attempt {
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly now: Temporal.Instant;
  /** 0 <= n < 1, drawn for this attempt. */
  readonly chance: number;
}

/** Thrown by the worker when a run took longer than a run may. */
export class RunTimeout extends Error {
  override readonly name = 'RunTimeout';
}

const firstRetryMs = 1_000;
const longestRetryMs = 5 * 60_000;
// A far side that asks for more is asked again after an hour all the same: its clock or its header may be wrong.
const longestAskedMs = 60 * 60_000;

/**
 * Refused and gone are final: the same bytes would be refused again. Everything else is tried again, because a timeout, a
 * cut or a 5xx says nothing about whether the work was done (performance-reliability-security.md 0.5) and the handlers
 * make a repeat harmless.
 */
export function judgeFailure(error: unknown, attempt: Attempt): Verdict {
  const code = codeOf(error);
  const final = error instanceof DeliveryError && (error.kind === 'refused' || error.kind === 'gone');
  const ours = isAppError(error) && error.code !== 'unavailable' && error.code !== 'stale';
  if (final || ours || attempt.attempt >= attempt.maxAttempts) return { kind: 'dead', code };
  const asked = error instanceof DeliveryError ? error.detail.retryAfterMs : undefined;
  return { kind: 'retry', code, at: attempt.now.add({ milliseconds: waitMs(attempt, asked) }) };
}

/** Retry-After to the letter; else 1 s, 2 s, 4 s ... to 5 minutes, each somewhere in its upper half so that a crowd spreads. */
function waitMs({ attempt, chance }: Attempt, askedMs: number | undefined): number {
  if (askedMs !== undefined && askedMs > 0) return Math.min(Math.ceil(askedMs), longestAskedMs);
  const full = Math.min(firstRetryMs * 2 ** Math.min(attempt - 1, 30), longestRetryMs);
  return Math.round(full * (0.5 + chance / 2));
}

/** A word for the row and the log: what kind of failure, never its message. */
export function codeOf(error: unknown): string {
  if (error instanceof DeliveryError) {
    const { status, code } = error.detail;
    // A far side that puts a sentence where a code belongs may have put a person into it.
    const shaped = code && /^[\w.-]{1,60}$/.test(code) ? code : undefined;
    return [error.kind, status, shaped].filter(Boolean).join(' ');
  }
  if (isAppError(error)) return error.code;
  if (error instanceof RunTimeout) return 'timeout';
  const named = error instanceof Error ? error : null;
  const database = named && 'code' in named && typeof named.code === 'string' ? ` ${named.code}` : '';
  return `error ${named?.name ?? typeof error}${database}`;
}
