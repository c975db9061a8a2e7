/** The values of a settings file: NAME=value a line; '#' begins a comment line. Later lines win. */
export function readSettings(text: string): Map<string, string> {
  const settings = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name && value !== undefined) settings.set(name, value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  return settings;
}

/** Puts values where the text says ${{NAME}}. Throws an Error that names every setting that is missing or empty. */
export function fill(text: string, settings: ReadonlyMap<string, string>): string {
  const missing = new Set<string>();
  const filled = text.replace(/\$\{\{\s*([A-Z][A-Z0-9_]*)\s*\}\}/g, (_, name: string) => {
    const value = settings.get(name);
    if (!value) missing.add(name);
    // A value stands inside a JSON text: a quote in it must not end that.
    return JSON.stringify(value ?? '').slice(1, -1);
  });
  if (missing.size > 0) throw new Error(`missing: ${[...missing].join(', ')}`);
  return filled;
}
