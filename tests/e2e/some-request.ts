import { z } from 'zod';
import { cast } from '../../infra/local/demo/cast.js';
import type { Addresses } from './started.js';

const signedIn = z.object({ token: z.string() });
const listed = z.object({ items: z.array(z.object({ id: z.string() })).min(1) });

/** A request that the virtual school head teacher sees, to look at. */
export async function someRequest(at: Addresses): Promise<string> {
  const post = async (url: string, body: unknown, token?: string): Promise<unknown> => {
    const authorization = token ? { authorization: `Bearer ${token}` } : {};
    const headers = { 'content-type': 'application/json', ...authorization };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const { tenantId, oid } = cast.virtualSchoolHead;
  const { token } = signedIn.parse(await post(new URL('/_local/sign-in', at.page).href, { tid: tenantId, oid }));
  const found = await post(new URL('/api/requests/search', at.docs).href, { view: 'mine' }, token);
  return listed.parse(found).items[0]?.id ?? '';
}
