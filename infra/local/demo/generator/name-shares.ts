import type { Seeded } from '../seeded.js';

/**
 * Names as often as a Scottish council of today has them: a few are common, most are rare (the shape of National Records of
 * Scotland's lists: the first surname about 1.2 % of people, the hundredth about 0.1 %). Invented people only.
 */
const girls =
  'Olivia Emily Isla Sophie Ella Ava Amelia Freya Lucy Grace Millie Ellie Charlotte Aria Eilidh Lily Harper Evie Rosie Skye ' +
  'Orla Anna Robyn Georgia Hannah Erin Maisie Ruby Poppy Niamh Zara Eva Abigail Katie Holly Mia Iona Ailsa Rowan Mirren ' +
  'Alexandra Elizabeth Catherine Margaret Mary Jessica Rebecca Sarah Rachel Samantha Victoria Natalie Nicole Morven Catriona ' +
  'Kirsty Heather Lorna Fiona Aisha Fatima Zainab Maryam Zofia Oliwia Julia Wiktoria Maja Adaeze Ngozi Oksana Daria ' +
  'Mòrag Màiri Sìne Seonag Cairistìona Oighrig Beathag Effie Thea Darcie Bonnie Lexi Summer Willow Ivy Penelope Arabella';
const boys =
  'Jack Noah James Lewis Harris Leo Rory Oliver Logan Alexander Lucas Harry Theo Finlay Charlie Thomas Alfie Luca Archie ' +
  'Jude Adam Brodie Max Daniel Rowan Callum Cameron Ethan Mason Oscar Aaron Angus Hamish Ruaridh Fraser Euan Gregor Calum ' +
  'William Robert David Michael Andrew Matthew John Samuel Joseph Benjamin Christopher Jamie Ryan Liam Connor Nathan Kyle Dylan ' +
  'Jayden Tyler Blair Craig Murray Duncan Lachlan Struan Innes Ross Scott Stuart Kenneth Malcolm Muhammad Yusuf Ibrahim Hamza ' +
  'Jakub Kacper Szymon Łukasz Mateusz Emeka Chidi Taras Bohdan Seumas Dòmhnall Aonghas Coinneach Fionnlagh Iain Tormod Zac';
const families =
  'Smith Brown Wilson Robertson Campbell Stewart Thomson Anderson Scott MacDonald Reid Murray Clark Taylor Ross Young Paterson ' +
  'Watson Mitchell Fraser Morrison Walker McDonald Graham Miller Johnston Henderson Hamilton Duncan Gray Kerr Davidson Hunter ' +
  'Simpson Bell Ferguson Martin Grant Kelly Black Allan MacKenzie McLean MacLeod Johnstone Gordon Wallace Russell Craig Gibson ' +
  'Marshall Sutherland Kennedy Cunningham Wood Burns Hughes Christie Milne Sinclair Douglas Williamson McMillan Munro Muir ' +
  'Watt Cameron Boyle Crawford Jackson Mackay McIntosh Hill Docherty Shaw King White Gallagher McKay Sharp Alexander Stevenson ' +
  "Doherty O'Neill O'Donnell O'Hare McGregor McIntyre McKenna McLaughlin MacAulay MacNeil Bruce Lamont Rennie Lindsay Barclay " +
  'Khan Ahmed Hussain Ali Singh Kaur Chaudhry Nowak Kowalska Kowalski Wójcik Woźniak Zieliński Kaczmarek Okafor Adeyemi Balogun ' +
  'Kovalenko Shevchenko NicDhòmhnaill MacIlleathain NicLeòid MacÌomhair Nguyen Haddad Silva Popescu Ionescu Murphy Byrne';
const firstParts =
  'Kirk Glen Strath Auchter Bal Dun Inver Pit Craig Kil Loch Aber Dal Fal Car Lin Rox Whit Hal Tor'.split(' ');
const lastParts =
  'burn ness dale ton ley more hill wood ford son gow land lie mont nock rie shaw stane wick bride'.split(' ');
const macs =
  'Arthur Bride Callum Cann Coll Cormack Dougall Ewan Fadyen Farlane Gill Glashan Innes Iver Kechnie Kinnon Lachlan Lellan ' +
  'Millan Nab Naught Phail Pherson Quarrie Queen Rae Taggart Vicar Whirter Allister Corquodale Fee Ghee Inroy Kean Lusky';

interface Shares {
  readonly names: readonly string[];
  readonly upTo: Float64Array;
}

/** The first is `steep` times the share of the tail's: 1 / (rank + flat). */
function shared(names: readonly string[], flat: number): Shares {
  const upTo = new Float64Array(names.length);
  for (let at = 0, sum = 0; at < names.length; at++) upTo[at] = sum += 1 / (at + flat);
  return { names, upTo };
}

const rareFamilies = [
  ...macs.split(' ').flatMap((stem) => [`Mc${stem}`, `Mac${stem}`]),
  ...firstParts.flatMap((first) => lastParts.map((last) => first + last)),
];

const girlShares = shared(girls.split(' '), 6);
const boyShares = shared(boys.split(' '), 6);
const familyShares = shared([...families.split(' '), ...rareFamilies], 12);

function draw({ names, upTo }: Shares, random: Seeded): string {
  const wanted = random.next() * (upTo.at(-1) ?? 0);
  let [low, high] = [0, names.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((upTo[middle] ?? 0) > wanted) high = middle;
    else low = middle + 1;
  }
  return names[low] ?? '';
}

export function drawForename(random: Seeded, sex: 'F' | 'M'): string {
  return draw(sex === 'F' ? girlShares : boyShares, random);
}

export function drawSurname(random: Seeded): string {
  return random.chance(0.04)
    ? `${draw(familyShares, random)}-${draw(familyShares, random)}`
    : draw(familyShares, random);
}

const shortForms: Readonly<Record<string, readonly string[]>> = {
  ...{
    Alexander: ['Alex', 'Sandy', 'Xander'],
    Alexandra: ['Alex', 'Lexi'],
    Andrew: ['Andy', 'Drew'],
    Benjamin: ['Ben'],
  },
  ...{
    Cameron: ['Cammy', 'Cam'],
    Catherine: ['Katie', 'Cathy'],
    Charlotte: ['Charlie', 'Lottie'],
    Christopher: ['Chris'],
  },
  ...{
    Daniel: ['Danny', 'Dan'],
    David: ['Davie', 'Dave'],
    Elizabeth: ['Beth', 'Lizzie', 'Libby'],
    James: ['Jamie', 'Jim'],
  },
  ...{
    Jessica: ['Jess'],
    John: ['Jack', 'Johnny'],
    Joseph: ['Joe', 'Joey'],
    Margaret: ['Maggie', 'Maisie'],
    Mary: ['Molly'],
  },
  ...{
    Matthew: ['Matt'],
    Michael: ['Mike', 'Mikey'],
    Nathan: ['Nate'],
    Oliver: ['Ollie'],
    Olivia: ['Liv'],
    Rebecca: ['Becky'],
  },
  ...{
    Robert: ['Robbie', 'Bobby', 'Rab'],
    Samantha: ['Sam'],
    Samuel: ['Sam'],
    Thomas: ['Tom', 'Tommy'],
    William: ['Liam', 'Billy'],
  },
  ...{
    Victoria: ['Vicky'],
    Zac: ['Zachary'],
    Kenneth: ['Kenny'],
    Iain: ['Ian'],
    Mòrag: ['Morag'],
    Màiri: ['Mairi', 'Mary'],
  },
  ...{
    Seumas: ['James', 'Hamish'],
    Dòmhnall: ['Donald'],
    Ruaridh: ['Rory', 'Ruairidh'],
    Aonghas: ['Angus'],
    Sìne: ['Jean', 'Sheena'],
  },
};

/** A name that the same child is also called by; their own when there is no other. */
export function alsoCalled(random: Seeded, name: string): string {
  const forms = shortForms[name];
  return forms ? random.pick(forms) : name;
}
