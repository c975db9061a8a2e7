import { AppError } from '../errors.js';
import type { Reach } from './reach.js';
import { type Actor, mayDo, type Verb } from './roles.js';

/** Refuses a verb that none of the roles held today allows. The system's own jobs act under their authority and pass. */
export function allow(actor: Actor, reach: Reach, verb: Verb): void {
  if (actor.kind === 'system') return;
  if (!mayDo(reach.roles, verb)) throw new AppError('forbidden');
}
