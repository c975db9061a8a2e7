import { Temporal } from 'temporal-polyfill';
import { type RequestMove, requestMoves, type RequestState, requestStates, undoMinutes } from './request.js';

/** How a request stood before a move that may be taken back, kept with it until somebody moves again. Pure. */
export interface Before {
  readonly move: RequestMove;
  readonly state: RequestState;
  readonly assigneeId: string | null;
  readonly closedAt: string | null;
  readonly byId: string;
  readonly at: string;
}

/** Reads what is stored; null for anything that is not of this shape. */
export function beforeOf(stored: unknown): Before | null {
  if (typeof stored !== 'object' || stored === null) return null;
  const { move, state, assigneeId, closedAt, byId, at } = stored as Record<string, unknown>;
  const known = requestMoves.find((one) => one === move);
  const from = requestStates.find((one) => one === state);
  if (!known || !from || typeof byId !== 'string' || typeof at !== 'string') return null;
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return { move: known, state: from, assigneeId: text(assigneeId), closedAt: text(closedAt), byId, at };
}

export function undoUntil(before: Before): Temporal.Instant {
  return Temporal.Instant.from(before.at).add({ minutes: undoMinutes });
}

/** Only whoever made the move takes it back, and only while it is fresh. */
export function mayUndo(before: Before | null, personId: string, now: Temporal.Instant): before is Before {
  return before !== null && before.byId === personId && Temporal.Instant.compare(now, undoUntil(before)) <= 0;
}
