import { parse, type Node, type RangeVar } from 'libpg-query';

export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface SqlText extends Place {
  readonly sql: string;
}

/** One statement as PostgreSQL's own parser reads it, and where it begins. */
export interface Statement {
  readonly node: Node;
  readonly at: Place;
}

/** Throws an error that names the file and says PostgreSQL's own message. */
export async function readStatements({ file, line, sql }: SqlText): Promise<Statement[]> {
  const bytes = Buffer.from(sql);
  const { stmts = [] } = await parse(sql).catch((error: unknown) => {
    throw new SyntaxError(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
  return stmts.flatMap(({ stmt, stmt_location = 0 }) =>
    stmt ? [{ node: stmt, at: { file, line: line - 1 + lineOf(bytes, stmt_location) } }] : [],
  );
}

/** A statement's location is the end of the one before, in bytes: white space and comments stand in front of it. */
function lineOf(bytes: Buffer, location: number): number {
  const rest = bytes.subarray(location).toString();
  const blank = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(rest)?.[0] ?? '';
  return (bytes.subarray(0, location).toString() + blank).split('\n').length;
}

type Fields = Readonly<Record<string, unknown>>;

/** Every node below `value`, with its kind: `FuncCall`, `SubLink`, `RangeVar`, … */
export function* walk(value: unknown): Generator<{ readonly kind: string; readonly fields: Fields }> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item);
  else if (isFields(value))
    for (const [kind, inner] of Object.entries(value)) {
      if (/^[A-Z]/.test(kind) && isFields(inner)) yield { kind, fields: inner };
      // A relation named in a field of its own (`relation`, `table`) carries no kind: its relname tells.
      else if (isFields(inner) && typeof inner['relname'] === 'string') yield { kind: 'RangeVar', fields: inner };
      yield* walk(inner);
    }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function has(value: unknown, kind: string): boolean {
  for (const node of walk(value)) if (node.kind === kind) return true;
  return false;
}

/** The functions called below `value`, without their schema. */
export function callsIn(value: unknown): string[] {
  return [...walk(value)].flatMap(({ kind, fields }) =>
    kind === 'FuncCall' ? (words(fields['funcname']).at(-1) ?? []) : [],
  );
}

/** Names are lists of String nodes. */
export function words(nodes: unknown): string[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: unknown) => {
    const string = isFields(node) ? node['String'] : undefined;
    const text = isFields(string) ? string['sval'] : undefined;
    return typeof text === 'string' ? [text] : [];
  });
}

/** `name`, or `schema.name` outside public. */
export function tableName({ schemaname, relname = '' }: Pick<RangeVar, 'schemaname' | 'relname'>): string {
  return schemaname && schemaname !== 'public' ? `${schemaname}.${relname}` : relname;
}
