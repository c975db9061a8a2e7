import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { FieldKind } from '../../bot/learners/matching/normalise.js';
import type { FieldSpec } from '../../bot/learners/matching/records.js';

/** What to match, from the command line; README.md beside this file says how it is used. */
export interface Job {
  readonly link: boolean;
  readonly rows: readonly Readonly<Record<string, string>>[];
  /** Rows of the first file; all of them when there is one. */
  readonly split: number;
  readonly specs: readonly FieldSpec[];
  /** By field, the column it is read from. */
  readonly columns: ReadonlyMap<string, string>;
  /** The person a row is about. */
  readonly truth: readonly string[];
  /** Probability at which a pair is possible. */
  readonly least: number;
  /** A record may be in more than one pair of --link. */
  readonly many: boolean;
  readonly weights: boolean;
}

const kinds: Readonly<Record<FieldKind, readonly string[]>> = {
  forename: ['forename', 'given_name', 'givenname', 'first_name', 'firstname', 'fname'],
  surname: ['surname', 'family_name', 'familyname', 'last_name', 'lastname', 'lname'],
  'birth-date': ['dob', 'birth_date', 'birthdate', 'birth_on', 'date_of_birth', 'dateofbirth', 'born'],
  postcode: ['postcode', 'post_code', 'postcode_fake', 'zip', 'zip_code', 'zipcode'],
  sex: ['sex', 'gender'],
  scn: ['scn', 'candidate_number'],
  identifier: ['soc_sec_id', 'ssn', 'nino'],
  category: ['state', 'occupation', 'ethnicity'],
  number: ['street_number', 'house_number'],
  text: ['address_1', 'address_2', 'address', 'street', 'suburb', 'town', 'city', 'birth_place', 'school'],
};

const labels = ['rec_id', 'cluster', 'person', 'person_id', 'entity', 'entity_id', 'truth', 'true_id', 'label'];
const never = [
  'unique_id',
  'id',
  'record_id',
  'row_id',
  'full_name',
  'first_and_surname',
  'soc_sec_id',
  'source_dataset',
];

export function readJob(args: readonly string[]): Job {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ link: { type: 'boolean', default: false }, dedupe: { type: 'boolean', default: false } },
      ...{ map: { type: 'string' }, fields: { type: 'string' }, label: { type: 'string' } },
      ...{ least: { type: 'string', default: '0.5' }, many: { type: 'boolean', default: false } },
      weights: { type: 'boolean', default: false },
    },
  });
  if (values.link === values.dedupe || positionals.length !== (values.link ? 2 : 1))
    throw new Error('Say --link A.csv B.csv or --dedupe F.csv. tests/bench/README.md has examples.');
  const files = positionals.map(readRows);
  const rows = files.flat();
  const headers = Object.keys(rows[0] ?? {});
  const label = values.label ?? labels.find((name) => headers.includes(name));
  if (label === undefined) throw new Error('Name the column that says who a row is about: --label column');
  const named = kindsOf(headers, rows, label, values.map);
  const chosen = chooseFields(named, label, values.fields);
  return {
    ...{
      link: values.link,
      many: values.many,
      weights: values.weights,
      rows,
      split: files[0]?.length ?? 0,
      least: Number(values.least),
    },
    specs: chosen.map(({ name, kind }) => ({ name, kind })),
    columns: new Map(chosen.map(({ name, column }) => [name, column])),
    truth: rows.map((row) => personOf(row[label] ?? '')),
  };
}

function readRows(path: string): Record<string, string>[] {
  return parse(readFileSync(path), {
    bom: true,
    columns: (head: string[]) => head.map((name) => name.trim()),
    trim: true,
  });
}

/** FEBRL writes the person into the record's name: rec-12-org, rec-12-dup-0. */
function personOf(label: string): string {
  return /^(rec-\d+)-/.exec(label)?.[1] ?? label;
}

interface Named {
  readonly name: string;
  readonly column: string;
  readonly kind: FieldKind;
}

/** `map`: column=kind, with commas. Other columns by their names, then by what stands in them. */
function kindsOf(headers: readonly string[], rows: Job['rows'], label: string, map: string | undefined): Named[] {
  const given = new Map(
    (map ?? '')
      .split(',')
      .filter(Boolean)
      .map((one) => splitOnce(one)),
  );
  for (const column of given.keys()) if (!headers.includes(column)) throw new Error(`There is no column ${column}.`);
  return headers
    .filter((column) => column !== label && column !== '')
    .map((column) => {
      const kind =
        given.get(column) ?? kindByName(column) ?? kindByContent(rows.slice(0, 5000).map((row) => row[column] ?? ''));
      if (!(kind in kinds)) throw new Error(`${kind} is no kind of field. There are: ${Object.keys(kinds).join(', ')}`);
      return { name: column, column, kind: kind as FieldKind };
    });
}

function splitOnce(one: string): [string, string] {
  const [column = '', kind = ''] = one.split('=');
  return [column.trim(), kind.trim()];
}

function kindByName(column: string): string | undefined {
  const plain = column.toLowerCase().replaceAll(/[\s-]+/g, '_');
  return Object.entries(kinds).find(([, names]) => names.includes(plain))?.[0];
}

function kindByContent(values: readonly string[]): FieldKind {
  const known = values.filter((value) => value !== '');
  if (known.length > 0 && known.every((value) => /^\d{1,6}$/.test(value))) return 'number';
  return new Set(known).size <= 25 ? 'category' : 'text';
}

/** `fields`: columns or kinds to use, with commas; without it all that is not an id. */
function chooseFields(named: readonly Named[], label: string, fields: string | undefined): Named[] {
  if (fields === undefined) return named.filter(({ column }) => !never.includes(column) && column !== label);
  return fields.split(',').map((field) => {
    const wanted = field.trim();
    const asKind = kindByName(wanted);
    const found =
      named.find(({ column }) => column === wanted) ?? named.find(({ kind }) => kind === asKind || kind === wanted);
    if (!found) throw new Error(`No column is or means ${wanted}.`);
    return found;
  });
}
