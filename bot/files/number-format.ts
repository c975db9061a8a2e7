/** What a workbook's numbers mean: dates by their format, leading zeros by theirs. Pure. */

/** Built-in formats that show a date (ECMA-376 part 1, 18.8.30); 45 to 47 are times alone. */
const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]);

export type NumberMeaning = { readonly kind: 'date' } | { readonly kind: 'padded'; readonly digits: number } | null;

export function meaningOf(id: number, code: string | undefined): NumberMeaning {
  if (code === undefined) return builtInDates.has(id) ? { kind: 'date' } : null;
  // Colours, conditions, locales and quoted words are not part of what is shown of the number.
  const bare = code.replaceAll(/"[^"]*"|\[[^\]]*\]|\\.|_./g, '').split(';')[0] ?? '';
  if (/^0{2,}$/.test(bare)) return { kind: 'padded', digits: bare.length };
  return /[dmyh]/i.test(bare) && !/general/i.test(bare) ? { kind: 'date' } : null;
}

/** A workbook's number as text: an ISO date ('YYYY-MM-DD', with 'THH:MM' when it has a time), padded, or as it stands. */
export function numberText(raw: string, meaning: NumberMeaning, from1904: boolean): string {
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  if (meaning?.kind === 'date') return serialDate(value, from1904) ?? raw;
  const plain = Number.isSafeInteger(value) ? String(value) : raw;
  return meaning?.kind === 'padded' && /^\d+$/.test(plain) ? plain.padStart(meaning.digits, '0') : plain;
}

const dayMs = 86_400_000;

/**
 * The day that a serial number stands for; null for none. Day 60 is the 29th of February 1900, which never was: Excel kept a
 * mistake of Lotus 1-2-3, so days before the 1st of March 1900 are one more. From 1904 there is no such day.
 */
export function serialDate(serial: number, from1904: boolean): string | null {
  if (!(serial >= 0) || serial > 2_958_465.999) return null;
  const days = Math.floor(serial);
  if (!from1904 && (days === 0 || days === 60)) return null;
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const minutes = Math.round((serial - days) * 1440);
  const at = new Date(start + days * dayMs + minutes * 60_000).toISOString();
  return minutes === 0 ? at.slice(0, 10) : at.slice(0, 16);
}
