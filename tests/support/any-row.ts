import type pg from 'pg';

/** A table's columns that a row must give, with the words its CHECK allows where it lists them. */
export interface TableShape {
  readonly table: string;
  readonly columns: readonly string[];
  readonly required: readonly { readonly column: string; readonly type: string; readonly word: string | null }[];
}

type Value = string | number | boolean | null;

/** The shapes of every table in schema public, read from the database: a table added later is tested without being named. */
export async function readShapes(client: pg.Pool): Promise<TableShape[]> {
  const { rows } = await client.query<{
    table: string;
    column: string;
    type: string;
    required: boolean;
    check: string | null;
  }>(`
    select c.relname as "table", a.attname as "column", format_type(a.atttypid, null) as type,
      a.attnotnull and not a.atthasdef and a.attidentity = '' as required,
      (select pg_get_constraintdef(k.oid) from pg_constraint k
        where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1) as check
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    order by c.relname, a.attnum`);
  const tables = [...new Set(rows.map((row) => row.table))];
  return tables.map((table) => {
    const own = rows.filter((row) => row.table === table);
    return {
      table,
      columns: own.map(({ column }) => column),
      required: own
        .filter((row) => row.required)
        .map(({ column, type, check }) => ({ column, type, word: /'([^']+)'::text/.exec(check ?? '')?.[1] ?? null })),
    };
  });
}

let made = 0;

/** 00000000-0000-7000-8000-… with the number in its last digits. */
export function uuid(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

/** What ends comes after what begins: a period without length is refused by tables that hold periods. */
const endOf = /^(until|ends?|valid_to|known_to)(_|$)/;

function valueOf(column: string, type: string): Value {
  made += 1;
  if (endOf.test(column) && type === 'date') return '2026-08-18';
  if (endOf.test(column) && type === 'timestamp with time zone') return '2026-08-17T10:00:00Z';
  if (type === 'uuid') return uuid(0x10_0000 + made);
  if (type === 'date') return '2026-08-17';
  if (type === 'timestamp with time zone') return '2026-08-17T09:00:00Z';
  if (type === 'boolean') return false;
  if (type === 'smallint') return 1;
  if (['integer', 'bigint', 'double precision', 'real', 'numeric'].includes(type)) return made;
  if (type === 'jsonb') return '{}';
  if (type === 'bytea') return `\\x${made.toString(16).padStart(8, '0')}`;
  if (type.endsWith('[]')) return '{}';
  return `word-${made}`;
}

/** Inserts a row that satisfies the table's own rules, with `fixed` where the table has such columns. */
export async function insertAnyRow(
  client: pg.ClientBase,
  shape: TableShape,
  fixed: Readonly<Record<string, Value>>,
): Promise<void> {
  const row = new Map<string, Value>(
    shape.required.map(({ column, type, word }) => [column, word ?? valueOf(column, type)]),
  );
  for (const [column, value] of Object.entries(fixed)) if (shape.columns.includes(column)) row.set(column, value);
  const names = [...row.keys()].map((column) => client.escapeIdentifier(column)).join(', ');
  const places = [...row.keys()].map((_, index) => `$${index + 1}`).join(', ');
  await client.query(`insert into ${client.escapeIdentifier(shape.table)} (${names}) values (${places})`, [
    ...row.values(),
  ]);
}
