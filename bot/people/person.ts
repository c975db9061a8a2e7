/** Members of staff: the nouns, and which role is held where. Pure. Source: product.md I. */
import { type Role, roles } from '../access/roles.js';

/** Roles held at a school: each needs one, and no other may have one. */
const schoolRoles = [
  'class-teacher',
  'pupil-support',
  'named-person',
  'designated-manager',
  'school-head',
] as const satisfies readonly Role[];

export function isSchoolRole(role: Role): boolean {
  return (schoolRoles as readonly Role[]).includes(role);
}

/** Given by an administrator alone: a list that another role may load must not make more of these. */
const guardedRoles = ['administrator', 'information-officer'] as const satisfies readonly Role[];

export function isGuardedRole(role: Role): boolean {
  return (guardedRoles as readonly Role[]).includes(role);
}

/** Other words that councils' lists use for the same role (reference domain 1.1 and its titles). */
const otherWords: Readonly<Record<string, Role>> = {
  teacher: 'class-teacher',
  guidance: 'pupil-support',
  'pt-pupil-support': 'pupil-support',
  'pupil-support-co-ordinator': 'designated-manager',
  dm: 'designated-manager',
  head: 'school-head',
  'head-teacher': 'school-head',
  headteacher: 'school-head',
  vsht: 'virtual-school-head',
  'review-coordinator': 'review-co-ordinator',
};

/** "Designated Manager", "designated-manager", "DM": the role, or null. */
export function readRole(text: string): Role | null {
  const word = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  return roles.find((role) => role === word) ?? otherWords[word] ?? null;
}

/** Letters as people without the right keyboard type them: "lukasz" finds "Łukasz". The same pairs are used in SQL. */
export const foldedLetters = {
  from: 'àáâãäåąçćèéêëęìíîïłñńòóôõöøśùúûüýÿźż',
  to: 'aaaaaaacceeeeeiiiilnnoooooosuuuuyyzz',
} as const;

const foldedTo = new Map(
  Array.from(foldedLetters.from, (letter, index) => [letter, foldedLetters.to.charAt(index)] as const),
);

export function foldLetters(text: string): string {
  return Array.from(text.normalize('NFC').toLowerCase(), (letter) => foldedTo.get(letter) ?? letter).join('');
}

/** Why a row of a staff list was not taken. */
export const rejections = [
  'no-name',
  'no-email',
  'email-not-valid',
  'role-unknown',
  'role-needs-school',
  'role-has-no-school',
  'role-not-by-list',
  'school-unknown',
  'object-id-not-valid',
  'object-id-without-tenant',
  'object-id-of-somebody-else',
  'date-not-valid',
  'leaves-before-starting',
  'listed-twice',
] as const;
export type Rejection = (typeof rejections)[number];
