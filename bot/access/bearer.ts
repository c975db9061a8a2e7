export type BearerFault = 'authorization-missing' | 'authorization-repeated' | 'authorization-malformed';

export type Bearer =
  { readonly ok: true; readonly token: string } | { readonly ok: false; readonly reason: BearerFault };

/** Every Authorization value of a request, from Node's `rawHeaders`: `headers` keeps only the first of several. */
export function authorizationValues(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'authorization');
}

/** The one bearer token among all Authorization values. Two values are refused: a proxy may have looked at the other one. */
export function bearerToken(values: readonly string[]): Bearer {
  const [value] = values;
  if (value === undefined) return { ok: false, reason: 'authorization-missing' };
  if (values.length > 1) return { ok: false, reason: 'authorization-repeated' };
  const token = /^bearer ([^\s,]+)$/i.exec(value)?.[1];
  return token === undefined ? { ok: false, reason: 'authorization-malformed' } : { ok: true, token };
}
