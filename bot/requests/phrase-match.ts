/** Phrases met in a sentence that somebody typed on a phone. Pure: the text goes nowhere. */

/** Small letters and digits only; apostrophes close up ("isn't" is `isnt`), everything else parts words. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u200b-\u200f\u202a-\u202e'’‘]/g, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

const mostBetween = 3;

/** Words of the phrase in order, side by side; `~` stands for nought to three words between. */
export function matchesPhrase(words: readonly string[], phrase: string): boolean {
  const wanted = phrase.split(' ');
  return words.some((_word, start) => follows(words, start, wanted));
}

function follows(words: readonly string[], at: number, wanted: readonly string[]): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return true;
  if (first !== '~') {
    const word = words[at];
    return word !== undefined && alike(word, first) && follows(words, at + 1, rest);
  }
  for (let skipped = 0; skipped <= mostBetween; skipped += 1) if (follows(words, at + skipped, rest)) return true;
  return false;
}

/** Shorter words have too many neighbours: "late" is not "date". */
const longEnough = 6;

/** The same word, or a longer one with one letter wrong, missing, added, or two changed about. */
export function alike(typed: string, word: string): boolean {
  if (typed === word) return true;
  if (word.length < longEnough || typed.length < longEnough - 1) return false;
  return withinOne(typed, word);
}

function withinOne(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
