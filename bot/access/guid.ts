const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const nil = '00000000-0000-0000-0000-000000000000';

/** A GUID in lower case, or null when it is none. The nil GUID is nobody. */
export function readGuid(value: unknown): string | null {
  if (typeof value !== 'string' || value === nil || !guid.test(value)) return null;
  return value.toLowerCase();
}
