import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { z } from 'zod';

const operation = z.object({
  responses: z.record(
    z.string(),
    z.object({ content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }).optional() }),
  ),
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }) }).optional(),
});
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

export interface GraphContract {
  /** What is wrong with an answer; empty when nothing is. Throws when the contract has no such operation or status. */
  answer(method: string, path: string, status: number, body: unknown): string[];
  /** The same for what is sent. */
  request(method: string, path: string, body: unknown): string[];
  /** Which operations were held against it so far, 'POST /users/{user-id}/events'. */
  readonly covered: Set<string>;
}

/** OpenAPI 3.0 is close enough to JSON Schema for ajv, once `nullable` beside `allOf` is said in its words. */
export function graphContract(file: unknown): GraphContract {
  const { paths, components } = document.parse(file);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // Graph leaves out the type of what its own formats say; only the ones that ajv lacks are named here.
  for (const format of ['int32', 'double', 'float', 'duration']) ajv.addFormat(format, true);
  ajv.addFormat('time', /^\d\d:\d\d:\d\d(\.\d+)?$/); // Edm.TimeOfDay, which has no offset
  ajv.addSchema({ $id: 'graph', components: { schemas: closed(translated(components.schemas)) } });
  const covered = new Set<string>();

  function find(method: string, path: string): [string, z.infer<typeof operation>] {
    const name = Object.keys(paths).find((template) => fits(template, path));
    const found = name ? paths[name]?.[method.toLowerCase()] : undefined;
    if (!name || !found) throw new Error(`The contract has no ${method} ${path}`);
    covered.add(`${method} ${name}`);
    return [name, operation.parse(found)];
  }

  function check(schema: unknown, body: unknown): string[] {
    const validate = ajv.compile(translated(schema) as object);
    return validate(body) ? [] : (validate.errors ?? []).map(worded);
  }

  return {
    covered,
    answer(method, path, status, body) {
      const [, { responses }] = find(method, path);
      const family = `${String(status).charAt(0)}XX`;
      const response = responses[String(status)] ?? responses[family];
      if (!response) return [`${status} is not an answer of ${method} ${path}`];
      if (!response.content) return body === null ? [] : ['a body where the contract has none'];
      return check(response.content['application/json'].schema, body);
    },
    request(method, path, body) {
      const [, { requestBody }] = find(method, path);
      return requestBody ? check(requestBody.content['application/json'].schema, body) : ['no body is taken'];
    },
  };
}

const worded = (error: ErrorObject) => `${error.instancePath} ${error.message ?? ''} ${JSON.stringify(error.params)}`;

function fits(template: string, path: string): boolean {
  const [wanted, given] = [template.replace('()', '').split('/'), path.replace('()', '').split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith('{') || part === given[index]);
}

/** `nullable: true` becomes a choice of null; references point into the one document. */
function translated(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(translated);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).filter(([key]) => key !== 'nullable');
  const plain = Object.fromEntries(
    entries.map(([key, value]) => [key, key === '$ref' ? String(value).replace('#/', 'graph#/') : translated(value)]),
  );
  return 'nullable' in schema && schema.nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
}

/**
 * Microsoft's types are open, so that a misspelt property would pass. Each named type is closed here over everything that it
 * and its bases declare; what OData itself adds begins with '@'.
 */
function closed(schemas: unknown): unknown {
  const all = z.record(z.string(), z.record(z.string(), z.unknown())).parse(schemas);
  const isBase = new Set(Object.values(all).flatMap((schema) => bases(schema)));
  return Object.fromEntries(
    Object.entries(all).map(([name, schema]) => {
      if (isBase.has(name) || !(schema['allOf'] ?? schema['properties'])) return [name, schema];
      return [name, { ...schema, propertyNames: { anyOf: [{ pattern: '@' }, { enum: declared(all, name) }] } }];
    }),
  );
}

function bases(schema: Record<string, unknown>): string[] {
  const parts = Array.isArray(schema['allOf']) ? (schema['allOf'] as { $ref?: string }[]) : [];
  return parts.flatMap((part) => part.$ref?.split('/').at(-1) ?? []);
}

function declared(all: Record<string, Record<string, unknown>>, name: string): string[] {
  const schema = all[name] ?? {};
  const parts = [schema, ...(Array.isArray(schema['allOf']) ? (schema['allOf'] as Record<string, unknown>[]) : [])];
  const own = parts.flatMap((part) => Object.keys((part['properties'] as object | undefined) ?? {}));
  return [...own, ...bases(schema).flatMap((base) => declared(all, base))];
}
