import { concernPhrases } from './concern-phrases.js';
import { alike, wordsOf } from './phrase-match.js';

/** True when any text holds one of the phrases of the table, in any language. The text goes nowhere. */
export function mayBeConcern(texts: readonly (string | null | undefined)[]): boolean {
  return texts.some((text) => {
    if (!text) return false;
    const words = plainWords(text);
    return concernPhrases.some(({ phrase }) => phrase.test(words)) || misspelt(words);
  });
}

/** Words that hold by themselves, looked for with one letter wrong: the phrases know only their right spelling. */
const weighty = [
  ...[
    'abused',
    'abusing',
    'bruises',
    'bruised',
    'neglect',
    'neglected',
    'suicide',
    'suicidal',
    'overdose',
    'overdosed',
  ],
  ...['groomed', 'grooming', 'trafficked', 'strangled', 'strangling', 'battered', 'punched', 'sexual', 'sexually'],
  ...['assaulted', 'molested', 'starving', 'disclosure'],
];
/** Words of their own that stand one letter away. */
const neighbours: ReadonlySet<string> = new Set([
  ...['amused', 'bused', 'cruises', 'cruised', 'bunched', 'munched', 'lunched', 'mattered', 'buttered', 'bettered'],
  ...['bloomed', 'roomed', 'rooming', 'blooming', 'zooming', 'selected', 'reflect', 'select', 'starling', 'staring'],
  ...[
    'starting',
    'carving',
    'scarving',
    'enclosed',
    'disposed',
    'closure',
    'suicides',
    'asexual',
    'neglects',
    'braised',
  ],
]);

function misspelt(words: string): boolean {
  return wordsOf(words).some(
    (typed) => !neighbours.has(typed) && !weighty.includes(typed) && weighty.some((word) => alike(typed, word)),
  );
}

/** As the table reads a text: whatever its case, accents, spacing, hidden signs or typographic quotes were. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]/g, '')
    .replace(/[‘’ʼ`´]/g, "'")
    .replace(/[‐‑–—]/g, '-')
    .toLowerCase()
    .replace(/\s+/g, ' ');
}
