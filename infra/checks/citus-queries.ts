import ts from 'typescript';
import { distribution } from './citus-tables.js';
import { callsIn, readStatements, walk, words, type Place, type SqlText } from './sql-tree.js';

/** Functions of PostgreSQL that are volatile and that somebody could write into an UPDATE. */
const volatile = [
  'random',
  'gen_random_uuid',
  'uuidv4',
  'uuidv7',
  'clock_timestamp',
  'timeofday',
  'nextval',
  'setval',
  'pg_sleep',
];

type QueryRule = 'set-config' | 'volatile-update' | 'lock-one-authority';

/**
 * Strings and templates of a TypeScript file that hold SQL: those tagged `sql`, and those that begin like a statement.
 * What is filled in stands as $1, so a template that fills in names or whole clauses may not parse: see checkQuery.
 */
export function sqlTexts(file: string, source: string): SqlText[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const texts: SqlText[] = [];
  const visit = (node: ts.Node): void => {
    const template = ts.isTaggedTemplateExpression(node) && /^sql\b/.test(node.tag.getText()) ? node.template : node;
    const tagged = template !== node;
    const text = textOf(template);
    if (text !== null && (tagged || /^\s*(select|insert|update|delete|with|begin|set local)\s/i.test(text)))
      texts.push({ file, line: tree.getLineAndCharacterOfPosition(template.getStart()).line + 1, sql: text });
    if (!tagged) ts.forEachChild(node, visit);
    else if (ts.isTemplateExpression(template)) template.templateSpans.forEach(({ expression }) => visit(expression));
  };
  visit(tree);
  return texts;
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map(({ literal }, index) => `$${index + 1}${literal.text}`).join('');
}

/** The rules that a text breaks, and where. A fragment that is no statement by itself is looked at as words. */
export async function checkQuery(text: SqlText): Promise<{ rule: QueryRule; at: Place }[]> {
  const broken = [...text.sql.matchAll(/\bset_config\s*\(/gi)].map((match): { rule: QueryRule; at: Place } => ({
    rule: 'set-config',
    at: { file: text.file, line: text.line + text.sql.slice(0, match.index).split('\n').length - 1 },
  }));
  for (const { node, at } of await readStatements(text).catch(() => []))
    for (const { kind, fields } of walk(node)) {
      if (kind === 'UpdateStmt' && callsIn(fields).some((name) => volatile.includes(name)))
        broken.push({ rule: 'volatile-update', at });
      if (kind === 'SelectStmt' && fields['lockingClause'] && !namesAuthority(fields['whereClause']))
        broken.push({ rule: 'lock-one-authority', at });
    }
  return broken;
}

/** `authority_id = something` anywhere in the condition. */
function namesAuthority(where: unknown): boolean {
  return [...walk(where)].some(
    ({ kind, fields }) =>
      kind === 'A_Expr' &&
      words(fields['name']).includes('=') &&
      [...walk([fields['lexpr'], fields['rexpr']])].some(
        (inner) => inner.kind === 'ColumnRef' && words(inner.fields['fields']).at(-1) === distribution,
      ),
  );
}
