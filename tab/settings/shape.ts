import { z } from 'zod';

/** What a setting's value looks like, read from its JSON Schema: enough for a plain editor. Pure. */
export type Shape =
  | { readonly kind: 'text'; readonly most: number }
  | { readonly kind: 'number'; readonly least: number | null; readonly most: number | null }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  /** Somebody of the team, a school or a cluster: kept by id, shown by name. */
  | { readonly kind: 'named'; readonly of: 'person' | 'school' | 'cluster' }
  | { readonly kind: 'yes-no' }
  /** 1 Monday to 7 Sunday (ISO 8601). */
  | { readonly kind: 'weekday' }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'group'; readonly fields: readonly FieldShape[] }
  /** May be null. */
  | { readonly kind: 'maybe'; readonly of: Shape }
  /** Something that the editor has no form for: shown and written as JSON. */
  | { readonly kind: 'raw' };

export interface FieldShape {
  readonly name: string;
  readonly label: string;
  readonly shape: Shape;
  readonly required: boolean;
}

const schemaNode = z.object({
  type: z.string().optional(),
  title: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  propertyNames: z.object({ enum: z.array(z.string()) }).optional(),
  additionalProperties: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
});

export function shapeOf(schema: unknown): Shape {
  const parsed = schemaNode.safeParse(schema);
  if (!parsed.success) return { kind: 'raw' };
  const node = parsed.data;
  if (node.enum) return { kind: 'choice', options: node.enum };
  if (node.anyOf) return maybe(node.anyOf);
  switch (node.type) {
    case 'string':
      if (node.format === 'uuid') return { kind: 'named', of: 'person' };
      return { kind: 'text', most: node.maxLength ?? oneLine };
    case 'integer':
    case 'number':
      return { kind: 'number', least: limit(node.minimum), most: limit(node.maximum) };
    case 'boolean':
      return { kind: 'yes-no' };
    case 'array':
      return { kind: 'list', of: shapeOf(node.items) };
    case 'object':
      return group(node);
    default:
      return { kind: 'raw' };
  }
}

/** Longer text gets more than one line to be written in. Characters. */
export const oneLine = 200;

/** The safe-integer limits that a schema of whole numbers carries are not limits that a person set. */
function limit(value: number | undefined): number | null {
  return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? null : value;
}

function maybe(options: readonly unknown[]): Shape {
  const isNull = (option: unknown) => schemaNode.safeParse(option).data?.type === 'null';
  const [only, ...more] = options.filter((option) => !isNull(option));
  return only !== undefined && more.length === 0 ? { kind: 'maybe', of: shapeOf(only) } : { kind: 'raw' };
}

function group(node: z.infer<typeof schemaNode>): Shape {
  const field = (name: string, schema: unknown): FieldShape => ({
    name,
    label: schemaNode.safeParse(schema).data?.title ?? labelOf(name),
    shape: shapeOfField(name, schema),
    required: node.required?.includes(name) ?? false,
  });
  if (node.properties)
    return { kind: 'group', fields: Object.entries(node.properties).map(([name, schema]) => field(name, schema)) };
  if (node.propertyNames)
    return { kind: 'group', fields: node.propertyNames.enum.map((name) => field(name, node.additionalProperties)) };
  return { kind: 'raw' };
}

/** What a field is can be told by its name where the schema says only that it is a number or an id. */
function shapeOfField(name: string, schema: unknown): Shape {
  if (name === 'weekday') return { kind: 'weekday' };
  const shape = shapeOf(schema);
  if (shape.kind !== 'named') return shape;
  const of = (['school', 'cluster'] as const).find((one) => name === `${one}Id`);
  return of ? { kind: 'named', of } : shape;
}

/** 'outOfHours' -> 'Out of hours', 'this-week' -> 'This week'. */
export function labelOf(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[-_]/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Something to begin with: required fields are there, empty; nothing is guessed. */
export function emptyOf(shape: Shape): unknown {
  switch (shape.kind) {
    case 'text':
    case 'named':
      return '';
    case 'choice':
      return shape.options[0] ?? '';
    case 'yes-no':
      return false;
    case 'list':
      return [];
    case 'group':
      return Object.fromEntries(shape.fields.flatMap((one) => (one.required ? [[one.name, emptyOf(one.shape)]] : [])));
    case 'maybe':
    case 'raw':
      return null;
    case 'weekday':
    case 'number':
      return undefined;
  }
}

export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asGroup(value: unknown): Readonly<Record<string, unknown>> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(value);
  return parsed.success ? parsed.data : {};
}

/** The group with one field set, or without it when there is nothing. */
export function withField(value: unknown, name: string, next: unknown): Record<string, unknown> {
  const { [name]: _old, ...rest } = asGroup(value);
  return next === undefined ? rest : { ...rest, [name]: next };
}
