import { errorAnswer } from '../bot/people/contract.js';

/** What the tab can say about something that did not work; each has its words under 'failure.*'. */
export const failureCodes = [
  'offline',
  'signed-out',
  'not-found',
  'forbidden',
  'stale',
  'not-allowed-now',
  'invalid',
  'setting-unset',
  'concern',
  'not-bound',
  'choose-authority',
  'unavailable',
  'unexpected',
] as const;
export type FailureCode = (typeof failureCodes)[number];

export class Failure extends Error {
  constructor(
    readonly code: FailureCode,
    /** A field or setting name; never a value. */
    readonly where: string | null = null,
  ) {
    super(code);
    this.name = 'Failure';
  }
}

const byStatus: Readonly<Record<number, FailureCode>> = {
  400: 'invalid',
  401: 'signed-out',
  403: 'forbidden',
  404: 'not-found',
  409: 'stale',
  422: 'invalid',
  429: 'unavailable',
  502: 'unavailable',
  503: 'unavailable',
  504: 'unavailable',
};

/** The service's own code where it gave one that the tab knows, otherwise what the status means. */
export function failureFrom(status: number, body: unknown): Failure {
  const answer = errorAnswer.safeParse(body);
  const said = answer.success ? failureCodes.find((code) => code === answer.data.code) : undefined;
  const where = answer.success ? (answer.data.where ?? null) : null;
  return new Failure(said ?? byStatus[status] ?? 'unexpected', where);
}

export function codeOf(error: unknown): FailureCode {
  return error instanceof Failure ? error.code : 'unexpected';
}

/** Worth another try by itself: nothing was done, or it was only a question. */
export function isPassing(error: unknown): boolean {
  return ['offline', 'unavailable'].includes(codeOf(error));
}
