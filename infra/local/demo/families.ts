import { drawFamily } from './names.js';
import type { Seeded } from './seeded.js';

/** Children of one home: brothers and sisters, twins among them. Ages in school years: 0 is the year before P1, 13 is S6. */
export interface Family {
  readonly familyName: string;
  readonly children: readonly { readonly given: string; readonly knownAs: string | null; readonly year: number }[];
  readonly twins: boolean;
}

const shortNames: Readonly<Record<string, string>> = {
  Catriona: 'Cat',
  Cameron: 'Cammy',
  Małgorzata: 'Gosia',
  Oluwaseun: 'Seun',
  Dòmhnall: 'Donnie',
  Chukwuemeka: 'Emeka',
};

/** Enough families for `total` children; the last is cut to fit. */
export function drawFamilies(random: Seeded, total: number): Family[] {
  const families: Family[] = [];
  for (let left = total; left > 0;) {
    const family = drawOne(random, left);
    families.push(family);
    left -= family.children.length;
  }
  return families;
}

function drawOne(random: Seeded, most: number): Family {
  const from = drawFamily(random);
  const twins = most >= 2 && random.chance(0.025);
  const size = twins
    ? 2
    : Math.min(
        most,
        random.weighted([
          [1, 76],
          [2, 17],
          [3, 7],
        ]),
      );
  const given = random.shuffled(from.given).slice(0, size);
  const year = random.weighted(yearWeights);
  // Brothers and sisters two or three school years apart, so that none is born before the last one could be.
  let apart = 0;
  const way = year < 6 ? 1 : -1;
  return {
    familyName: random.pick(from.family),
    twins,
    children: given.map((name, index) => {
      apart += index === 0 || twins ? 0 : random.int(2, 3);
      return { given: name, knownAs: random.chance(0.5) ? (shortNames[name] ?? null) : null, year: year + way * apart };
    }),
  };
}

const yearWeights = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map(
  (year) => [year, year === 0 ? 2 : year < 8 ? 7 : year < 11 ? 11 : year === 11 ? 10 : 5] as const,
);
