import { codeIn, plainOf } from './extract-codes.js';
import {
  type ExtractContent,
  type ExtractField,
  type ExtractKind,
  extractFields,
  fieldTypes,
  kindFields,
  type RowReason,
} from './extract.js';
import { columnsIn, type Mapping } from './extract-mapping.js';
import { readDay, readNumber, readScnCell, readYesNo } from './extract-values.js';

export interface ReadRow {
  readonly content: ExtractContent;
  readonly reasons: readonly RowReason[];
  /** Who, in that system: its own id, or else their SCN. */
  readonly personKey: string | null;
  /** Which record of them. */
  readonly recordKey: string | null;
}

export interface ReaderSettings {
  readonly kind: ExtractKind;
  readonly mapping: Mapping;
  readonly headings: readonly string[];
  /** A school by its code or its name, as the council mapped or wrote it; what is not in it is unknown. */
  readonly schools: ReadonlyMap<string, string>;
  readonly today: string;
}

/** Turns the fields of one row into what it says, or the reasons for which it is not taken. Pure. */
export function rowReaderOf(settings: ReaderSettings): (fields: readonly string[]) => ReadRow {
  const columns = [...columnsIn(settings.mapping, settings.headings)].filter(([, column]) => column >= 0);
  const codes = new Map(
    settings.mapping.codes.map(({ field, theirs, ours }) => [`${field} ${plainOf(theirs)}`, ours] as const),
  );
  const { required, key } = kindFields[settings.kind];
  return (fields) => {
    const content: Partial<Record<ExtractField, string>> = {};
    const reasons: RowReason[] = [];
    for (const [field, column] of columns) {
      const text = fields[column] ?? '';
      if (text === '') continue;
      const read = readField(field, text, settings, codes);
      if (typeof read === 'string') content[field] = read;
      else reasons.push(read);
    }
    for (const field of required)
      if (content[field] === undefined && !reasons.some((one) => one.field === field))
        reasons.push({ field, why: 'missing' });
    reasons.push(...contradictions(content, settings.today));
    const personKey = personKeyOf(content);
    if (personKey === null) reasons.push({ field: 'personKey', why: 'no-person' });
    const recordKey = personKey && [personKey, ...key.map((field) => content[field] ?? '')].join('\u001F');
    return { content, reasons, personKey, recordKey };
  };
}

function readField(
  field: ExtractField,
  text: string,
  { mapping, schools, today }: ReaderSettings,
  codes: ReadonlyMap<string, string>,
): string | RowReason {
  switch (fieldTypes[field]) {
    case 'text':
    case 'worker':
      return text.normalize('NFC').slice(0, 200);
    case 'date':
    case 'birth-date':
      return readDay(text, mapping.dateOrder, today) ?? { field, why: 'not-a-date' };
    case 'scn':
      return readScnCell(text) ?? { field, why: 'not-an-scn' };
    case 'number':
      return readNumber(text) ?? { field, why: 'not-a-number' };
    case 'yes-no':
      return readYesNo(text) ?? { field, why: 'not-yes-or-no' };
    case 'code':
      return codes.get(`${field} ${plainOf(text)}`) ?? codeIn(field, text) ?? { field, why: 'unknown-code' };
    case 'school': {
      const mapped = codes.get(`${field} ${plainOf(text)}`);
      return mapped ?? schools.get(plainOf(text)) ?? { field, why: 'unknown-school' };
    }
  }
}

function contradictions(content: ExtractContent, today: string): RowReason[] {
  const { from, to, birthOn, possible, actual, timetabled } = content;
  return [
    ...(from && to && to < from ? [{ field: 'to', why: 'ends-before-it-begins' } as const] : []),
    ...(birthOn && birthOn > today ? [{ field: 'birthOn', why: 'born-after-today' } as const] : []),
    ...(possible && Number(actual ?? 0) > Number(possible)
      ? [{ field: 'actual', why: 'more-than-possible' } as const]
      : []),
    ...(possible && Number(timetabled ?? 0) > Number(possible)
      ? [{ field: 'timetabled', why: 'more-than-possible' } as const]
      : []),
  ];
}

function personKeyOf({ personKey, scn }: ExtractContent): string | null {
  if (personKey) return personKey;
  return scn ? `scn ${scn}` : null;
}

/** The same content gives the same text, whatever order its columns came in. What a row's hash is made of. */
export function contentText(content: ExtractContent): string {
  return JSON.stringify(
    extractFields.flatMap((field) => (content[field] === undefined ? [] : [[field, content[field]]])),
  );
}

/** Fields that differ, in order. */
export function changedFields(before: ExtractContent, after: ExtractContent): ExtractField[] {
  return extractFields.filter((field) => before[field] !== after[field]);
}
