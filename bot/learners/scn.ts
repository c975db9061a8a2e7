/**
 * Scottish Candidate Number: nine digits kept as text (leading zeros are real: 05 is session 2004/05). The first two are
 * the year of issue, the last a check digit: modulus 11, weights 3 2 7 6 5 4 3 2, remainder 0 gives 0, remainder 1 is
 * never issued. Source: HESA c07051 (reference domain 3.2). Personal data: never a login, never in a URL.
 */
const weights = [3, 2, 7, 6, 5, 4, 3, 2] as const;

/** The check digit of eight digits, or null when that number is not issued. Throws a TypeError on anything but eight digits. */
export function scnCheckDigit(eight: string): number | null {
  if (!/^\d{8}$/.test(eight)) throw new TypeError('not eight digits');
  const sum = weights.reduce<number>((total, weight, index) => total + weight * Number(eight[index]), 0);
  const remainder = sum % 11;
  if (remainder === 1) return null;
  return remainder === 0 ? 0 : 11 - remainder;
}

/** A valid SCN without spaces, or null: wrong length, other characters, or a check digit that does not fit. */
export function readScn(text: string): string | null {
  const digits = text.replaceAll(/\s/g, '');
  if (!/^\d{9}$/.test(digits)) return null;
  return scnCheckDigit(digits.slice(0, 8)) === Number(digits[8]) ? digits : null;
}
