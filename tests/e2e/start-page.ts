import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import type { Checks } from './checks.js';
import type { Addresses } from './started.js';

/** The start page and its calendar: readable by everybody, on a desk and on a phone, and without a way out of the window. */
export async function startPage(browser: Browser, at: Addresses, checks: Checks): Promise<void> {
  for (const [what, url] of [
    ['start page', at.page],
    ['calendar', at.calendar],
  ] as const)
    for (const width of [1280, 360])
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
        const page = await context.newPage();
        await page.goto(url);
        await page
          .locator(what === 'calendar' ? '#days h3' : '#steps > li')
          .first()
          .waitFor();
        // What is framed has checks of its own, or is Microsoft's.
        const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze();
        const found = violations.map(({ id, nodes }) => `${id} (${nodes[0]?.target.join(' ')})`).join(', ');
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        const name = `${what} at ${width} px, ${colorScheme}`;
        checks.check(`${name}: axe finds nothing${found && `, but ${found}`}; nothing is cut off`, !found && wide <= 0);
        await context.close();
      }
}
