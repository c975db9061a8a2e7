import type { Temporal } from 'temporal-polyfill';
import { DeliveryError } from '../context.js';

/** What came back of a call that did not answer 2xx. No status: no answer came. */
export interface Failure {
  readonly status?: number;
  /** Graph's error code, or ours. */
  readonly code?: string;
  readonly retryAfterMs?: number;
  /** The call never left this machine. */
  readonly unsent?: boolean;
}

const resync = new Set(['syncstatenotfound', 'syncstateinvalid', 'resyncrequired', 'fullsyncrequired']);

/**
 * `harmless`: asking again changes nothing (a read). Otherwise an answer that was lost, or a failure on the far side, may hide
 * work that was done: 'ambiguous', and the caller repeats only what Graph itself recognises as a repeat.
 */
export function deliveryError(failure: Failure, harmless: boolean): DeliveryError {
  const { status, code, retryAfterMs } = failure;
  const detail = {
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code: sayable(code) }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  return new DeliveryError(kindOf(failure, harmless), detail);
}

function kindOf({ status, code, unsent }: Failure, harmless: boolean): DeliveryError['kind'] {
  if (unsent || status === 429 || status === 401) return 'retry';
  if (status === 412) return 'retry'; // somebody changed it in between: read it again first
  if (status === 410 || (code && resync.has(code.toLowerCase()))) return 'gone';
  if (status === 404) return 'gone';
  if (status !== undefined && status >= 400 && status < 500 && status !== 408) return 'refused';
  return harmless ? 'retry' : 'ambiguous';
}

/** Codes go to logs and to the list of deliveries; nothing else that Graph writes does. */
function sayable(code: string): string {
  return /^[A-Za-z0-9._:-]{1,60}$/.test(code) ? code : 'unreadable-code';
}

/** Seconds or an HTTP date; null when absent or unreadable. */
export function retryAfterMs(header: string | null, now: Temporal.Instant): number | null {
  if (!header) return null;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now.epochMilliseconds);
}
