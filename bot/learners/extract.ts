/** Extracts: files from other systems, taken into the register. Nouns, states and fields; pure. Source: product.md C.1. */

export const extractKinds = [
  'pupils',
  'enrolments',
  'attendance',
  'exclusions',
  'attainment',
  'status',
  'living',
  'worker',
  'legal-basis',
  'orders',
  'reviews',
] as const;
export type ExtractKind = (typeof extractKinds)[number];

export type ExtractService = 'education' | 'social-work';

export const serviceOfKind: Readonly<Record<ExtractKind, ExtractService>> = {
  pupils: 'education',
  enrolments: 'education',
  attendance: 'education',
  exclusions: 'education',
  attainment: 'education',
  status: 'social-work',
  living: 'social-work',
  worker: 'social-work',
  'legal-basis': 'social-work',
  orders: 'social-work',
  reviews: 'social-work',
};

export const extractStates = [
  'uploading',
  'uploaded',
  'reading',
  'previewed',
  'importing',
  'imported',
  'undoing',
  'undone',
  'cancelled',
  'refused',
] as const;
export type ExtractState = (typeof extractStates)[number];

export const extractMoves = {
  complete: { from: ['uploading'], to: 'uploaded' },
  map: { from: ['uploaded', 'previewed', 'refused'], to: 'reading' },
  preview: { from: ['reading'], to: 'previewed' },
  refuse: { from: ['reading', 'uploaded'], to: 'refused' },
  import: { from: ['previewed'], to: 'importing' },
  finish: { from: ['importing'], to: 'imported' },
  undo: { from: ['imported'], to: 'undoing' },
  forget: { from: ['undoing'], to: 'undone' },
  // What is being taken is taken to its end and then undone: half an extract is nobody's register.
  cancel: { from: ['uploading', 'uploaded', 'reading', 'previewed', 'refused'], to: 'cancelled' },
} as const satisfies Record<string, { from: readonly ExtractState[]; to: ExtractState }>;
export type ExtractMove = keyof typeof extractMoves;

export function mayMove(state: ExtractState, move: ExtractMove): boolean {
  const from: readonly ExtractState[] = extractMoves[move].from;
  return from.includes(state);
}

export const extractFields = [
  'personKey',
  'scn',
  'givenName',
  'familyName',
  'knownAs',
  'birthOn',
  'stage',
  'school',
  'education',
  'from',
  'to',
  'on',
  'possible',
  'timetabled',
  'actual',
  'openings',
  'exclusionType',
  'subject',
  'level',
  'scqf',
  'status',
  'home',
  'worker',
  'basis',
  'order',
  'nonDisclosure',
  'reviewState',
  'reviewKind',
] as const;
export type ExtractField = (typeof extractFields)[number];

/** What one row says, checked: dates 'YYYY-MM-DD', numbers as decimals, ours for codes, 'yes' or 'no'. */
export type ExtractContent = Readonly<Partial<Record<ExtractField, string>>>;

export type FieldType = 'text' | 'date' | 'birth-date' | 'scn' | 'number' | 'yes-no' | 'code' | 'school' | 'worker';

export const fieldTypes: Readonly<Record<ExtractField, FieldType>> = {
  personKey: 'text',
  scn: 'scn',
  givenName: 'text',
  familyName: 'text',
  knownAs: 'text',
  birthOn: 'birth-date',
  stage: 'code',
  school: 'school',
  education: 'code',
  from: 'date',
  to: 'date',
  on: 'date',
  possible: 'number',
  timetabled: 'number',
  actual: 'number',
  openings: 'number',
  exclusionType: 'code',
  subject: 'text',
  level: 'text',
  scqf: 'number',
  status: 'code',
  home: 'code',
  worker: 'worker',
  basis: 'text',
  order: 'text',
  nonDisclosure: 'yes-no',
  reviewState: 'code',
  reviewKind: 'text',
};

const who = ['personKey', 'scn', 'givenName', 'familyName', 'knownAs', 'birthOn'] as const;

interface KindFields {
  readonly required: readonly ExtractField[];
  readonly optional: readonly ExtractField[];
  /** With the person: which record this is. A second row with the same is the same record. */
  readonly key: readonly ExtractField[];
}

export const kindFields: Readonly<Record<ExtractKind, KindFields>> = {
  pupils: {
    required: ['givenName', 'familyName', 'birthOn'],
    optional: ['personKey', 'scn', 'knownAs', 'stage', 'school', 'education'],
    key: [],
  },
  enrolments: { required: ['school', 'from'], optional: [...who, 'to', 'stage'], key: ['school', 'from'] },
  attendance: { required: ['on', 'possible', 'actual'], optional: [...who, 'timetabled'], key: ['on'] },
  exclusions: { required: ['from'], optional: [...who, 'to', 'openings', 'exclusionType'], key: ['from'] },
  attainment: { required: ['on', 'subject', 'level'], optional: [...who, 'scqf'], key: ['on', 'subject'] },
  status: { required: ['status', 'from'], optional: [...who, 'to'], key: ['status', 'from'] },
  living: { required: ['home', 'from'], optional: [...who, 'to'], key: ['from'] },
  worker: { required: ['worker', 'from'], optional: [...who, 'to'], key: ['worker', 'from'] },
  'legal-basis': { required: ['basis', 'from'], optional: [...who, 'to'], key: ['basis', 'from'] },
  orders: { required: ['order', 'from'], optional: [...who, 'to', 'nonDisclosure'], key: ['order', 'from'] },
  reviews: { required: ['on', 'reviewState'], optional: [...who, 'reviewKind'], key: ['on', 'reviewKind'] },
};

export function fieldsOf(kind: ExtractKind): ExtractField[] {
  const { required, optional } = kindFields[kind];
  return [...required, ...optional];
}

/** Why a row is not taken; the words are in the catalogue. Never holds what stood in the row. */
export const rowReasons = [
  'missing',
  'not-a-date',
  'not-an-scn',
  'not-a-number',
  'not-yes-or-no',
  'unknown-code',
  'unknown-school',
  'ends-before-it-begins',
  'more-than-possible',
  'born-after-today',
  'no-person',
  'twice-in-file',
] as const;
export interface RowReason {
  readonly field: ExtractField | null;
  readonly why: (typeof rowReasons)[number];
}

export interface ExtractCounts {
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly ended: number;
  readonly taken: number;
  readonly joined: number;
  readonly made: number;
  readonly waiting: number;
}

export const noCounts: ExtractCounts = {
  ...{ read: 0, added: 0, changed: 0, unchanged: 0, rejected: 0, ended: 0 },
  ...{ taken: 0, joined: 0, made: 0, waiting: 0 },
};

export function addCounts(to: ExtractCounts, more: Partial<ExtractCounts>): ExtractCounts {
  const sum = { ...to };
  for (const name of countNames) sum[name] += more[name] ?? 0;
  return sum;
}
const countNames = Object.keys(noCounts) as (keyof ExtractCounts)[];
