import { jaroWinkler, withinOneEdit } from './strings.js';

/**
 * Names that are one name: short forms, Gaelic and Scots forms, Mac and Mc, parts of a double name. Pure; takes folded names
 * (normalise.ts). Lists are of everyday use in Scotland and decide nothing alone: how much a variant counts is estimated
 * from the council's own records.
 */
const families = [
  ['alexander', 'alex', 'alec', 'alistair', 'alasdair', 'alastair', 'sandy', 'xander', 'ali', 'lex'],
  ['alexandra', 'alex', 'alexa', 'sandra', 'lexi'],
  ['andrew', 'andy', 'drew', 'anndra', 'andra'],
  ['angus', 'aonghas', 'gus'],
  ['anthony', 'antony', 'tony', 'ant'],
  ['anne', 'ann', 'anna', 'annie', 'anya'],
  ['benjamin', 'ben', 'benji'],
  ['bethany', 'beth'],
  ['calum', 'callum', 'cal'],
  ['cameron', 'cammy', 'cam', 'camran'],
  [
    'catherine',
    'katherine',
    'kathryn',
    'cathy',
    'kate',
    'katie',
    'kathleen',
    'catriona',
    'cairistiona',
    'kitty',
    'kat',
  ],
  ['charlotte', 'charlie', 'lottie'],
  ['charles', 'charlie', 'chic', 'tearlach', 'chuck'],
  ['christopher', 'chris', 'kris', 'kit', 'crisdean'],
  ['christina', 'chrissie', 'tina', 'cairistiona', 'kirsty'],
  ['daniel', 'dan', 'danny'],
  ['david', 'dave', 'davie', 'davy', 'daibhidh'],
  ['donald', 'domhnall', 'don', 'donnie'],
  ['duncan', 'donnchadh'],
  ['edward', 'ed', 'eddie', 'ted', 'teddy', 'ned'],
  [
    'elizabeth',
    'elisabeth',
    'beth',
    'betty',
    'liz',
    'lizzie',
    'eliza',
    'elsie',
    'libby',
    'lily',
    'ealasaid',
    'elspeth',
  ],
  ['eleanor', 'ellie', 'nell', 'nora', 'elle', 'ella'],
  ['emily', 'em', 'emmy', 'millie'],
  ['ewan', 'euan', 'ewen', 'eoghan', 'evan'],
  ['finlay', 'findlay', 'fionnlagh', 'fin', 'finn'],
  ['frances', 'fran', 'frankie'],
  ['francis', 'frank', 'frankie'],
  ['frederick', 'fred', 'freddie'],
  ['george', 'seoras', 'geordie', 'dod'],
  ['gregor', 'greg', 'gregory', 'griogair'],
  ['hamish', 'seumas', 'james'],
  ['harrison', 'harry'],
  ['henry', 'harry', 'hal', 'eanraig'],
  ['hugh', 'hughie', 'uisdean', 'shug', 'aodh'],
  ['iain', 'ian', 'john', 'eoin'],
  ['isabella', 'isabel', 'isobel', 'iseabail', 'bella', 'izzy', 'ishbel'],
  ['jacob', 'jake', 'jakub'],
  ['james', 'jim', 'jimmy', 'jamie', 'seumas'],
  ['jane', 'jean', 'sine', 'sheena', 'janet', 'jessie', 'seonaid'],
  ['jennifer', 'jen', 'jenny', 'jenni'],
  ['jessica', 'jess', 'jessie'],
  ['john', 'jack', 'johnny', 'jock', 'jon', 'seonaidh'],
  ['jonathan', 'jon', 'johnny', 'jonny'],
  ['joseph', 'joe', 'joey', 'iosaph'],
  ['joshua', 'josh'],
  ['kenneth', 'ken', 'kenny', 'coinneach'],
  ['lachlan', 'lachie', 'lachlann', 'lauchlan'],
  ['lewis', 'louis', 'luis', 'luthais', 'lew'],
  ['madeleine', 'madeline', 'maddie', 'maddy', 'madison'],
  ['malcolm', 'calum', 'maol'],
  ['margaret', 'maggie', 'meg', 'peggy', 'mairead', 'greta', 'mhairead', 'maisie', 'margo'],
  ['mary', 'mairi', 'mhairi', 'maria', 'marie', 'molly', 'maire'],
  ['matthew', 'matt', 'mata', 'mattie'],
  ['michael', 'mike', 'mick', 'micheal', 'mikey', 'michal'],
  ['morag', 'marion', 'sarah'],
  ['murdo', 'murchadh', 'murdoch'],
  ['natalie', 'nat', 'natasha', 'tasha'],
  ['nathaniel', 'nathan', 'nate'],
  ['neil', 'niall', 'neill'],
  ['nicholas', 'nick', 'nicky', 'nico', 'nicolas'],
  ['nicola', 'nicky', 'nicole', 'nikki'],
  ['olivia', 'liv', 'livvy', 'ollie', 'oliwia'],
  ['oliver', 'ollie', 'olly'],
  ['patrick', 'pat', 'paddy', 'padraig', 'paddie'],
  ['peter', 'pete', 'peadar', 'padraig'],
  ['philip', 'phillip', 'phil', 'pip'],
  ['rachel', 'rachael', 'rach', 'raonaid'],
  ['rebecca', 'becca', 'becky', 'rebekah'],
  ['richard', 'rich', 'rick', 'ricky', 'dick', 'richie'],
  ['robert', 'rob', 'robbie', 'bob', 'bobby', 'rab', 'rabbie', 'bert', 'raibeart', 'robin'],
  ['roderick', 'ruairidh', 'rory', 'ruaridh', 'rod', 'ruari', 'ruairi'],
  ['ronald', 'ron', 'ronnie', 'raghnall', 'ranald'],
  ['rosemary', 'rose', 'rosie', 'rosaidh'],
  ['samantha', 'sam', 'sammy'],
  ['samuel', 'sam', 'sammy', 'somhairle'],
  ['sarah', 'sara', 'sally', 'sadie', 'morag'],
  ['shaun', 'sean', 'shawn'],
  ['sophie', 'sophia', 'sofia', 'zofia', 'beathag'],
  ['stephen', 'steven', 'steve', 'stevie', 'steaphan'],
  ['stewart', 'stuart', 'stu', 'stiubhart'],
  ['susan', 'sue', 'suzanne', 'susie', 'siusan'],
  ['theodore', 'theo', 'ted', 'teddy'],
  ['theresa', 'teresa', 'tess', 'terri'],
  ['thomas', 'tom', 'tommy', 'tam', 'tomas', 'thom'],
  ['timothy', 'tim', 'timmy'],
  ['victoria', 'vicky', 'tori', 'wiktoria', 'vic'],
  ['vincent', 'vin', 'vinny', 'vince'],
  ['walter', 'wat', 'wattie', 'wally', 'bhaltair'],
  ['william', 'will', 'bill', 'billy', 'willie', 'uilleam', 'liam', 'wull', 'wil'],
  ['zachary', 'zac', 'zack', 'zach', 'zachariah'],
] as const;

const familiesOf = new Map<string, Set<number>>();
for (const [family, names] of families.entries())
  for (const name of names) familiesOf.set(name, (familiesOf.get(name) ?? new Set<number>()).add(family));

/** Gaelic surnames by the form a school is likely to write beside them; without their Mac, Mc or Nic. */
const gaelicSurnames: Readonly<Record<string, string>> = {
  ...{ dhomhnaill: 'donald', leoid: 'leod', aoidh: 'kay', illeathain: 'lean', coinnich: 'kenzie', iomhair: 'iver' },
  ...{
    ghriogair: 'gregor',
    griogair: 'gregor',
    neacail: 'nicol',
    fhearghais: 'fergus',
    artair: 'arthur',
    aonghais: 'innes',
  },
  ...{
    rath: 'rae',
    dhughaill: 'dougall',
    dougal: 'dougall',
    phaidein: 'fadyen',
    fhionghain: 'kinnon',
    bheatha: 'beth',
  },
};

/** "macdonald", "mc donald", "nicdhomhnaill" and "mdonald" have one stem; other names are their own without spaces. */
export function surnameStem(name: string): string {
  const found = /^(?:mac|mhic|nic|mc|ma?k(?=c))\s?(.{3,})$/.exec(name);
  if (!found) return name.replaceAll(' ', '');
  const rest = (found[1] ?? '').replaceAll(' ', '');
  return `mc${gaelicSurnames[rest] ?? rest}`;
}

/** What a name sounds like, for finding rather than judging: consonants in classes, vowels after the first letter left out. */
export function soundOf(name: string): string {
  const plain = surnameStem(name)
    .replace(/^mc/, 'm')
    .replaceAll('ph', 'f')
    .replaceAll(/^(?:kn|gn|pn)/g, 'n')
    .replaceAll(/^wr/g, 'r')
    .replaceAll(/^c(?=[eiy])/g, 's')
    .replaceAll(/gh(?=t|$)/g, '')
    .replaceAll(/(?:ck|[ckqgx])/g, 'k')
    .replaceAll(/[szj]/g, 's')
    .replaceAll(/[dt]/g, 't')
    .replaceAll(/[bp]/g, 'p')
    .replaceAll(/[fvw]/g, 'f')
    .replaceAll('n', 'm');
  const first = /^[aeiouyh]/.test(plain) ? 'a' : plain.charAt(0);
  return (
    first +
    plain
      .slice(1)
      .replaceAll(/[aeiouyh]/g, '')
      .replaceAll(/(.)\1+/g, '$1')
      .slice(0, 4)
  );
}

/** The other everyday forms of a folded forename: short, Scots and Gaelic ones. */
export function formsOf(name: string): string[] {
  return [...(familiesOf.get(name) ?? [])].flatMap((family) => families[family] ?? []);
}

/** One person may be called both: a short form, the same name in Gaelic, an initial's whole name is not one. */
function isForenameVariant(a: string, b: string): boolean {
  const families = familiesOf.get(a);
  if (families) for (const family of familiesOf.get(b) ?? []) if (families.has(family)) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && (long.startsWith(short) || long.split(' ').includes(short));
}

function isSurnameVariant(a: string, b: string): boolean {
  if (surnameStem(a) === surnameStem(b)) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.split(' ').includes(short);
}

/** 1 different, 2 near, 3 close (a slip of the pen), 4 a variant of the name, 5 the same; 6 is given for names exchanged. */
export const nameLevels = ['missing', 'different', 'near', 'close', 'variant', 'exact', 'swapped'] as const;

export function compareForenames(a: string, b: string): number {
  return a === b ? 5 : isForenameVariant(a, b) ? 4 : nearness(a, b);
}

export function compareSurnames(a: string, b: string): number {
  return a === b ? 5 : isSurnameVariant(a, b) ? 4 : nearness(a, b);
}

function nearness(a: string, b: string): number {
  if (Math.min(a.length, b.length) >= 3 && withinOneEdit(a, b)) return 3;
  if (a.length === 1 || b.length === 1) return a.charAt(0) === b.charAt(0) ? 2 : 1;
  const alike = jaroWinkler(a, b);
  return alike >= 0.9 ? 3 : alike >= 0.78 ? 2 : 1;
}
