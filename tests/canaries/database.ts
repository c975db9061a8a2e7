import pg from 'pg';
import type { Piece } from './evidence.js';

/** Every cell of every table, as the superuser sees it: what is kept beside the columns that are meant to hold it. */
export async function everyCell(superuserUrl: string): Promise<Piece[]> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const tables = await client.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const pieces: Piece[] = [];
    for (const { schema, name } of tables.rows) {
      const { rows } = await client.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(t) as row from "${schema}"."${name}" t`,
      );
      const table = schema === 'public' ? name : `${schema}.${name}`;
      for (const [column, values] of byColumn(rows.map(({ row }) => row)))
        pieces.push({ surface: 'database', where: `${table}.${column}`, content: values.join('\n') });
    }
    return pieces;
  } finally {
    await client.end();
  }
}

function byColumn(rows: readonly Record<string, unknown>[]): Map<string, string[]> {
  const columns = new Map<string, string[]>();
  for (const row of rows)
    for (const [column, value] of Object.entries(row)) {
      if (value === null) continue;
      const values = columns.get(column) ?? [];
      values.push(typeof value === 'string' ? value : JSON.stringify(value));
      columns.set(column, values);
    }
  return columns;
}
