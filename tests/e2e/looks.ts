import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Checks } from './checks.js';
import { drawCards } from './card-page.js';
import type { Addresses } from './started.js';

export const looks = ['light', 'dark', 'contrast'] as const;
export type Look = (typeof looks)[number];
export const widths = [1280, 360] as const;

const teamsTheme: Record<Look, string> = { light: 'default', dark: 'dark', contrast: 'contrast' };

interface Sight {
  readonly name: string;
  readonly looks: readonly Look[];
  open(page: Page, look: Look, at: Addresses): Promise<void>;
}

/** The tab inside its host page, at one place, once what it shows has arrived. */
const tab = (name: string, sub: string, shows: string): Sight => ({
  name: `tab-${name}`,
  looks,
  async open(page, look, at) {
    const query = new URLSearchParams({
      person: 'virtualSchoolHead',
      theme: teamsTheme[look],
      ...(sub ? { sub } : {}),
    });
    await page.goto(`${new URL('/host', at.page).href}?${query.toString()}`);
    await page.frameLocator('iframe').locator(shows).first().waitFor();
    await page.frameLocator('iframe').locator('h1').first().waitFor();
  },
});

/** The tab at one place after one press: what opens is looked at too. On a phone it may stand behind "more". */
const pressed = (name: string, sub: string, button: RegExp): Sight => ({
  name: `tab-${name}`,
  looks,
  async open(page, look, at) {
    await tab(name, sub, 'h1').open(page, look, at);
    const frame = page.frameLocator('iframe');
    const direct = frame.getByRole('button', { name: button });
    await frame.getByRole('button').first().waitFor();
    await page.waitForTimeout(1_000);
    if (await direct.isVisible()) return direct.click();
    await frame.getByRole('button', { name: 'More actions' }).click();
    await frame.getByRole('menuitem', { name: button }).click();
  },
});

function sights(requestId: string): readonly Sight[] {
  return [
    {
      name: 'start',
      looks: ['light', 'dark'],
      async open(page, _look, at) {
        await page.goto(at.page);
        await page.getByRole('heading').first().waitFor();
        // The panes are pages of their own and fill in after this one.
        await page.waitForTimeout(4_000);
      },
    },
    tab('today', '', 'section h2'),
    tab('requests', 'requests', '[role=row] a, li a[data-row]'),
    tab('workload', 'workload', 'tbody tr'),
    tab('numbers', 'numbers', 'table'),
    tab('request', `request/${requestId}`, 'h1'),
    tab('reviews', 'reviews', 'h1, h2'),
    tab('settings', 'settings', 'h1, h2'),
    tab('routing', 'routing', 'ol li'),
    tab('calendars', 'calendars', 'h3'),
    pressed('log-call', 'today', /^Log a call$/),
    pressed('give', `request/${requestId}`, /^Give to…$/),
    pressed('decline', `request/${requestId}`, /^Decline…$/),
    pressed('ask', `request/${requestId}`, /^Ask the school…$/),
    {
      name: 'calendar',
      looks: ['light', 'dark'],
      async open(page, _look, at) {
        await page.goto(at.calendar);
        await page.getByRole('heading').first().waitFor();
      },
    },
    { name: 'cards', looks: ['light', 'dark'], open: (page, look) => drawCards(page, look) },
  ];
}

/** Each theme and each width of every page, in half the time of all their pairs; pictures are made of all. */
const fewer: readonly (readonly [Look, (typeof widths)[number]])[] = [
  ['light', 1280],
  ['dark', 360],
  ['contrast', 1280],
];
const pairs = looks.flatMap((look) => widths.map((width) => [look, width] as const));

/**
 * Every page in every theme at desk and phone width: held against axe, and kept as a picture when a folder is given. Fluent's
 * tabster dummies are hidden focus stops that axe takes for real ones (stack.md section 6).
 */
export async function lookAtEverything(
  browser: Browser,
  at: Addresses,
  options: { readonly requestId: string; readonly checks: Checks; readonly folder?: string },
): Promise<void> {
  if (options.folder) mkdirSync(options.folder, { recursive: true });
  for (const sight of sights(options.requestId))
    for (const [look, width] of options.folder ? pairs : fewer)
      if (sight.looks.includes(look)) {
        const context = await browser.newContext({
          viewport: { width, height: width === 360 ? 740 : 800 },
          colorScheme: look === 'dark' ? 'dark' : 'light',
          ...(look === 'contrast' ? { forcedColors: 'none' as const } : {}),
          locale: 'en-GB',
          timezoneId: 'Europe/London',
        });
        const page = await context.newPage();
        await sight.open(page, look, at);
        await page.waitForTimeout(600);
        const name = `${sight.name}-${width}-${look}`;
        if (options.folder)
          await page.screenshot({ path: join(options.folder, `${name}.png`), fullPage: sight.name === 'cards' });
        const found = await settled(page);
        const said = found.violations.map(({ id, nodes }) => `${id} ${JSON.stringify(nodes[0]?.target)}`).join(', ');
        options.checks.check(`axe finds nothing on ${name}${said ? `: ${said}` : ''}`, found.violations.length === 0);
        await context.close();
      }
}

/** What is not ours to mend: the Playground's own page, and Fluent's tabster dummies in whichever frame the tab stands. */
function axe(page: Page): AxeBuilder {
  const dummies = '[data-tabster-dummy]';
  const tabFrame = 'iframe[title*="tab" i]';
  return new AxeBuilder({ page })
    .exclude(dummies)
    .exclude([tabFrame, dummies])
    .exclude([tabFrame, 'iframe', dummies])
    .exclude(['iframe', dummies])
    .exclude(['iframe[title*="Playground"]', '*']);
}

/** A page that is still drawing is looked at again; what stays is a finding. */
async function settled(page: Page): Promise<Awaited<ReturnType<AxeBuilder['analyze']>>> {
  for (let again = 0; again < 3; again += 1) {
    const found = await axe(page).analyze();
    if (found.violations.length === 0) return found;
    await page.waitForTimeout(1_500);
  }
  return axe(page).analyze();
}
