import { alike, wordsOf } from './phrase-match.js';

/** A short answer that a council gives to schools; the library of the plans' room will bring more. Pure. */
export interface Guidance {
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
  readonly owner: string;
  /** 'YYYY-MM-DD' */
  readonly reviewBy: string;
}

/** Those with every word of the search in title or text, a longer word with one letter wrong too; titles first. */
export function findGuidance(all: readonly Guidance[], search: string): Guidance[] {
  const wanted = wordsOf(search);
  const holds = (text: string) => {
    const words = wordsOf(text);
    return wanted.every((word) => words.some((one) => one.startsWith(word) || alike(word, one)));
  };
  const inTitle = all.filter(({ title }) => holds(title));
  return [...inTitle, ...all.filter((one) => !inTitle.includes(one) && holds(`${one.title} ${one.text}`))];
}
