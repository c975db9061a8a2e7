import { codeIn, plainOf } from './extract-codes.js';
import { type ExtractField, type ExtractKind, extractKinds, fieldsOf, fieldTypes, kindFields } from './extract.js';
import { type DateOrder, readDay, readNumber, readScnCell, readYesNo } from './extract-values.js';

/**
 * Which column of a source is which field, and what its codes mean. Confirmed by a person, remembered per source. Columns
 * are named by their heading and its place among headings that read alike; lists, never objects keyed by a heading.
 */
export interface Mapping {
  readonly columns: readonly { readonly field: ExtractField; readonly heading: string; readonly place: number }[];
  readonly codes: readonly { readonly field: ExtractField; readonly theirs: string; readonly ours: string }[];
  readonly dateOrder: DateOrder;
}

export interface Sample {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const words: Readonly<Record<ExtractField, readonly string[]>> = {
  personKey: [
    'source id',
    'sourceid',
    'id',
    'pupil id',
    'student id',
    'person id',
    'client id',
    'swift id',
    'seemis id',
    'pupil number',
    'reference',
    'case id',
    'unique id',
    'child id',
  ],
  scn: ['scn', 'scottish candidate number', 'candidate number', 'sqa number', 'scn no'],
  givenName: [
    'forename',
    'first name',
    'given name',
    'firstname',
    'christian name',
    'pupil forename',
    'child forename',
  ],
  familyName: ['surname', 'last name', 'family name', 'lastname', 'pupil surname', 'child surname'],
  knownAs: ['known as', 'preferred name', 'preferred forename', 'known name', 'knownas'],
  birthOn: ['dob', 'date of birth', 'birth date', 'birthdate', 'd o b', 'born'],
  stage: ['stage', 'year', 'year group', 'year stage', 'stage code'],
  school: ['school', 'seed code', 'seed', 'establishment', 'school name', 'school code', 'centre', 'base school'],
  education: ['educated', 'education', 'educated where', 'provision'],
  from: [
    'start',
    'start date',
    'from',
    'date from',
    'startdate',
    'effective from',
    'episode start',
    'admission date',
    'date of admission',
    'began',
    'exclusion start',
  ],
  to: [
    'end',
    'end date',
    'to',
    'date to',
    'enddate',
    'effective to',
    'episode end',
    'leaving date',
    'date left',
    'ended',
    'exclusion end',
  ],
  on: [
    'date',
    'week',
    'week beginning',
    'week commencing',
    'wc',
    'w c',
    'review date',
    'meeting date',
    'award date',
    'assessment date',
    'day',
  ],
  possible: ['possible', 'possible openings', 'openings possible', 'poss', 'possible sessions'],
  timetabled: ['timetabled', 'timetabled openings', 'planned openings', 'agreed openings'],
  actual: ['actual', 'actual openings', 'openings attended', 'attended', 'present', 'act', 'attendances'],
  openings: ['openings', 'openings lost', 'length', 'days excluded', 'openings excluded'],
  exclusionType: ['exclusion type', 'type', 'exclusion'],
  subject: ['subject', 'curriculum area', 'course', 'organiser'],
  level: ['level', 'grade', 'result', 'cfe level', 'award', 'achievement'],
  scqf: ['scqf', 'scqf level'],
  status: ['status', 'legal status', 'lac status', 'looked after status', 'looked after', 'care status'],
  home: ['placement type', 'living arrangement', 'placement', 'accommodation type', 'lives', 'living with', 'home'],
  worker: ['worker', 'social worker', 'allocated worker', 'lead worker', 'worker email', 'allocated to', 'key worker'],
  basis: ['legal basis', 'legal reason', 'basis', 'legal status reason'],
  order: ['order', 'order type', 'legal order', 'measure'],
  nonDisclosure: [
    'non disclosure',
    'non disclosure of address',
    'confidential address',
    'address withheld',
    'do not disclose',
  ],
  reviewState: ['review status', 'held', 'state', 'outcome', 'meeting status', 'status'],
  reviewKind: ['review type', 'type of review', 'meeting type', 'kind', 'review'],
};

const spoken = (heading: string) =>
  plainOf(heading)
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/** Which kind of extract these headings look like: the one whose required fields they name most of. */
export function suggestKind(headings: readonly string[]): ExtractKind {
  const named = (field: ExtractField) => headings.some((heading) => nameScore(field, heading) > 0.9);
  const score = (kind: ExtractKind) => {
    const { required, key } = kindFields[kind];
    const own = required.filter((field) => named(field)).length / required.length;
    return own * 10 + required.length + key.filter((field) => named(field)).length * 0.1;
  };
  return extractKinds.reduce((best, kind) => (score(kind) > score(best) ? kind : best));
}

/** Headings and values together propose; a person confirms. Each column serves one field, the surest first. */
export function suggestMapping(kind: ExtractKind, sample: Sample, today: string): Mapping {
  const dateOrder = orderOf(sample, today);
  const pairs = fieldsOf(kind).flatMap((field) =>
    sample.headings.map((heading, column) => {
      const named = nameScore(field, heading);
      const fits = named === 0 ? 0 : valueScore(field, valuesOf(sample, column), dateOrder, today);
      return { field, column, score: named === 0 ? 0 : named * 0.7 + fits * 0.5 };
    }),
  );
  const columns: { field: ExtractField; heading: string; place: number }[] = [];
  const [fields, taken] = [new Set<ExtractField>(), new Set<number>()];
  for (const { field, column, score } of pairs.sort((a, b) => b.score - a.score)) {
    if (score < 0.6 || fields.has(field) || taken.has(column)) continue;
    fields.add(field);
    taken.add(column);
    columns.push({ field, ...headingAt(sample.headings, column) });
  }
  return { columns, codes: [], dateOrder };
}

/** A heading with how many before it read the same. */
export function headingAt(headings: readonly string[], column: number): { heading: string; place: number } {
  const heading = headings[column] ?? '';
  return { heading, place: headings.slice(0, column).filter((one) => one === heading).length };
}

/** The column of each mapped field in this file; -1 for a heading that is not in it. */
export function columnsIn(mapping: Mapping, headings: readonly string[]): ReadonlyMap<ExtractField, number> {
  const found = new Map<ExtractField, number>();
  for (const { field, heading, place } of mapping.columns) {
    const alike = headings.flatMap((one, column) => (one === heading ? [column] : []));
    found.set(field, alike[place] ?? -1);
  }
  return found;
}

/** Theirs that nothing says the meaning of, so that a person can before anything is read. `schools` by their plain names. */
export function unmappedCodes(
  mapping: Mapping,
  sample: Sample,
  schools: ReadonlySet<string>,
): { field: ExtractField; theirs: string }[] {
  const columns = columnsIn(mapping, sample.headings);
  return [...columns].flatMap(([field, column]) => {
    const type = fieldTypes[field];
    if ((type !== 'code' && type !== 'school') || column < 0) return [];
    const mapped = new Set(mapping.codes.filter((one) => one.field === field).map(({ theirs }) => plainOf(theirs)));
    const clear = (plain: string, theirs: string) =>
      mapped.has(plain) || (type === 'school' ? schools.has(plain) : codeIn(field, theirs) !== undefined);
    const values = new Map(valuesOf(sample, column).map((value) => [plainOf(value), value]));
    return [...values].flatMap(([plain, theirs]) => (clear(plain, theirs) ? [] : [{ field, theirs }]));
  });
}

function valuesOf(sample: Sample, column: number): string[] {
  return sample.rows.map((row) => row[column] ?? '').filter((value) => value !== '');
}

/** 1 for the very words, less for a heading that holds them. */
function nameScore(field: ExtractField, heading: string): number {
  const said = spoken(heading);
  if (said === '') return 0;
  const own = words[field];
  if (own.includes(said)) return 1 - own.indexOf(said) * 0.004;
  const inside = own.filter((word) => word.length > 3 && ` ${said} `.includes(` ${word} `));
  return inside.length > 0 ? 0.75 : 0;
}

function valueScore(field: ExtractField, values: readonly string[], order: DateOrder, today: string): number {
  if (values.length === 0) return 0.3;
  const share = (fits: (value: string) => boolean) => values.filter(fits).length / values.length;
  switch (fieldTypes[field]) {
    case 'scn':
      return share((value) => readScnCell(value) !== null);
    case 'date':
    case 'birth-date':
      return share((value) => readDay(value, order, today) !== null);
    case 'number':
      return share((value) => readNumber(value) !== null);
    case 'yes-no':
      return share((value) => readYesNo(value) !== null);
    case 'code':
      return 0.5 + share((value) => codeIn(field, value) !== undefined) / 2;
    case 'text':
    case 'school':
    case 'worker':
      return 0.6;
  }
}

/** Days first, unless some date can only be read with the month first and none only with the day first. */
function orderOf({ rows }: Sample, today: string): DateOrder {
  const values = rows.flat().filter((value) => /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/.test(value));
  const only = (order: DateOrder, other: DateOrder) =>
    values.some((value) => readDay(value, order, today) !== null && readDay(value, other, today) === null);
  return only('month-first', 'day-first') && !only('day-first', 'month-first') ? 'month-first' : 'day-first';
}
