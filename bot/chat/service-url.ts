/**
 * Where the bot's own token may be sent. A serviceUrl comes from outside and is stored for later posts, so it is held
 * against constants: one exact host with a region path (microsoft365.md 1.3 and 1.6). A suffix would not do: anybody can
 * register a name under trafficmanager.net.
 */
const teamsHost = 'smba.trafficmanager.net';
/** `/teams/`, `/uk/`, `/emea/`, … and, where Teams adds it, the tenant. */
const regionPath = /^\/[a-z][a-z0-9-]{1,15}(\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})?\/?$/;

export type ServiceUrlCheck = (serviceUrl: string) => boolean;

/** `localOrigins` (local mode only) are exact `http://127.0.0.1:port` origins; anything else throws at start. */
export function createServiceUrlCheck(localOrigins: readonly string[] = []): ServiceUrlCheck {
  for (const origin of localOrigins) {
    const url = URL.canParse(origin) ? new URL(origin) : null;
    if (url?.origin !== origin || url.protocol !== 'http:' || url.hostname !== '127.0.0.1')
      throw new Error('a local service origin must be http://127.0.0.1:port');
  }
  return (serviceUrl) => {
    const url = URL.canParse(serviceUrl) ? new URL(serviceUrl) : null;
    // Only the canonical spelling: what a parser would have to repair (userinfo, ports, backslashes, case) is refused whole.
    if (!url || url.href !== serviceUrl || url.username || url.password || url.search || url.hash) return false;
    if (localOrigins.includes(url.origin)) return true;
    return url.protocol === 'https:' && url.host === teamsHost && regionPath.test(url.pathname);
  };
}
