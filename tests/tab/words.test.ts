import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { tab } from '../../bot/language/en/tab.js';
import { tabRequests } from '../../bot/language/en/tab-requests.js';
import { tabNumbers } from '../../bot/language/en/tab-numbers.js';
import { tabReviews } from '../../bot/language/en/tab-reviews.js';
import { tabSettings } from '../../bot/language/en/tab-settings.js';
import { tabToday } from '../../bot/language/en/tab-today.js';
import { tabWorkload } from '../../bot/language/en/tab-workload.js';
import { happened } from '../../tab/ui/happened.js';
import { say, wordFor } from '../../tab/words.js';

const root = fileURLToPath(new URL('../../tab', import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(root, name), 'utf8'))
  .join('\n');

const catalogues = [tab, tabNumbers, tabRequests, tabReviews, tabSettings, tabToday, tabWorkload];
const names = catalogues.flatMap((words) => Object.keys(words));

/** The compiler sees to it that every word asked for exists; this, that every word there is asked for. */
test('no word of the catalogues is unused', () => {
  const plain = names.map((name) => name.replace(/_(one|other)$/, ''));
  const prefixes = [...sources.matchAll(/`([\w-]+(?:\.[\w-]+)*)\.\$\{/g)].map(([, prefix]) => `${prefix}.`);
  const byCode = [...sources.matchAll(/wordFor\('([\w-]+)'/g)].map(([, prefix]) => `${prefix}.`);
  const used = (name: string) =>
    sources.includes(`'${name}'`) || [...prefixes, ...byCode].some((prefix) => name.startsWith(prefix));
  expect(plain.filter((name) => !used(name))).toEqual([]);
});

test('no two catalogues have the same name', () => {
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('words that people are not called by are in none of them', () => {
  const all = catalogues.flatMap((words) => Object.values(words)).join(' ');
  // reference/domain.md 1.2
  expect(all).not.toMatch(/\b(LAC|LAAC|placement|respite|caseload|truan\w+)\b/i);
});

test('one and many are said differently, and names are not escaped', () => {
  expect(say('plan.bookFor', { count: 1 })).toBe('Book and invite 1 person');
  expect(say('plan.bookFor', { count: 4 })).toBe('Book and invite 4 people');
  expect(say('plan.neededFor', { name: "Siobhán O'Neil" })).toBe("Siobhán O'Neil must be there");
});

test('what happened is said in words, and what this version does not know is named too', () => {
  expect(happened('request.taken')).toBe('Took it');
  expect(happened('request.answered')).toBe('Answered');
  expect(happened('review.answered')).toBe('Somebody answered the invitation');
  expect(happened('request.teleported')).toBe('Something changed');
  expect(wordFor('job', 'constructor')).toBeNull();
});
