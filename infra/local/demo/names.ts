import type { Seeded } from './seeded.js';

/** Invented people only. Families of names that a Scottish classroom of today really has, accents and particles included. */
interface NameFamily {
  readonly given: readonly string[];
  readonly family: readonly string[];
}

const scottish: NameFamily = {
  given: [
    ...['Ailsa', 'Callum', 'Catriona', 'Cameron', 'Craig', 'Darcie', 'Euan', 'Finlay', 'Fraser', 'Freya', 'Gregor'],
    ...['Heather', 'Innes', 'Isla', 'Jamie', 'Kirsten', 'Lachlan', 'Lewis', 'Lorna', 'Mirren', 'Morven', 'Murdo'],
    ...['Orla', 'Rhona', 'Rory', 'Rowan', 'Ruaridh', 'Skye', 'Struan', 'Tavish', 'Thea', 'Brodie', 'Ellie', 'Harris'],
  ],
  family: [
    ...['Abercrombie', 'Auchterlonie', 'Baird', 'Buchanan', 'Carmichael', 'Colquhoun', 'Dalgleish', 'Drummond'],
    ...['Dunnett', 'Farquharson', 'Galbraith', 'Geddes', 'Guthrie', 'Haldane', 'Kinloch', 'Kirkbride', 'Leckie'],
    ...['MacAskill', 'Macrae', 'McAllister', 'McCrindle', 'MacEachern', 'McGlashan', 'McIlwraith', 'MacVicar'],
    ...['Menzies', 'Moncrieff', 'Ogilvie', 'Petrie', 'Rennie', "O'Hare", 'Sinclair-Ross', 'Strachan', 'Tulloch'],
  ],
};

const gaelic: NameFamily = {
  given: [
    ...['Mòrag', 'Màiri', 'Seonag', 'Eilidh', 'Ròsaidh', 'Sìne', 'Cairistìona', 'Oighrig'],
    ...['Fionnlagh', 'Seòras', 'Dòmhnall', 'Iain', 'Ruairidh', 'Aonghas', 'Coinneach', 'Tormod'],
  ],
  family: ['NicDhòmhnaill', 'MacIlleathain', 'NicLeòid', 'MacÌomhair', 'Moireasdan', 'NicGhriogair', 'MacAoidh'],
};

const polish: NameFamily = {
  given: [
    ...['Zofia', 'Oliwia', 'Małgorzata', 'Wiktoria', 'Agnieszka', 'Łucja'],
    ...['Kacper', 'Jakub', 'Łukasz', 'Mateusz', 'Wojciech', 'Szymon'],
  ],
  family: ['Wójcik', 'Woźniak', 'Mazur', 'Krawczyk', 'Pawlak', 'Dudek', 'Sikora', 'Gołąb', 'Kozieł'],
};

const nigerian: NameFamily = {
  given: [
    ...['Adaeze', 'Chidinma', 'Temitope', 'Ifeoma', 'Oluwaseun', 'Ngozi', 'Folasade'],
    ...['Emeka', 'Babatunde', 'Chukwuemeka', 'Kelechi', 'Ayodele', 'Tobenna', 'Uche'],
  ],
  family: ['Okonjo-Eze', 'Adeyinka', 'Balogun', 'Nwachukwu', 'Oyelaran', 'Ogunleye', 'Chukwudi', 'Eze'],
};

const others: NameFamily = {
  given: ['Aisha', 'Hamza', 'Zainab', 'Bilal', 'Oksana', 'Taras', 'Noor', 'Yusuf', 'Lan', 'Minh', 'Sofía', 'Mateo'],
  family: ['Qureshi', 'Siddiqui', 'Kovalenko', 'Haddad', 'Nguyen', 'Marín', 'Shevchuk', 'Rahimi', 'Bashir'],
};

export interface Name {
  readonly given: string;
  readonly family: string;
}

export function drawFamily(random: Seeded): NameFamily {
  return random.weighted([
    [scottish, 70],
    [gaelic, 9],
    [polish, 9],
    [nigerian, 6],
    [others, 6],
  ]);
}

function drawName(random: Seeded, from: NameFamily = drawFamily(random)): Name {
  return { given: random.pick(from.given), family: random.pick(from.family) };
}

const letters: Readonly<Record<string, string>> = { ł: 'l', Ł: 'l' };

/** A name as an address writes it: no accents, no apostrophes, lower case. */
function addressOf(name: Name): string {
  const plain = (part: string) =>
    part
      .replaceAll(/[łŁ]/g, (letter) => letters[letter] ?? letter)
      .normalize('NFD')
      .replaceAll(/[^A-Za-z-]/g, '')
      .toLowerCase();
  return `${plain(name.given)}.${plain(name.family)}`;
}

/** Names that nobody in this council has yet, each with an address of its own. */
export function createNaming(random: Seeded, taken: readonly string[] = []) {
  const used = new Set(taken);
  return {
    next(domain: string): Name & { readonly full: string; readonly email: string } {
      for (;;) {
        const name = drawName(random);
        const address = addressOf(name);
        if (used.has(address)) continue;
        used.add(address);
        return { ...name, full: `${name.given} ${name.family}`, email: `${address}@${domain}` };
      }
    },
  };
}

/** Ofcom keeps 01632 960000 to 960999 for drama: nobody answers. */
export function telephone(random: Seeded): string {
  return `01632 960${random.int(200, 999)}`;
}
