import { QueryClient } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.js';
import { createApi } from './api.js';
import { createClock } from './clock.js';
import { readConfig } from './config.js';
import { isPassing } from './failure.js';
import { base, pathOfDeepLink } from './paths.js';
import { createSignIn } from './sign-in.js';
import { StartFailed } from './StartFailed.js';
import { createTeams, type Place, type Teams } from './teams.js';

/** The composition of the tab: the only reader of the machine's clock, chance and timers. */
const wait = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds));
const root = createRoot(document.getElementById('root') ?? document.body);

async function start(): Promise<void> {
  const teams = createTeams(wait);
  // The manifest's address of the tab carries {user.tenant.id}: where a developer's host page may hold it is told by tenant.
  const told = new URLSearchParams(location.search).get('tid');
  const early = told ? await readConfig(told) : null;
  const place = await teams.start(early?.parentOrigins ?? []);
  if (!place) return root.render(<StartFailed why="no-host" />);
  const config = early && told === place.tenantId ? early : await readConfig(place.tenantId);
  teams.ready();
  if (!config) return root.render(<StartFailed why="not-bound" />);
  const clock = createClock(Date.now);
  const signIn = createSignIn({ config, tenantId: place.tenantId, teams, now: Date.now });
  const api = createApi({ fetch: (...asked) => fetch(...asked), token: signIn.token, heardDate: clock.heard });
  if (place.subPageId) history.replaceState(null, '', `${base}${pathOfDeepLink(place.subPageId)}`);
  show(teams, place, { api, clock, nonce: () => crypto.randomUUID(), random: Math.random, wait });
}

function show(teams: Teams, place: Place, tab: Parameters<typeof App>[0]['tab']): void {
  const client = new QueryClient({
    defaultOptions: {
      queries: { staleTime: 15_000, retry: (tries, error) => tries < 2 && isPassing(error) },
      mutations: { retry: false },
    },
  });
  root.render(
    <StrictMode>
      <App
        tab={tab}
        client={client}
        theme={place.theme}
        onTheme={teams.onTheme}
        browserNow={Date.now}
        idleAfter={15 * 60_000}
      />
    </StrictMode>,
  );
}

start().catch(() => root.render(<StartFailed why="offline" />));
