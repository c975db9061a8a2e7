import { readGuid } from '../access/guid.js';
import type { Role } from '../access/roles.js';
import { type CsvRow, readCsv } from './csv.js';
import { isGuardedRole, isSchoolRole, readRole, type Rejection } from './person.js';

/**
 * A council's staff list, row by row: what is read from the text, and what each row means for the people already here. Pure.
 * Every row ends as new, changed, unchanged or rejected with its reason; none is lost and none half taken (product.md C.1, I).
 */
export interface ListedPerson {
  readonly line: number;
  readonly name: string;
  readonly email: string;
  readonly telephone: string | null;
  readonly jobTitle: string | null;
  readonly role: Role;
  readonly school: string | null;
  readonly objectId: string | null;
  readonly startsOn: string | null;
  readonly leavesOn: string | null;
}

export interface Rejected {
  readonly line: number;
  readonly reason: Rejection;
}

export interface StaffList {
  readonly rows: readonly ListedPerson[];
  readonly rejected: readonly Rejected[];
  /** Columns that a staff list must have and this text has not; nothing is read then. */
  readonly missingColumns: readonly string[];
}

const columns = {
  name: ['name', 'full name'],
  email: ['email', 'e-mail', 'email address'],
  telephone: ['telephone', 'phone', 'tel'],
  jobTitle: ['job title', 'title', 'post'],
  role: ['role'],
  school: ['school', 'establishment'],
  objectId: ['object id', 'entra object id', 'azure ad object id'],
  starts: ['starts', 'start date', 'starts on'],
  leaves: ['leaves', 'leaving date', 'leaves on'],
} as const satisfies Record<string, readonly string[]>;
type Column = keyof typeof columns;
const required = ['name', 'email', 'role'] as const satisfies readonly Column[];

/** Throws CsvRefused (csv.ts) when the text cannot be told apart into rows. */
export function readStaffList(text: string): StaffList {
  const [header, ...body] = readCsv(text);
  const places = new Map<Column, number>();
  const words = (header?.fields ?? []).map((word) => word.trim().toLowerCase());
  for (const column of Object.keys(columns) as Column[]) {
    const place = words.findIndex((word) => (columns[column] as readonly string[]).includes(word));
    if (place >= 0) places.set(column, place);
  }
  const missingColumns = required.filter((column) => !places.has(column));
  if (missingColumns.length > 0) return { rows: [], rejected: [], missingColumns };
  const read = body.map((row) => readRow(row, (column) => row.fields[places.get(column) ?? -1]?.trim() ?? ''));
  return {
    rows: read.filter((row): row is ListedPerson => 'email' in row),
    rejected: read.filter((row): row is Rejected => 'reason' in row),
    missingColumns: [],
  };
}

const emailShape = /^[^\s@,;<>"]{1,64}@[^\s@,;<>"]{1,180}\.[^\s@,;<>".]{2,}$/;

function readRow({ line }: CsvRow, field: (column: Column) => string): ListedPerson | Rejected {
  const reject = (reason: Rejection): Rejected => ({ line, reason });
  const [name, email, school] = [field('name').slice(0, 120), field('email').toLowerCase(), field('school')];
  const role = readRole(field('role'));
  const objectId = readGuid(field('objectId'));
  const startsOn = readDate(field('starts'));
  const leavesOn = readDate(field('leaves'));
  if (!name) return reject('no-name');
  if (!email) return reject('no-email');
  if (!emailShape.test(email)) return reject('email-not-valid');
  if (!role) return reject('role-unknown');
  if (isSchoolRole(role) && !school) return reject('role-needs-school');
  if (!isSchoolRole(role) && school) return reject('role-has-no-school');
  if (field('objectId') && !objectId) return reject('object-id-not-valid');
  if (startsOn === undefined || leavesOn === undefined) return reject('date-not-valid');
  if (startsOn && leavesOn && leavesOn <= startsOn) return reject('leaves-before-starting');
  const plain = {
    telephone: field('telephone').slice(0, 30) || null,
    jobTitle: field('jobTitle').slice(0, 80) || null,
  };
  return { line, name, email, ...plain, role, school: school || null, objectId, startsOn, leavesOn };
}

/** 'YYYY-MM-DD' or 'DD/MM/YYYY'; null for nothing, undefined for no date at all. */
function readDate(text: string): string | null | undefined {
  if (text === '') return null;
  const british = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const [, day = '', month = '', year = ''] = british ?? [];
  const iso = british ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
}

export interface KnownPerson {
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly telephone: string | null;
  readonly jobTitle: string | null;
  readonly leavesOn: string | null;
  /** Held today or later. */
  readonly roles: readonly { readonly role: string; readonly schoolId: string | null }[];
  readonly accounts: readonly string[];
}

export interface Known {
  readonly schools: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, KnownPerson>;
  /** Object id -> the person whose account it is, of the list's tenant. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly tenantGiven: boolean;
  readonly mayGiveGuarded: boolean;
}

export interface Decided {
  readonly line: number;
  readonly outcome: 'new' | 'changed' | 'unchanged';
  readonly row: ListedPerson;
  readonly schoolId: string | null;
  readonly personId: string | null;
  readonly details: boolean;
  readonly role: boolean;
  readonly account: boolean;
}

/** Name of a school as lists write it: case and spaces do not matter. */
export const schoolKey = (name: string): string =>
  name.trim().toLowerCase().replaceAll(/\s+/g, ' ').replaceAll('’', "'");

/** What each row means. Later rows of one person (a second role) meet what the earlier ones decided. */
export function decideRows(rows: readonly ListedPerson[], known: Known): (Decided | Rejected)[] {
  const seen = new Set<string>();
  const coming = new Set<string>();
  const claimed = new Map<string, string>();
  return rows.map((row) => {
    const schoolId = row.school ? known.schools.get(schoolKey(row.school)) : null;
    const reason = rejectionOf(row, schoolId, known);
    if (reason) return { line: row.line, reason };
    const claimant = row.objectId ? (claimed.get(row.objectId) ?? row.email) : row.email;
    if (claimant !== row.email) return { line: row.line, reason: 'object-id-of-somebody-else' };
    if (row.objectId) claimed.set(row.objectId, row.email);
    const key = `${row.email} ${row.role} ${schoolId ?? ''}`;
    if (seen.has(key)) return { line: row.line, reason: 'listed-twice' };
    seen.add(key);
    const person = known.people.get(row.email) ?? null;
    const first = person === null && !coming.has(row.email);
    coming.add(row.email);
    const changes = changesOf(row, schoolId ?? null, person);
    const outcome = first ? 'new' : changes.details || changes.role || changes.account ? 'changed' : 'unchanged';
    return { line: row.line, outcome, row, schoolId: schoolId ?? null, personId: person?.personId ?? null, ...changes };
  });
}

function rejectionOf(row: ListedPerson, schoolId: string | null | undefined, known: Known): Rejection | null {
  if (schoolId === undefined) return 'school-unknown';
  if (isGuardedRole(row.role) && !known.mayGiveGuarded) return 'role-not-by-list';
  if (!row.objectId) return null;
  if (!known.tenantGiven) return 'object-id-without-tenant';
  const holder = known.accounts.get(row.objectId);
  if (holder !== undefined && holder !== known.people.get(row.email)?.personId) return 'object-id-of-somebody-else';
  return null;
}

/** What a list leaves empty it does not take away; an ended role or a leaving date it must say. */
function changesOf(row: ListedPerson, schoolId: string | null, person: KnownPerson | null) {
  if (!person) return { details: true, role: true, account: row.objectId !== null };
  const differs = (said: string | null, held: string | null) => said !== null && said !== held;
  return {
    details:
      differs(row.name, person.name) ||
      differs(row.telephone, person.telephone) ||
      differs(row.jobTitle, person.jobTitle) ||
      differs(row.leavesOn, person.leavesOn),
    role: !person.roles.some((held) => held.role === row.role && held.schoolId === schoolId),
    account: row.objectId !== null && !person.accounts.includes(row.objectId),
  };
}
