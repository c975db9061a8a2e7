import type { LogRequest } from '../../bot/requests/triage-contract.js';
import type { Level, Need, Urgency } from '../../bot/requests/request.js';

/** What has been typed of a call, before it is sent. */
export interface CallDraft {
  readonly heardBy: LogRequest['heardBy'];
  /** Somebody of the staff list; null while the name was only typed. */
  readonly personId: string | null;
  readonly name: string;
  readonly telephone: string;
  readonly schoolId: string;
  readonly level: Level;
  readonly initials: string;
  readonly className: string;
  readonly need: Need;
  readonly urgency: Urgency;
  readonly what: string;
  readonly take: boolean;
}

export const emptyCall: CallDraft = {
  ...{ heardBy: 'telephone', personId: null, name: '', telephone: '', schoolId: '', level: 'learner' },
  ...{ initials: '', className: '', need: 'attendance', urgency: 'this-week', what: '', take: true },
};

/** What is missing without which there is nothing to send: who rang and what is happening. Pure. */
export function missingOf(draft: CallDraft): readonly ('name' | 'what' | 'initials')[] {
  const lacks = [
    draft.name.trim() === '' ? ('name' as const) : null,
    draft.what.trim() === '' ? ('what' as const) : null,
    draft.level === 'learner' && draft.initials.trim() === '' ? ('initials' as const) : null,
  ];
  return lacks.filter((one) => one !== null);
}

/** The draft as the service takes it; what was left empty is left out. Pure. */
export function callOf(draft: CallDraft, nonce: string, notConcern: boolean): LogRequest {
  const { heardBy, level, need, urgency, what, take } = draft;
  const learner = level === 'learner';
  return {
    ...{ nonce, heardBy, level, need, urgency, what: what.trim(), take, notConcern },
    ...(draft.personId ? { personId: draft.personId } : { name: draft.name.trim() }),
    ...filled('telephone', draft.personId ? '' : draft.telephone),
    ...filled('schoolId', draft.schoolId),
    ...filled('learnerInitials', learner ? draft.initials : ''),
    ...filled('learnerClass', learner ? draft.className : ''),
  };
}

function filled<Name extends string>(name: Name, text: string): Partial<Record<Name, string>> {
  const value = text.trim();
  return value === '' ? {} : ({ [name]: value } as Record<Name, string>); // a computed name widens to string
}
