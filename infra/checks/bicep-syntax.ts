/**
 * Reads the Bicep that this project uses: parameters with decorators, variables, resources (with `existing` and `parent`),
 * outputs, and expressions of literals, objects, arrays, interpolation, calls and member access. There is no Bicep compiler
 * on npm; what is beyond this grammar (loops, conditions, modules, user-defined types) is refused with its line, not skipped.
 */
export type Expression =
  | { readonly kind: 'string'; readonly value: string; readonly line: number }
  | { readonly kind: 'interpolated'; readonly parts: readonly (string | Expression)[]; readonly line: number }
  | { readonly kind: 'number' | 'null'; readonly line: number }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly line: number }
  | { readonly kind: 'object'; readonly entries: readonly Entry[]; readonly line: number }
  | { readonly kind: 'array'; readonly items: readonly Expression[]; readonly line: number }
  | { readonly kind: 'name'; readonly name: string; readonly line: number }
  | { readonly kind: 'member'; readonly of: Expression; readonly member: string; readonly line: number }
  | { readonly kind: 'call'; readonly of: Expression; readonly given: readonly Expression[]; readonly line: number };

export interface Entry {
  /** As written; null when it is made by interpolation. */
  readonly key: string | null;
  readonly written: Expression;
  readonly value: Expression;
}

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly secure: boolean;
  readonly allowed: readonly Expression[] | null;
  readonly otherwise: Expression | null;
  readonly line: number;
}
export interface Resource {
  readonly name: string;
  /** 'Microsoft.App/containerApps@2026-01-01' */
  readonly type: string;
  readonly body: Extract<Expression, { kind: 'object' }>;
  readonly line: number;
}
export interface Named {
  readonly name: string;
  readonly value: Expression;
  readonly line: number;
}
export interface Template {
  readonly parameters: readonly Parameter[];
  readonly variables: readonly Named[];
  readonly resources: readonly Resource[];
  readonly outputs: readonly (Named & { readonly type: string })[];
}

export class BicepError extends Error {
  constructor(
    readonly line: number,
    why: string,
  ) {
    super(`line ${line}: ${why}`);
    this.name = 'BicepError';
  }
}

interface Token {
  readonly kind: 'name' | 'number' | 'text' | 'sign' | 'newline' | 'end';
  readonly text: string;
  readonly line: number;
  /** Of a text: what stands between its quotes, with expressions where `${}` stood. */
  readonly parts?: readonly (string | Expression)[];
}

/** Throws BicepError. */
export function readBicep(source: string): Template {
  return new Reader(tokensOf(source, 1)).template();
}

function tokensOf(source: string, firstLine: number): Token[] {
  const tokens: Token[] = [];
  let [at, line] = [0, firstLine];
  while (at < source.length) {
    const rest = source.slice(at);
    const skipped = /^(?:[ \t\r]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest)?.[0];
    if (skipped) {
      at += skipped.length;
      line += skipped.split('\n').length - 1;
      continue;
    }
    if (rest.startsWith("'''")) throw new BicepError(line, 'multi-line strings are not used here');
    if (rest.startsWith("'")) {
      const { length, parts } = readText(rest, line);
      tokens.push({ kind: 'text', text: rest.slice(0, length), line, parts });
      at += length;
      continue;
    }
    const found = /^(?<newline>\n)|^(?<name>[A-Za-z_]\w*)|^(?<number>\d+)|^(?<sign>[@={}[\]():.,?!])/.exec(rest);
    const [kind, text] = Object.entries(found?.groups ?? {}).find(([, value]) => Boolean(value)) ?? [];
    if (!text || !kind) throw new BicepError(line, `cannot read ${JSON.stringify(rest.slice(0, 12))}`);
    tokens.push({ kind: kind as Token['kind'], text, line });
    at += text.length;
    if (kind === 'newline') line += 1;
  }
  return [...tokens, { kind: 'end', text: '', line }];
}

/** From an opening quote to its closing one. */
function readText(source: string, line: number): { length: number; parts: (string | Expression)[] } {
  const parts: (string | Expression)[] = [];
  let [at, plain] = [1, ''];
  for (;;) {
    const letter = source[at];
    if (letter === undefined || letter === '\n') throw new BicepError(line, 'a string without its end');
    if (letter === "'") return { length: at + 1, parts: plain || parts.length === 0 ? [...parts, plain] : parts };
    if (letter === '\\') {
      plain += source[at + 1] ?? '';
      at += 2;
    } else if (letter === '$' && source[at + 1] === '{') {
      const end = closingOf(source, at + 2, line);
      if (plain) parts.push(plain);
      plain = '';
      parts.push(new Reader(tokensOf(source.slice(at + 2, end), line)).whole());
      at = end + 1;
    } else {
      plain += letter;
      at += 1;
    }
  }
}

function closingOf(source: string, from: number, line: number): number {
  for (let [at, depth] = [from, 1]; at < source.length; at += 1) {
    if (source[at] === '{') depth += 1;
    if (source[at] === '}' && (depth -= 1) === 0) return at;
  }
  throw new BicepError(line, 'an interpolation without its end');
}

class Reader {
  #at = 0;
  constructor(readonly tokens: readonly Token[]) {}

  template(): Template {
    const read = { parameters: [], variables: [], resources: [], outputs: [] } as {
      [Key in keyof Template]: Template[Key][number][];
    };
    for (this.#newlines(); this.#here.kind !== 'end'; this.#newlines()) {
      const decorators = this.#decorators();
      const { text: word, line } = this.#name();
      if (word === 'targetScope') this.#assigned();
      else if (word === 'param') read.parameters.push(this.#parameter(decorators));
      else if (word === 'var') read.variables.push({ name: this.#name().text, value: this.#assigned(), line });
      else if (word === 'resource') read.resources.push(this.#resource());
      else if (word === 'output') {
        const [name, type] = [this.#name().text, this.#name().text];
        read.outputs.push({ name, type, value: this.#assigned(), line });
      } else throw new BicepError(line, `"${word}" is not used here`);
    }
    return read;
  }

  whole(): Expression {
    const read = this.#expression();
    if (this.#here.kind !== 'end') throw new BicepError(this.#here.line, `unexpected "${this.#here.text}"`);
    return read;
  }

  get #here(): Token {
    return this.tokens[this.#at] ?? { kind: 'end', text: '', line: 0 };
  }
  #next(): Token {
    const here = this.#here;
    this.#at += 1;
    return here;
  }
  #newlines(): void {
    while (this.#here.kind === 'newline') this.#at += 1;
  }
  #is(sign: string): boolean {
    return this.#here.kind === 'sign' && this.#here.text === sign;
  }
  #take(sign: string): Token {
    if (!this.#is(sign)) throw new BicepError(this.#here.line, `"${sign}" was expected, not "${this.#here.text}"`);
    return this.#next();
  }
  #name(): Token {
    if (this.#here.kind !== 'name')
      throw new BicepError(this.#here.line, `a name was expected, not "${this.#here.text}"`);
    return this.#next();
  }
  #assigned(): Expression {
    this.#take('=');
    return this.#expression();
  }

  #decorators(): ReadonlyMap<string, readonly Expression[]> {
    const found = new Map<string, readonly Expression[]>();
    for (; this.#is('@'); this.#newlines()) {
      this.#take('@');
      const call = this.#expression();
      if (call.kind !== 'call' || call.of.kind !== 'name') throw new BicepError(call.line, 'a decorator was expected');
      found.set(call.of.name, call.given);
    }
    return found;
  }

  #parameter(decorators: ReadonlyMap<string, readonly Expression[]>): Parameter {
    const { text: name, line } = this.#name();
    const type = this.#name().text;
    const [allowed] = decorators.get('allowed') ?? [];
    return {
      ...{ name, type, line, secure: decorators.has('secure') },
      allowed: allowed?.kind === 'array' ? allowed.items : null,
      otherwise: this.#is('=') ? this.#assigned() : null,
    };
  }

  #resource(): Resource {
    const { text: name, line } = this.#name();
    const type = this.#expression();
    if (type.kind !== 'string') throw new BicepError(line, 'a resource has a type in quotes');
    this.#take('=');
    const body = this.#expression();
    if (body.kind !== 'object') throw new BicepError(line, 'conditions and loops are not used here');
    return { name, type: type.value, body, line };
  }

  #expression(): Expression {
    let read = this.#primary();
    for (;;) {
      const { line } = this.#here;
      if (this.#is('.')) {
        this.#take('.');
        read = { kind: 'member', of: read, member: this.#name().text, line };
      } else if (this.#is('(')) read = { kind: 'call', of: read, given: this.#listed('(', ')'), line };
      else if (this.#is('?') || this.#is('!') || this.#is('[')) {
        throw new BicepError(line, `"${this.#here.text}" after an expression is not used here`);
      } else return read;
    }
  }

  #primary(): Expression {
    const { kind, text, line, parts = [] } = this.#here;
    if (this.#is('{')) return { kind: 'object', entries: this.#entries(), line };
    if (this.#is('[')) return { kind: 'array', items: this.#listed('[', ']'), line };
    this.#next();
    if (kind === 'number') return { kind, line };
    if (kind === 'text') {
      const [only = ''] = parts;
      return parts.length <= 1 && typeof only === 'string'
        ? { kind: 'string', value: only, line }
        : { kind: 'interpolated', parts, line };
    }
    if (kind !== 'name') throw new BicepError(line, `a value was expected, not "${text}"`);
    if (text === 'true' || text === 'false') return { kind: 'boolean', value: text === 'true', line };
    return text === 'null' ? { kind: 'null', line } : { kind: 'name', name: text, line };
  }

  #listed(open: string, close: string): Expression[] {
    const items: Expression[] = [];
    this.#take(open);
    for (this.#newlines(); !this.#is(close); this.#newlines()) {
      if (this.#is(',')) this.#take(',');
      else items.push(this.#expression());
    }
    this.#take(close);
    return items;
  }

  #entries(): Entry[] {
    const entries: Entry[] = [];
    this.#take('{');
    for (this.#newlines(); !this.#is('}'); this.#newlines()) {
      const written = this.#primary();
      this.#take(':');
      const key = written.kind === 'name' ? written.name : written.kind === 'string' ? written.value : null;
      entries.push({ key, written, value: this.#expression() });
      if (this.#is(',')) this.#take(',');
    }
    this.#take('}');
    return entries;
  }
}
