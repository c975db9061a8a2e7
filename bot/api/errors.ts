import type { ErrorCode } from '../errors.js';

/** Every code of the service as HTTP says it, once. The message is for a person; it never holds what they sent. */
export const httpErrors: Readonly<Record<ErrorCode, { readonly status: number; readonly message: string }>> = {
  'not-found': { status: 404, message: 'That is not here, or not for you.' },
  forbidden: { status: 403, message: 'Your role does not include this.' },
  stale: { status: 409, message: 'This had already moved on. Look again before you act.' },
  'not-allowed-now': { status: 409, message: 'That cannot be done at this stage.' },
  invalid: { status: 422, message: 'Something in what was sent is missing or wrong.' },
  'setting-unset': { status: 409, message: 'Your council has not decided this yet, so nothing was done.' },
  concern: { status: 422, message: 'Is a child at risk of harm? Nothing was stored.' },
  'not-bound': { status: 403, message: 'Golden Thread does not know you yet.' },
  'choose-authority': { status: 409, message: 'Choose the council you are acting for.' },
  unavailable: { status: 503, message: 'That could not be checked just now, so nothing was done.' },
};
