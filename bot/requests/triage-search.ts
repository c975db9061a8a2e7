/** What somebody typed into the search box, read. Pure. */
export interface SearchWords {
  /** The beginning of a reference ("VS-7K", "vs7k2m9q"), or null. */
  readonly reference: string | null;
  /** Words that must all be found, somewhere, by their beginning; letters and figures only, lower case, eight at most. */
  readonly words: readonly string[];
}

/** Crockford's letters (no I, L, O, U), which a reference is made of. A bare "VS" is a word like any other. */
const referenceShape = /^vs-?([0-9a-hjkmnp-tv-z]{1,6})$/i;

export function readSearch(text: string): SearchWords {
  const trimmed = text.trim();
  const reference = referenceShape.exec(trimmed)?.[1];
  if (reference) return { reference: `VS-${reference.toUpperCase()}`, words: [] };
  const words =
    trimmed
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return { reference: null, words: [...new Set(words)].slice(0, 8) };
}
