import { QueryClient } from '@tanstack/react-query';
import { createApi } from './api.js';
import { createClock } from './clock.js';
import { readConfig } from './config.js';
import { isPassing } from './failure.js';
import { base, pathOfDeepLink } from './paths.js';
import { keys } from './query-keys.js';
import { createSignIn } from './sign-in.js';
import type { Tab } from './tab-context.js';
import { createTeams } from './teams.js';

/** The composition of the tab: the only reader of the machine's clock, chance and timers. */
const wait = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));

/** What draws the page is fetched while Teams and the service are asked who is there. */
const drawing = import('./draw.js');

async function start(): Promise<void> {
  const teams = createTeams(wait);
  // The manifest's address of the tab carries {user.tenant.id}: where a developer's host page may hold it is told by tenant.
  const told = new URLSearchParams(location.search).get('tid');
  const early = told ? await readConfig(told) : null;
  const place = await teams.start(early?.parentOrigins ?? []);
  if (!place) return (await drawing).drawFailed('no-host');
  const config = early && told === place.tenantId ? early : await readConfig(place.tenantId);
  if (!config) return (await drawing).drawFailed('not-bound');
  if (place.subPageId) history.replaceState(null, '', `${base}${pathOfDeepLink(place.subPageId)}`);

  const clock = createClock(Date.now);
  const signIn = createSignIn({ config, tenantId: place.tenantId, teams, now: Date.now });
  const api = createApi({ fetch: (...asked) => fetch(...asked), token: signIn.token, heardDate: clock.heard });
  const tab: Tab = { api, clock, nonce: () => crypto.randomUUID(), random: Math.random, wait };
  const client = createClient();
  void client.prefetchQuery({ queryKey: keys.me, queryFn: () => api.me() });
  const { draw } = await drawing;
  draw({ tab, client, theme: place.theme, onTheme: teams.onTheme, browserNow: Date.now, idleAfter: 15 * 60_000 });
  teams.ready();
}

function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: (tries, error) => tries < 2 && isPassing(error) },
      mutations: { retry: false },
    },
  });
}

start().catch(async () => (await drawing).drawFailed('offline'));
