import { featureOf, features, type Ring, type RingName } from './plan.js';

/** '*' is one name, '**' any path, '{a,b}' either. */
export function matches(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) => expression(glob).test(path));
}

const expressions = new Map<string, RegExp>();

function expression(glob: string): RegExp {
  const known = expressions.get(glob);
  if (known) return known;
  const source = glob
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, either: string) => `(?:${either.replaceAll(',', '|')})`)
    .replace(/\*\*\/?|\*/g, (star) => (star === '*' ? '[^/]*' : '.*'));
  const made = new RegExp(`^${source}$`);
  expressions.set(glob, made);
  return made;
}

/** The first ring of the plan that names the file; null when no room is planned for it. */
export function ringOf(path: string, plan: readonly Ring[]): Ring | null {
  return plan.find(({ files }) => matches(path, files)) ?? null;
}

/** May a file of this feature use one of that feature, by the order in which features know each other? */
export function mayKnow(from: string, to: string): 'own' | 'earlier' | null {
  const [own, other] = [featureOf(from), featureOf(to)];
  if (own === null || other === null) return null;
  if (own === other) return 'own';
  const level = (name: string) => features.findIndex((names) => names.some((one) => one === name));
  return level(other) < level(own) ? 'earlier' : null;
}

/** Is the target within what the ring lists: 'context', or of features 'own pure', 'earlier service'? */
export function lists(listed: readonly string[], from: string, to: string, ring: RingName): boolean {
  if (listed.includes(ring)) return true;
  const known = mayKnow(from, to);
  return known !== null && listed.includes(`${known} ${ring}`);
}
