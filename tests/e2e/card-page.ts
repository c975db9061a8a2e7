import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { everyCard } from '../support/every-card.js';

/**
 * One of each card as the adaptivecards renderer draws it, with a host's colours for light and dark: what a person sees, in
 * one picture. The first state of each maker is enough to look at; the tests hold every state against the schema.
 */
const script = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');

const colours = {
  light: {
    ground: '#ffffff',
    card: '#ffffff',
    text: '#242424',
    subtle: '#616161',
    edge: '#d1d1d1',
    alarm: '#fdf3f4',
    raised: '#f5f5f5',
    accent: '#5b5fc7',
  },
  dark: {
    ground: '#1f1f1f',
    card: '#292929',
    text: '#ffffff',
    subtle: '#d6d6d6',
    edge: '#666666',
    alarm: '#3f1011',
    raised: '#3d3d3d',
    accent: '#a6a7f0',
  },
} as const;

export async function drawCards(page: Page, look: 'light' | 'dark' | 'contrast'): Promise<void> {
  const colour = colours[look === 'dark' ? 'dark' : 'light'];
  const seen = new Set<string>();
  const cards = everyCard('Words that somebody wrote.').flatMap(({ maker, name, draw }) => {
    if (seen.has(maker)) return [];
    seen.add(maker);
    return [{ title: `${maker} (${name})`, card: draw() }];
  });
  const style = (text: string) => ({
    default: { default: text, subtle: colour.subtle },
    attention: { default: text, subtle: text },
    accent: { default: colour.accent, subtle: colour.accent },
  });
  const host = {
    fontFamily: 'Segoe UI, system-ui, sans-serif',
    supportsInteractivity: true,
    textBlock: { headingLevel: 2 },
    containerStyles: {
      default: { backgroundColor: colour.card, foregroundColors: style(colour.text) },
      emphasis: { backgroundColor: colour.raised, foregroundColors: style(colour.text) },
      attention: { backgroundColor: colour.alarm, foregroundColors: style(colour.text) },
      ...Object.fromEntries(
        ['accent', 'good', 'warning'].map((name) => [
          name,
          { backgroundColor: colour.raised, foregroundColors: style(colour.text) },
        ]),
      ),
    },
    actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8 },
  };
  await page.setContent(
    `<!doctype html><html lang="en"><head><title>Cards</title><style>
      body { margin: 0; padding: 16px; background: ${colour.ground}; color: ${colour.text}; font-family: Segoe UI, system-ui, sans-serif; }
      main { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 380px), 1fr)); align-items: start; }
      section { border: 1px solid ${colour.edge}; border-radius: 6px; overflow: hidden; background: ${colour.card}; }
      h2 { font-size: 12px; font-weight: 400; margin: 0; padding: 6px 12px; color: ${colour.subtle}; }
      .ac-pushButton { padding: 6px 12px; border: 1px solid ${colour.edge}; border-radius: 4px; background: transparent; color: ${colour.text}; font: inherit; }
      input, textarea, select { font: inherit; width: 100%; box-sizing: border-box; padding: 6px; border: 1px solid ${colour.subtle}; border-radius: 4px; background: ${colour.card}; color: ${colour.text}; }
    </style></head><body><main><h1 style="font-size:18px;margin:0;grid-column:1/-1">Cards</h1></main></body></html>`,
  );
  await page.addScriptTag({ path: script });
  await page.evaluate(
    ({ cards: drawn, host: config }) => {
      interface Renderer {
        hostConfig: unknown;
        parse(card: unknown): void;
        render(): HTMLElement | undefined;
      }
      const library = (
        globalThis as unknown as {
          AdaptiveCards: { AdaptiveCard: new () => Renderer; HostConfig: new (json: unknown) => unknown };
        }
      ).AdaptiveCards;
      for (const { title, card } of drawn) {
        const one = new library.AdaptiveCard();
        one.hostConfig = new library.HostConfig(config);
        one.parse(card);
        const section = document.createElement('section');
        const heading = document.createElement('h2');
        heading.textContent = title;
        const rendered = one.render();
        section.append(heading, ...(rendered ? [rendered] : []));
        document.querySelector('main')?.append(section);
      }
    },
    { cards, host },
  );
}
