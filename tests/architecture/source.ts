import ts from 'typescript';

/** A file of the project: its path from the root, with '/', and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

export interface Import {
  readonly line: number;
  /** A path from the root for our own files ('bot/time.ts'), otherwise the package ('zod', 'node:path'). */
  readonly to: string;
  readonly ours: boolean;
  /** Nothing of it is there when the program runs. */
  readonly typeOnly: boolean;
}

/** What a file does that only a composition root may do, in the words of the source. */
export interface Act {
  readonly line: number;
  readonly what: string;
}

export interface Read {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly acts: readonly Act[];
  /** It declares nothing and only hands on what others declare. */
  readonly barrel: boolean;
}

export function readSource({ path, text }: Source, exists: (path: string) => boolean): Read {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const acts: Act[] = [];
  const lineOf = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found)
      imports.push({ line: lineOf(node), ...resolve(path, found.specifier, exists), typeOnly: found.typeOnly });
    const act = actOf(node);
    if (act) acts.push({ line: lineOf(node), what: act });
    ts.forEachChild(node, visit);
  };
  visit(file);
  const hands = file.statements.filter((one) => ts.isExportDeclaration(one) && one.moduleSpecifier !== undefined);
  return { path, imports, acts, barrel: hands.length > 0 && hands.length === file.statements.length };
}

function importOf(node: ts.Node): { specifier: string; typeOnly: boolean } | null {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, typesAlone(node.importClause));
  if (ts.isExportDeclaration(node)) return named(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return named(node.argument.literal, true);
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
    return named(node.moduleReference.expression, node.isTypeOnly);
  const called = ts.isCallExpression(node) ? node.expression : null;
  const loads = called && (called.kind === ts.SyntaxKind.ImportKeyword || called.getText() === 'require');
  return loads && ts.isCallExpression(node) ? named(node.arguments[0], false) : null;
}

function typesAlone(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const names = clause.namedBindings;
  return !clause.name && !!names && ts.isNamedImports(names) && names.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function named(specifier: ts.Node | undefined, typeOnly: boolean) {
  return specifier && ts.isStringLiteral(specifier) ? { specifier: specifier.text, typeOnly } : null;
}

function resolve(from: string, specifier: string, exists: (path: string) => boolean): { to: string; ours: boolean } {
  if (!specifier.startsWith('.')) return { to: packageName(specifier), ours: false };
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  const target = parts.join('/');
  const candidates = [target, target.replace(/\.js$/, '.ts'), target.replace(/\.js$/, '.tsx')];
  return { to: candidates.find(exists) ?? candidates[1] ?? target, ours: true };
}

/** '@scope/name/part' -> '@scope/name'; node's own modules keep their whole name. */
function packageName(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const clocksAndDice = ['Date.now', 'Math.random', 'Temporal.Now', 'performance.now', 'crypto.randomUUID'];

/** What may be handed the whole environment: bot/config.ts, and the console's choice between it and a laptop's. */
const configReaders = ['readConfig', 'readCommandConfig', 'environmentOf'];

function actOf(node: ts.Node): string | null {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return 'new Date()';
  if (!ts.isPropertyAccessExpression(node)) return null;
  const whole = node.getText();
  if (clocksAndDice.includes(whole)) return whole;
  if (node.expression.getText() !== 'process') return null;
  const reader = ts.isCallExpression(node.parent) ? node.parent.expression.getText() : '';
  return configReaders.includes(reader) ? `${whole} of ${reader}` : whole;
}
