import type { Change } from './connector-ledger.js';
import type { Call } from './microsoft365.js';
import type { NewLine } from './start-thread.js';

/** One call of the local Microsoft 365. `path` has no query, and names mailboxes and records by address and id alone. */
export function callLine(call: Call): NewLine {
  const path = call.path.replace(/^\/(graph\/v1\.0|connector\/v3|connector)/, '');
  return {
    ...{ at: call.at, kind: call.kind },
    title: `${call.method} ${shortened(path)} ${call.status === 0 ? 'cut' : call.status}`,
    failed: call.status === 0 || call.status >= 400,
    details: [
      ['Answered', call.status === 0 ? 'nothing: the connection was cut' : String(call.status)],
      ['Address', call.path],
    ],
  };
}

/** Ids are long and say nothing: the beginning is enough to tell two apart. */
function shortened(path: string): string {
  const parts = path.split('/').map((part) => part.replaceAll('%40', '@').replaceAll('%3A', ':'));
  return parts.map((part) => (part.length > 48 ? `${part.slice(0, 10)}…` : part)).join('/');
}

/** A card that was posted, changed or deleted, by its summary, which never says anything about a learner. */
export function cardLine({ kind, activity }: Change, at: string): NewLine {
  const summary = activity.versions.at(-1)?.card?.['fallbackText'];
  const said = { post: 'posted', update: 'changed in place', delete: 'deleted' }[kind];
  return {
    ...{ at, kind: 'card', failed: false },
    title: `${typeof summary === 'string' ? summary : 'Message'}: ${said}`,
    details: [
      ['Activity', activity.id],
      ['Conversation', activity.conversationId],
      ['Version shown', String(activity.versions.length)],
    ],
  };
}
