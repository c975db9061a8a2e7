import type { ColumnDef, Constraint, IndexStmt, Node } from 'libpg-query';
import { tableName, words, type Place, type Statement } from './sql-tree.js';

/** A table as the migrations leave it, as far as Citus' rules ask. */
export interface Table {
  readonly name: string;
  readonly at: Place;
  primaryKey: readonly string[] | null;
  readonly uniques: Unique[];
  readonly foreignKeys: ForeignKey[];
  readonly identities: { readonly column: string; readonly type: string; readonly at: Place }[];
}

export interface Unique {
  readonly name: string;
  readonly columns: readonly string[];
  readonly at: Place;
}

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly target: string;
  /** Empty: the target's primary key. */
  readonly targetColumns: readonly string[];
  /** What deleting the target does sets columns to NULL or to their default. */
  readonly setsColumns: boolean;
  readonly at: Place;
}

export const distribution = 'authority_id';

/** Schema directory is Citus' reference tables, schema migration stays on the coordinator. */
export function isDistributed(table: string): boolean {
  return !/^(directory|migration)\./.test(table) && table !== 'schema_migration';
}

/** Follows the statements in order. */
export function readTables(statements: readonly Statement[]): Map<string, Table> {
  const tables = new Map<string, Table>();
  for (const { node, at } of statements) readStatement(tables, node, at);
  return tables;
}

function readStatement(tables: Map<string, Table>, node: Node, at: Place): void {
  if ('CreateStmt' in node) {
    const { relation = {}, tableElts = [] } = node.CreateStmt;
    const table = addTable(tables, tableName(relation), at);
    for (const element of tableElts) addElement(table, element, at);
  } else if ('CreateTableAsStmt' in node && node.CreateTableAsStmt.objtype === 'OBJECT_TABLE') {
    addTable(tables, tableName(node.CreateTableAsStmt.into?.rel ?? {}), at);
  } else if ('AlterTableStmt' in node) {
    const table = tables.get(tableName(node.AlterTableStmt.relation ?? {}));
    for (const command of node.AlterTableStmt.cmds ?? [])
      if (table && 'AlterTableCmd' in command && command.AlterTableCmd.def)
        addElement(table, command.AlterTableCmd.def, at);
  } else if ('IndexStmt' in node && node.IndexStmt.unique) {
    tables.get(tableName(node.IndexStmt.relation ?? {}))?.uniques.push(uniqueIndex(node.IndexStmt, at));
  } else if ('DropStmt' in node && node.DropStmt.removeType === 'OBJECT_TABLE') {
    for (const object of node.DropStmt.objects ?? [])
      if ('List' in object)
        tables.delete(
          words(object.List.items)
            .join('.')
            .replace(/^public\./, ''),
        );
  } else if ('RenameStmt' in node && node.RenameStmt.renameType === 'OBJECT_TABLE') {
    const from = tableName(node.RenameStmt.relation ?? {});
    const table = tables.get(from);
    const to = tableName({ ...node.RenameStmt.relation, relname: node.RenameStmt.newname ?? '' });
    if (table && tables.delete(from)) tables.set(to, { ...table, name: to });
  }
}

function addTable(tables: Map<string, Table>, name: string, at: Place): Table {
  const table: Table = { name, at, primaryKey: null, uniques: [], foreignKeys: [], identities: [] };
  tables.set(name, table);
  return table;
}

function addElement(table: Table, element: Node, at: Place): void {
  if ('Constraint' in element) addConstraint(table, element.Constraint, at, []);
  if ('ColumnDef' in element) addColumn(table, element.ColumnDef, at);
}

function addColumn(table: Table, { colname = '', typeName, constraints = [] }: ColumnDef, at: Place): void {
  const type = words(typeName?.names).at(-1) ?? '';
  if (/serial/.test(type)) table.identities.push({ column: colname, type, at });
  for (const constraint of constraints) {
    if (!('Constraint' in constraint)) continue;
    if (constraint.Constraint.contype === 'CONSTR_IDENTITY') table.identities.push({ column: colname, type, at });
    else addConstraint(table, constraint.Constraint, at, [colname]);
  }
}

/** `own` is the column that the constraint is written behind, if it is. */
function addConstraint(table: Table, constraint: Constraint, at: Place, own: readonly string[]): void {
  const keys = constraint.indexname
    ? (table.uniques.find(({ name }) => name === constraint.indexname)?.columns ?? [])
    : [...own, ...words(constraint.keys)];
  const name = constraint.conname ?? `${table.name} (${keys.join(', ')})`;
  if (constraint.contype === 'CONSTR_PRIMARY') table.primaryKey = keys;
  else if (constraint.contype === 'CONSTR_UNIQUE') table.uniques.push({ name, columns: keys, at });
  else if (constraint.contype === 'CONSTR_EXCLUSION')
    table.uniques.push({ name, columns: excludedEqual(constraint), at });
  else if (constraint.contype === 'CONSTR_FOREIGN')
    table.foreignKeys.push({
      columns: [...own, ...words(constraint.fk_attrs)],
      target: tableName(constraint.pktable ?? {}),
      targetColumns: words(constraint.pk_attrs),
      setsColumns:
        ['n', 'd'].includes(constraint.fk_del_action ?? '') && words(constraint.fk_del_set_cols).length === 0,
      at,
    });
}

/** An exclusion is a unique key only over what it compares with `=`. */
function excludedEqual({ exclusions = [] }: Constraint): string[] {
  return exclusions.flatMap((pair) => {
    const [element, operator] = 'List' in pair ? (pair.List.items ?? []) : [];
    const equal = operator && 'List' in operator && words(operator.List.items).at(-1) === '=';
    return equal && element && 'IndexElem' in element ? (element.IndexElem.name ?? []) : [];
  });
}

function uniqueIndex({ idxname = 'unnamed', indexParams = [] }: IndexStmt, at: Place): Unique {
  return {
    name: idxname,
    columns: indexParams.flatMap((part) => ('IndexElem' in part ? (part.IndexElem.name ?? []) : [])),
    at,
  };
}
