import type { Seeded } from '../seeded.js';

/** What goes wrong between a child and a row: slips of the keyboard, habits of writing, dates the wrong way round. */
const besides: Readonly<Record<string, string>> = {
  ...{
    a: 'sqz',
    b: 'vgn',
    c: 'xdv',
    d: 'sfe',
    e: 'wrd',
    f: 'dgr',
    g: 'fht',
    h: 'gjy',
    i: 'uok',
    j: 'hku',
    k: 'jli',
    l: 'ko',
  },
  ...{
    m: 'n',
    n: 'bm',
    o: 'ipl',
    p: 'ol',
    q: 'wa',
    r: 'etf',
    s: 'adw',
    t: 'ryg',
    u: 'yij',
    v: 'cb',
    w: 'qes',
    x: 'zc',
    y: 'tuh',
    z: 'xa',
  },
};

/** One letter left out, doubled, exchanged with the next, or the key beside it. */
export function slipOf(random: Seeded, text: string): string {
  if (text.length < 3) return text;
  const at = random.int(1, text.length - 2);
  const [letter, next] = [text.charAt(at), text.charAt(at + 1)];
  const [before, after] = [text.slice(0, at), text.slice(at + 1)];
  const beside = besides[letter.toLowerCase()];
  return random.weighted([
    [before + after, 25],
    [before + letter + letter + after, 20],
    [before + next + letter + after.slice(1), 25],
    [before + (beside ? random.pick([...beside]) : letter) + after, 30],
  ]);
}

/** Mac for Mc, a space after it, no accents, no apostrophe, no hyphen, capitals: the same name as another clerk writes it. */
export function habitOf(random: Seeded, name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'L');
  const other = /^Mac[A-Z]/.test(name)
    ? name.replace(/^Mac/, random.pick(['Mc', 'Mac ', 'Mc ']))
    : /^Mc[A-Z]/.test(name)
      ? name.replace(/^Mc/, random.pick(['Mac', 'Mc ']))
      : name.includes("'")
        ? name.replace("'", random.pick(['', ' ', '’']))
        : name.includes('-')
          ? random.pick([name.replace('-', ' '), name.split('-')[0] ?? name, name.split('-')[1] ?? name])
          : plain;
  return random.chance(0.3) ? other.toUpperCase() : other;
}

/** A date that is wrong: day and month exchanged, a digit, the year beside; or only an estimate. 'YYYY-MM-DD' in and out. */
export function wrongDate(random: Seeded, date: string): string {
  const [year = '', month = '', dayOf = ''] = date.split('-');
  const beside = (text: string, most: number) =>
    String(Math.min(most, Math.max(1, Number(text) + random.pick([-1, 1])))).padStart(2, '0');
  return random.weighted([
    [Number(dayOf) <= 12 ? `${year}-${dayOf}-${month}` : `${year}-${month}-${beside(dayOf, 28)}`, 30],
    [`${year}-${month}-${beside(dayOf, 28)}`, 25],
    [`${year}-${beside(month, 12)}-${dayOf > '28' ? '28' : dayOf}`, 15],
    [`${Number(year) + random.pick([-1, 1])}-${month}-${dayOf > '28' ? '28' : dayOf}`, 15],
    [`${year}-01-01`, 15],
  ]);
}

/** A number copied wrongly: the check digit finds all of these. */
export function wrongScn(random: Seeded, scn: string): string {
  const at = random.int(0, scn.length - 2);
  const [one, two] = [scn.charAt(at), scn.charAt(at + 1)];
  if (one !== two && random.chance(0.5)) return scn.slice(0, at) + two + one + scn.slice(at + 2);
  return scn.slice(0, at) + String((Number(one) + random.int(1, 9)) % 10) + scn.slice(at + 1);
}
