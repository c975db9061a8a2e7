import { say, wordFor } from '../words.js';

/** What happened, in words. `kind` is the service's ('request.taken'); one that this version does not know is still named. */
export function happened(kind: string): string {
  return wordFor('happened', kind) ?? wordFor('happened', kind.split('.').at(-1) ?? '') ?? say('happened.something');
}
