import { foldName } from '../learners/matching/normalise.js';
import { compareSurnames, formsOf } from '../learners/matching/names.js';
import { withinOneEdit } from '../learners/matching/strings.js';
import { ordinaryWords } from './ordinary-words.js';

/**
 * Finds the names of one review's people in a draft invitation: product.md F, "check this draft". Pure; keeps nothing.
 * It answers only about people it is given, and it is given only those of a review that the asker may see: asked about
 * anybody else it would become a way to learn who is in care.
 */
export interface DraftName {
  readonly givenName: string;
  readonly familyName: string;
  readonly knownAs: string | null;
}

export const draftParts = ['subject', 'location', 'body'] as const;
export type DraftPart = (typeof draftParts)[number];
export type Draft = Readonly<Record<DraftPart, string>>;

export interface DraftFinding {
  readonly part: DraftPart;
  /** Where in that part, in UTF-16 units, so that the pane can mark it. */
  readonly at: number;
  readonly length: number;
  /** The name itself; another form of it (short, Gaelic, Mac for Mc); within one slip of the pen; initials. */
  readonly why: 'name' | 'form' | 'misspelt' | 'initials';
}

/** `allowed` are those who may be named, such as the sender: their full names are passed over. */
export function checkDraft(
  draft: Draft,
  people: readonly DraftName[],
  allowed: readonly DraftName[] = [],
): DraftFinding[] {
  const sought = people.map(soughtOf);
  const passed = allowed.map(soughtOf);
  return draftParts.flatMap((part) => {
    const words = wordsOf(draft[part]);
    const spared = sparedIn(words, passed);
    const found = words.flatMap((word, index) => {
      if (spared.has(index)) return [];
      const why = sought.map((one) => nameAt(words, index, one)).find((answer) => answer !== null);
      return why ? [{ part, at: word.at, length: word.text.length, why }] : [];
    });
    return [...found, ...initialsIn(part, draft[part], people)].sort((a, b) => a.at - b.at);
  });
}

interface Sought {
  readonly forenames: ReadonlySet<string>;
  readonly forms: ReadonlySet<string>;
  readonly surnames: readonly string[];
}

function soughtOf({ givenName, familyName, knownAs }: DraftName): Sought {
  const parts = (name: string) => {
    const folded = foldName(name);
    return [...new Set([folded.replaceAll(' ', ''), ...folded.split(' ')])].filter((part) => part.length >= 2);
  };
  const forenames = new Set([...parts(givenName), ...parts(knownAs ?? '')]);
  const forms = new Set([...forenames].flatMap(formsOf).filter((form) => !forenames.has(form)));
  const particles = new Set(['mac', 'mc', 'nic', 'de', 'van', 'von', 'der', 'la', 'al', 'el', 'bin', 'di', 'da', 'du']);
  return { forenames, forms, surnames: parts(familyName).filter((part) => !particles.has(part)) };
}

interface Word {
  readonly text: string;
  readonly at: number;
  readonly folded: string;
  readonly capital: boolean;
  /** A capital says nothing here: every sentence begins with one. */
  readonly first: boolean;
  readonly endsLine: boolean;
}

const wordPattern = /[\p{L}\p{M}]+(?:['’‘`´][\p{L}\p{M}]+)*/gu;

function wordsOf(text: string): Word[] {
  return [...text.matchAll(wordPattern)].map(({ 0: written, index }) => {
    const own = written.replace(/['’‘`´]s$/iu, '');
    const before = text.slice(Math.max(0, index - 4), index);
    return {
      ...{ text: own, at: index, folded: foldLoud(own), capital: /^\p{Lu}/u.test(own) },
      first: index === 0 || /(?:[.!?:;•\n\r]|^\s*[-*])[\s"'“‘(]*$/u.test(before),
      endsLine: /^\s*(?:[\r\n]|$)/u.test(text.slice(index + written.length)),
    };
  });
}

// foldName empties words such as "test" and "none", which stand for a missing value in an extract; here they are words.
const foldLoud = (text: string) => foldName(text) || text.toLowerCase();

type Why = DraftFinding['why'];

function nameAt(words: readonly Word[], index: number, sought: Sought): Why | null {
  const word = words[index];
  if (!word || word.folded.length < 2) return null;
  const why = forenameWhy(word, sought) ?? surnameWhy(words, index, sought);
  if (why === null || !isOrdinary(word.folded)) return why;
  return why !== 'misspelt' && isWrittenAsName(words, index) ? why : null;
}

function forenameWhy({ folded, capital }: Word, { forenames, forms }: Sought): Why | null {
  if (forenames.has(folded)) return folded.length > 2 || capital ? 'name' : null;
  if (forms.has(folded)) return folded.length > 3 || capital ? 'form' : null;
  const near = (name: string, least: number) => name.length >= least && isSlipOf(folded, name);
  if ([...forenames].some((name) => near(name, capital ? 3 : 4))) return 'misspelt';
  return capital && [...forms].some((name) => near(name, 5)) ? 'misspelt' : null;
}

function surnameWhy(words: readonly Word[], index: number, { surnames }: Sought): Why | null {
  const { folded, capital } = words[index] ?? { folded: '', capital: false };
  const next = words[index + 1];
  // "Mac Donald", "Nic Leòid": the particle is looked at with what follows it.
  const whole = next && /^(?:ma?c|nic)$/.test(folded) ? folded + next.folded : folded;
  for (const surname of surnames) {
    if (whole === surname) return whole.length > 2 || capital ? 'name' : null;
    if (whole.length >= 4 && surname.length >= 4 && compareSurnames(whole, surname) === 4 && !isPartOf(whole, surname))
      return 'form';
    if (surname.length >= (capital ? 3 : 4) && isSlipOf(whole, surname)) return 'misspelt';
  }
  return null;
}

/** compareSurnames also takes one part of a double name for a variant; the parts are sought by themselves here. */
const isPartOf = (a: string, b: string) => a.split(' ').includes(b) || b.split(' ').includes(a);

/** Endings of English do not make a name of a word. */
function isOrdinary(word: string): boolean {
  if (ordinaryWords.has(word)) return true;
  const stem = /^(.{3,}?)(?:es|s|ed|ing)$/.exec(word)?.[1];
  return stem !== undefined && (ordinaryWords.has(stem) || ordinaryWords.has(`${stem}e`));
}

function isSlipOf(written: string, name: string): boolean {
  if (written.length < 3 || isOrdinary(written)) return false;
  // Of three letters one slip leaves little: the first must be right.
  if (name.length <= 3 && written[0] !== name[0]) return false;
  return withinOneEdit(written, name);
}

const afterName = new Set(
  'is was has had will would can could and or does did may says said needs wants lives attends goes gets am s'.split(
    ' ',
  ),
);
const placeWords = new Set(
  'street road avenue lane drive crescent terrace square court gardens grove park place house hall centre primary academy school high nursery college hospital office room building campus library church'.split(
    ' ',
  ),
);

/** "Rose is settling" and "with Rose" are somebody; "I hope", "Hope this helps" and "Hill Street" are nobody. */
function isWrittenAsName(words: readonly Word[], index: number): boolean {
  const [word, next] = [words[index], words[index + 1]];
  if (!word?.capital) return false;
  if (next?.capital && placeWords.has(next.folded)) return false;
  if (!word.first) return true;
  if (!next || word.endsLine) return false;
  return (next.capital && !next.first && !isOrdinary(next.folded)) || afterName.has(next.folded);
}

/** Words of people who may be named: first and family name side by side, or a line that is their first name alone. */
function sparedIn(words: readonly Word[], allowed: readonly Sought[]): Set<number> {
  const spared = new Set<number>();
  words.forEach((word, index) => {
    for (const { forenames, forms, surnames } of allowed) {
      if (!forenames.has(word.folded) && !forms.has(word.folded)) continue;
      const next = words[index + 1];
      if (next && !word.endsLine && surnames.includes(next.folded)) spared.add(index).add(index + 1);
      else if (word.first && word.endsLine) spared.add(index);
    }
  });
  return spared;
}

/** Two capitals that everybody writes and that are nobody. */
const abbreviations = new Set(
  'AM PM TV VR VS VC IT ID UK EU US EP SW HT DHT PT DM CP OK RE PE HE HR MP TA NB PS CC QA LS LT SQ AS EA NQ CE FE CS GP NHS SC BA MA BSc DO TO IS IN ON OF NO GO UP MY SO WE AN AT BY IF OR'.split(
    ' ',
  ),
);

/** "J.M.", "J M", "JM": of the people sought alone. */
function initialsIn(part: DraftPart, text: string, people: readonly DraftName[]): DraftFinding[] {
  const first = (name: string) => [...foldName(name)][0]?.toUpperCase() ?? '';
  const sought = new Set(
    people.flatMap(({ givenName, familyName, knownAs }) =>
      [givenName, knownAs ?? ''].filter(Boolean).map((name) => first(name) + first(familyName)),
    ),
  );
  const pairs = text.matchAll(/(?<![\p{L}\p{N}.-])(\p{Lu})(\.\s?|\s|)(\p{Lu})(\.|(?![\p{L}\p{N}-]))/gu);
  return [...pairs].flatMap(({ 0: written, 1: one = '', 2: between = '', 3: two = '', index }) => {
    const letters = first(one) + first(two);
    const meant = sought.has(letters) && (between.startsWith('.') || !abbreviations.has(letters));
    return meant ? [{ part, at: index, length: written.length, why: 'initials' as const }] : [];
  });
}
