import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Expression, Resource, Template } from './bicep-syntax.js';

/**
 * Azure's own types of its resources (Azure/bicep-types-az, in ../shared/contracts/bicep-types): a list a file, in which one
 * entry refers to another by its place. Flags: 1 required, 2 read-only.
 */
const reference = z.object({ $ref: z.string() });
const property = z.object({ type: reference, flags: z.number() });
const typeEntry = z.looseObject({
  $type: z.string(),
  name: z.string().optional(),
  value: z.string().optional(),
  body: reference.optional(),
  properties: z.record(z.string(), property).optional(),
  baseProperties: z.record(z.string(), property).optional(),
  additionalProperties: reference.optional(),
  itemType: reference.optional(),
  discriminator: z.string().optional(),
  elements: z.union([z.array(reference), z.record(z.string(), reference)]).optional(),
});
type TypeEntry = z.infer<typeof typeEntry>;

/** Resource type with version -> its type, and a way from there to the next. */
export type ResourceTypes = ReadonlyMap<string, { readonly type: TypeEntry; readonly all: readonly TypeEntry[] }>;

/** Null when the contracts are not beside this checkout. */
export function loadResourceTypes(folder: string): ResourceTypes | null {
  if (!existsSync(folder)) return null;
  const types = new Map<string, { type: TypeEntry; all: TypeEntry[] }>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const all = z.array(typeEntry).parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    for (const { $type, name, body } of all) {
      if ($type === 'ResourceType' && name && body) types.set(name, { type: follow(all, body), all });
    }
  }
  return types;
}

function follow(all: readonly TypeEntry[], { $ref }: { $ref: string }): TypeEntry {
  const found = all[Number($ref.slice('#/'.length))];
  if (!found) throw new Error(`a type refers to ${$ref}, which is not there`);
  return found;
}

export interface Finding {
  readonly line: number;
  readonly why: string;
}

/** What Azure would refuse: unknown or read-only properties, missing ones, values of another shape or outside a list. */
export function checkTypes(template: Template, types: ResourceTypes): Finding[] {
  const values = new Map(template.variables.map(({ name, value }) => [name, value]));
  const parameters = new Map(template.parameters.map((one) => [one.name, one.type]));
  return template.resources.flatMap((resource) => {
    const known = types.get(resource.type);
    if (!known) return [{ line: resource.line, why: `there are no types of ${resource.type}` }];
    return new Walk(known.all, values, parameters).resource(resource, known.type);
  });
}

class Walk {
  readonly #found: Finding[] = [];
  constructor(
    readonly all: readonly TypeEntry[],
    readonly values: ReadonlyMap<string, Expression>,
    readonly parameters: ReadonlyMap<string, string>,
  ) {}

  resource({ name, body }: Resource, type: TypeEntry): Finding[] {
    // `parent` is Bicep's own.
    const entries = body.entries.filter(({ key }) => key !== 'parent');
    this.#value({ ...body, entries }, type, name);
    return this.#found;
  }

  #complain(line: number, why: string): void {
    this.#found.push({ line, why });
  }

  #value(given: Expression, type: TypeEntry, path: string): void {
    const value = given.kind === 'name' ? (this.values.get(given.name) ?? given) : given;
    if (type.$type === 'AnyType' || value.kind === 'null') return;
    if (type.$type === 'ObjectType' || type.$type === 'DiscriminatedObjectType') return this.#object(value, type, path);
    if (type.$type === 'ArrayType') return this.#array(value, type, path);
    const wanted = type.$type === 'UnionType' || type.$type.startsWith('String') ? 'string' : type.$type;
    const got = this.#shapeOf(value);
    const plain = { string: 'string', IntegerType: 'int', BooleanType: 'bool' }[wanted] ?? wanted;
    if (got !== 'unknown' && got !== plain) return this.#complain(value.line, `${path} is ${plain}, not ${got}`);
    if (value.kind === 'string') this.#text(value, type, path);
  }

  #text({ value, line }: { value: string; line: number }, type: TypeEntry, path: string): void {
    const listed = Array.isArray(type.elements) ? type.elements.map((one) => follow(this.all, one)) : [type];
    const literals = listed.flatMap((one) =>
      one.$type === 'StringLiteralType' && one.value !== undefined ? [one.value] : [],
    );
    // Azure leaves its lists open; what is not on one is a slip all the same.
    if (literals.length > 0 && !literals.includes(value)) {
      this.#complain(line, `${path} is "${value}", which is none of ${literals.join(', ')}`);
    }
  }

  #array(value: Expression, { itemType }: TypeEntry, path: string): void {
    if (value.kind === 'call' && value.of.kind === 'name' && value.of.name === 'concat') {
      for (const part of value.given)
        this.#array(
          part.kind === 'name' ? (this.values.get(part.name) ?? part) : part,
          { $type: 'ArrayType', itemType },
          path,
        );
      return;
    }
    if (value.kind !== 'array') {
      if (this.#shapeOf(value) !== 'unknown' && this.#shapeOf(value) !== 'array')
        this.#complain(value.line, `${path} is a list`);
      return;
    }
    if (!itemType) return;
    value.items.forEach((item, index) => this.#value(item, follow(this.all, itemType), `${path}[${index}]`));
  }

  #object(value: Expression, type: TypeEntry, path: string): void {
    if (value.kind !== 'object') {
      const got = this.#shapeOf(value);
      if (got !== 'unknown' && got !== 'object') this.#complain(value.line, `${path} is an object, not ${got}`);
      return;
    }
    const { properties, additional } = this.#propertiesOf(value, type);
    for (const { key, value: inner, written } of value.entries) {
      const own = key === null ? undefined : properties[key];
      const where = `${path}.${key ?? '(made)'}`;
      if (own && (own.flags & 2) !== 0) this.#complain(written.line, `${where} is read-only`);
      else if (own) this.#value(inner, follow(this.all, own.type), where);
      else if (additional) this.#value(inner, follow(this.all, additional), where);
      else this.#complain(written.line, `${where} is unknown; there are ${Object.keys(properties).join(', ')}`);
    }
    for (const [key, { flags }] of Object.entries(properties)) {
      if ((flags & 3) === 1 && !value.entries.some((entry) => entry.key === key))
        this.#complain(value.line, `${path}.${key} is missing`);
    }
  }

  #propertiesOf(value: Extract<Expression, { kind: 'object' }>, type: TypeEntry) {
    const { discriminator, elements, baseProperties = {}, properties = {}, additionalProperties: additional } = type;
    if (!discriminator || !elements || Array.isArray(elements)) return { properties, additional };
    const chosen = value.entries.find(({ key }) => key === discriminator)?.value;
    const element = chosen?.kind === 'string' ? elements[chosen.value] : undefined;
    const more = element ? (follow(this.all, element).properties ?? {}) : {};
    return { properties: { ...baseProperties, ...more }, additional };
  }

  #shapeOf(value: Expression): string {
    if (value.kind === 'string' || value.kind === 'interpolated') return 'string';
    if (value.kind === 'number') return 'int';
    if (value.kind === 'boolean') return 'bool';
    if (value.kind === 'object' || value.kind === 'array') return value.kind;
    return value.kind === 'name' ? (this.parameters.get(value.name) ?? 'unknown') : 'unknown';
  }
}
