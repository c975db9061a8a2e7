/**
 * One written form for what is written in many ways, so that only real differences are left to compare. Pure. An empty
 * text means: nothing is known. Sources: reference domain 3.3; product.md C.2.
 */
export type FieldKind =
  | ('forename' | 'surname' | 'birth-date' | 'postcode' | 'sex')
  | ('scn' | 'identifier' | 'category' | 'number' | 'text');

/** Written where a value is missing: no evidence for anything, and never agreement. */
const saysNothing = new Set([
  ...['unknown', 'not known', 'notknown', 'nk', 'n k', 'na', 'n a', 'none', 'null', 'nil', 'tbc', 'xx', 'xxx'],
  ...['not stated', 'not recorded', 'not given', 'baby', 'baby boy', 'baby girl', 'unborn', 'unborn baby', 'test'],
]);

const letters: Readonly<Record<string, string>> = {
  ...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h' },
};

/** Lower case, without accents. */
export function foldLetters(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .replaceAll(/[łøđðþßæœıħ]/g, (letter) => letters[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '');
}

/** "O'Hare-Ross" and "O’HARE ROSS" are "ohare ross". */
export function foldName(text: string): string {
  const folded = foldLetters(text.trim())
    .replaceAll(/['’‘`´]/g, '')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim();
  return saysNothing.has(folded) ? '' : folded;
}

function foldText(text: string): string {
  const folded = foldLetters(text)
    .replaceAll(/['’‘`´]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return saysNothing.has(folded) ? '' : folded;
}

/**
 * 'YYYYMMDD' of ISO dates, dd/mm/yyyy with any separator, eight digits (year first). A date that no calendar has is kept
 * when its shape is right: a slip of the keyboard still says where it slipped. Two-digit years say nothing.
 */
export function foldDate(text: string): string {
  const plain = text.trim().replace(/[T ]\d{2}:\d{2}.*$/, '');
  const yearFirst = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})$/.exec(plain);
  const dayFirst = /^(\d{1,2})\D(\d{1,2})\D(\d{4})$/.exec(plain);
  const [year, month, day] = yearFirst ? yearFirst.slice(1) : (dayFirst?.slice(1).reverse() ?? []);
  if (year === undefined || month === undefined || day === undefined) return '';
  if (year === '1900' && Number(month) === 1 && Number(day) === 1) return '';
  return year + month.padStart(2, '0') + day.padStart(2, '0');
}

function foldSex(text: string): string {
  const first = foldText(text).charAt(0);
  return first === 'm' || first === 'b' ? 'm' : first === 'f' || first === 'g' ? 'f' : '';
}

const folds: Readonly<Record<FieldKind, (text: string) => string>> = {
  forename: foldName,
  surname: foldName,
  'birth-date': foldDate,
  postcode: (text) => foldText(text).replaceAll(' ', ''),
  sex: foldSex,
  scn: (text) => text.replaceAll(/\s/g, ''),
  identifier: (text) => foldText(text).replaceAll(' ', ''),
  category: foldText,
  number: (text) => foldText(text).replace(/^0+(?=\d)/, ''),
  text: foldText,
};

/** A value as it is compared. */
export function normalise(kind: FieldKind, text: string): string {
  return text === '' ? '' : folds[kind](text);
}
