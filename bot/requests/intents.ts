import { matchesPhrase, wordsOf } from './phrase-match.js';
import { needFrom, urgencyFrom } from './phrases.js';
import type { Need, Urgency } from './request.js';

/** What somebody who typed a sentence seems to want. It only decides which card is offered first. Pure. */
export type Intent =
  | { readonly kind: 'exclusion' }
  | { readonly kind: 'change' }
  | { readonly kind: 'speak' }
  | { readonly kind: 'ask'; readonly need: Need | null; readonly urgency: Urgency | null }
  | { readonly kind: 'unknown' };

const exclusion: readonly string[] = [
  ...['exclusion', 'exclude', 'excluded', 'excluding', 'suspend', 'suspended', 'send him home', 'send her home'],
  ...['send them home', 'sending him home', 'sending her home', 'sending them home', 'sent him home', 'sent her home'],
  ...[
    'sent them home',
    'be sent home',
    'sent hame',
    'send ~ hame',
    'sending home',
    'cooling off',
    'informal exclusion',
  ],
];
const change: readonly string[] = [
  ...[
    'has moved house',
    'moved house',
    'moved home',
    'has moved to',
    'moved in with',
    'new address',
    'flitted',
    'has flitted',
  ],
  ...['new carer', 'new carers', 'new foster', 'new social worker', 'changed social worker', 'different social worker'],
  ...[
    'no longer looked after',
    'not looked after',
    'now looked after',
    'back with ~ mum',
    'back with ~ dad',
    'back hame',
  ],
  ...['something has changed', 'something changed', 'must not know', 'mustnae know', 'must not be told'],
];
const speak: readonly string[] = [
  ...['who do i speak to', 'who do i talk to', 'who dae i speak tae', 'wha dae i speak tae', 'who should i speak to'],
  ...[
    'who should i phone',
    'who do i phone',
    'who is ~ social worker',
    'whos ~ social worker',
    'whose ~ social worker',
  ],
  ...['who is ~ designated manager', 'phone number for', 'number for ~ social worker', 'contact for'],
];
const asking: readonly string[] = [
  ...['help', 'need a hand', 'gie us a hand', 'support', 'advice', 'worried', 'concerned about', 'can you', 'can yous'],
  ...['could you', 'could someone', 'can someone', 'need someone', 'looking for', 'struggling'],
];

const met = (words: readonly string[], phrases: readonly string[]) =>
  phrases.some((phrase) => matchesPhrase(words, phrase));

/** The first that fits, the most pressing first; a need or a cry for help makes it a request. */
export function intentOf(text: string): Intent {
  const words = wordsOf(text);
  if (met(words, exclusion)) return { kind: 'exclusion' };
  if (met(words, speak)) return { kind: 'speak' };
  const need = needFrom(text);
  if (met(words, change) && need !== 'attendance') return { kind: 'change' };
  if (need || (words.length > 2 && met(words, asking))) return { kind: 'ask', need, urgency: urgencyFrom(text) };
  return { kind: 'unknown' };
}
