import type { ChildProcess } from 'node:child_process';
import type { Browser, Frame, Page } from 'playwright-core';
import { buildTabIfStale, hostPageDirectory, tabDirectory } from '../../infra/build.js';
import { cast } from '../../infra/local/demo/cast.js';
import { kylebrae } from '../../infra/local/demo/places.js';
import { type HostPageOptions, hostPageRoutes } from '../../infra/local/host-page.js';
import { serverEnvironment } from '../../infra/local/server-process.js';
import type { Stack, StackOptions } from '../../infra/local/stack.js';
import { openBrowser } from '../e2e/browser.js';
import { mad, median, ratios } from './ratios.js';
import { ended, startServer } from './servers.js';
import { fillRequests } from './triage-rows.js';
import { vanillaPage } from './triage-vanilla.js';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const person = cast.neighbourHead;
const viewport = { width: 1280, height: 800 };

/** The page around the tab, on the local Microsoft 365, as `npm start` has it. `serverUrl`: where our server will listen. */
export function hostRoutes(serverUrl: string): NonNullable<StackOptions['routes']> {
  return [
    (app, shared) => {
      const options: HostPageOptions = {
        ...{ tabUrl: `${serverUrl}/`, scriptDirectory: hostPageDirectory },
        people: [{ key: 'head', label: person.name, tenantId: person.tenantId, oid: person.oid }],
        signIn: () => shared.tokens.mintUserToken({ tid: person.tenantId, oid: person.oid }),
      };
      hostPageRoutes(app, options);
    },
  ];
}

/**
 * Opening a list of 10,000 requests and scrolling it, in the built tab and in a hand-written page with the same rows from the
 * same API, by turns in one Chromium. `first_rows`: from the press on the view to the frame in which its rows are painted, with
 * nothing of that list read before. `frame_p95_ms`: of the frames of five seconds in which every frame scrolls on by four rows.
 */
export async function measureScreen(stack: Stack, serverPort: number, dataDir: string) {
  await fillRequests(stack, kylebrae.authorityId, 10_000);
  await buildTabIfStale();
  const children: ChildProcess[] = [];
  const settings = {
    ...{ databaseUrl: stack.postgres.appUrl, microsoft365Url: stack.microsoft365.url, port: serverPort },
    ...{ origins: [stack.microsoft365.url], tabDirectory, auditHeadsDirectory: `${dataDir}/screen-heads` },
    ...{ shiftMs: () => 0, logLevel: 'error' },
  };
  const server = await startServer('./ours.ts', [], { ...serverEnvironment(settings), SERVER_ROLES: 'web' });
  children.push(server.child);
  const browser = await openBrowser();
  try {
    const at = { host: stack.microsoft365.url, server: new URL(server.url).origin };
    const token = await stack.microsoft365.mintUserToken({ tid: person.tenantId, oid: person.oid });
    return figures(await inTurns(browser, at, token));
  } finally {
    await browser.close();
    await Promise.all(children.map(ended));
  }
}

interface Seen {
  readonly firstRowsMs: number;
  readonly frames: readonly number[];
  readonly elements: number;
}

async function inTurns(browser: Browser, at: { host: string; server: string }, token: string) {
  const found: Record<'ours' | 'vanilla', Seen[]> = { ours: [], vanilla: [] };
  const look = { ours: () => lookAtTab(browser, at.host), vanilla: () => lookAtVanilla(browser, at.server, token) };
  await look.vanilla();
  await look.ours();
  for (let round = 0; round < rounds; round += 1)
    for (const name of round % 2 === 0 ? (['ours', 'vanilla'] as const) : (['vanilla', 'ours'] as const)) {
      const seen = await look[name]();
      found[name].push(seen);
      process.stdout.write(
        `${name} first rows ${seen.firstRowsMs.toFixed(0)} ms, frame p95 ${percentile(seen.frames, 0.95).toFixed(1)} ms, ${seen.elements} elements\n`,
      );
    }
  return found;
}

async function onPage<T>(browser: Browser, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'Europe/London' });
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** The tab with another, short list open, so that it is started and signed in; then the press. */
function lookAtTab(browser: Browser, host: string): Promise<Seen> {
  return onPage(browser, async (page) => {
    await page.goto(`${host}/host?person=head&sub=requests`);
    const view = page.frameLocator('iframe').locator('a[href*="view=everything"]').first();
    await view.waitFor();
    await page.waitForTimeout(1_000);
    const frame = page.frames().find((one) => one !== page.mainFrame());
    if (!frame) throw new Error('the tab is in no frame');
    return measure(frame, `document.querySelector('a[href*="view=everything"]').click()`);
  });
}

function lookAtVanilla(browser: Browser, server: string, token: string): Promise<Seen> {
  return onPage(browser, async (page) => {
    await page.route('**/bench', (route) => route.fulfill({ contentType: 'text/html', body: vanillaPage(token) }));
    await page.goto(`${server}/bench`);
    await page.waitForTimeout(1_000);
    return measure(page.mainFrame(), 'window.openList()');
  });
}

/** Presses, waits for rows of the long list to be painted, scrolls, and counts. */
async function measure(frame: Frame, press: string): Promise<Seen> {
  const firstRowsMs = await frame.evaluate<number>(firstRows(press));
  await frame.page().waitForTimeout(500);
  const frames = await frame.evaluate<number[]>(scrollOn);
  const elements = await frame.evaluate<number>('document.querySelectorAll("*").length');
  return { firstRowsMs, frames, elements };
}

/** Run in the page, as text: rows of the list before do not count, and a list is the long one when it is that tall. */
const firstRows = (press: string) => `new Promise((resolve) => {
  for (const row of document.querySelectorAll('[data-row]')) row.dataset.before = '';
  const tall = () => [...document.querySelectorAll('div')].some((one) => one.scrollHeight > 100000);
  const began = performance.now();
  ${press};
  const look = () => {
    const rows = document.querySelectorAll('[data-row]:not([data-before])');
    if (rows.length >= 15 && tall()) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
    else requestAnimationFrame(look);
  };
  look();
})`;

/** Run in the page, as text: four rows further in every frame for five seconds; how long each frame took. */
const scrollOn = `new Promise((resolve, reject) => {
  const box = [...document.querySelectorAll('*')]
    .filter((one) => one.scrollHeight > one.clientHeight + 1000 && /auto|scroll/.test(getComputedStyle(one).overflowY))
    .sort((a, b) => b.scrollHeight - a.scrollHeight)[0];
  if (!box) return reject(new Error('nothing scrolls'));
  const frames = [], end = performance.now() + 5000;
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    box.scrollTop += 128;
    if (now < end) requestAnimationFrame(step);
    else resolve(frames.slice(2));
  };
  requestAnimationFrame(step);
})`;

function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

function figures({ ours, vanilla }: Record<'ours' | 'vanilla', Seen[]>) {
  const round = (value: number) => Number(value.toFixed(2));
  const times = (seen: readonly Seen[]) => seen.map(({ firstRowsMs }) => firstRowsMs);
  const frames = (seen: readonly Seen[]) => median(seen.map((one) => percentile(one.frames, 0.95)));
  const first = ratios(times(ours), times(vanilla));
  return {
    first_rows_vs_vanilla: round(median(first)),
    frame_p95_ms: round(frames(ours)),
    first_rows_vs_vanilla_mad: round(mad(first)),
    first_rows_ms: round(median(times(ours))),
    vanilla_first_rows_ms: round(median(times(vanilla))),
    vanilla_frame_p95_ms: round(frames(vanilla)),
    elements: Math.max(...ours.map(({ elements }) => elements)),
  };
}
