/**
 * The errors that the service raises on purpose. Each edge translates a code once, through an exhaustive table
 * (bot/api/errors.ts for HTTP, bot/chat/refusals.ts for chat), so a new code does not compile until both say what a person reads.
 */
export const errorCodes = [
  'not-found', // also: exists, but not for this actor. The two must never be told apart.
  'forbidden', // the actor's roles do not allow the verb at all; says nothing about any record
  'stale', // the record moved on since the actor saw it
  'not-allowed-now', // the transition table has no such move from the present state
  'invalid', // input: `where` names the field, `why` the rule
  'setting-unset', // a council decision is missing and harm could follow from guessing
  'concern', // a child protection phrase was met: nothing was stored
  'not-bound', // nobody by this (tenant, object id) is known to any authority
  'choose-authority', // somebody serves two councils and has not said for which they act
  'unavailable', // a check could not be made, so the answer is no
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** `where` is a field or setting name and `why` a rule; neither may ever hold a value that somebody typed. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: { readonly where?: string; readonly why?: string } = {},
  ) {
    super(detail.where ? `${code}: ${detail.where}${detail.why ? ` (${detail.why})` : ''}` : code);
    this.name = 'AppError';
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
