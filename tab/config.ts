import { z } from 'zod';

/** GET /config/{tenant}, which needs no sign-in: what the page must know before it can sign anybody in. */
const tabConfig = z.object({
  clientId: z.string(),
  /** 'api://{clientId}/access_as_user' */
  scope: z.string(),
  /** Origins that may hold this page besides Microsoft's own; empty except on a developer's machine. */
  parentOrigins: z.array(z.string()),
});
export type TabConfig = z.infer<typeof tabConfig>;

/** Null when the tenant is not known to the service. */
export async function readConfig(tenantId: string): Promise<TabConfig | null> {
  const answer = await fetch(`/config/${encodeURIComponent(tenantId)}`, { cache: 'no-store' });
  return answer.ok ? tabConfig.parse(await answer.json()) : null;
}
