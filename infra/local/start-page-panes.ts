import type { SeatState } from './start-chat.js';
import { made, post, within } from './start-page-dom.js';
import type { Choice, StartSetup } from './start-page.js';

type PaneName = keyof StartSetup['people'];

export interface Pane {
  readonly frame: HTMLIFrameElement;
  readonly select: HTMLSelectElement;
  /** Shows this address, unless it is shown already. */
  show(url: string): void;
  /** Shows a sentence in the place of the frame. */
  say(why: string): void;
}

export function paneOf(name: PaneName, people: readonly Choice[]): Pane {
  const section = within(document, `[data-pane='${name}']`, HTMLElement);
  const frame = within(section, 'iframe', HTMLIFrameElement);
  const select = within(section, 'select', HTMLSelectElement);
  const alone = within(section, 'header a', HTMLAnchorElement);
  const why = section.querySelector<HTMLElement>('.why') ?? section.appendChild(made('p', 'why'));
  for (const { key, label } of people) select.append(new Option(label, key));
  return {
    frame,
    select,
    show(url) {
      why.hidden = true;
      frame.hidden = false;
      alone.href = url;
      if (frame.dataset['shows'] === url) return;
      frame.dataset['shows'] = url;
      frame.src = url;
    },
    say(text) {
      frame.hidden = true;
      frame.removeAttribute('src');
      delete frame.dataset['shows'];
      why.hidden = false;
      why.textContent = text;
    },
  };
}

/** Another person sits down: the Playground is started again under their name, and comes back in the page's next state. */
export function seatPane(name: 'chat' | 'team', people: readonly Choice[], hash: string) {
  const pane = paneOf(name, people);
  pane.select.addEventListener('change', () => {
    pane.say('The chat is starting.');
    void post('/start/sit', { seat: name, person: pane.select.value });
  });
  return (state: SeatState): void => {
    if (document.activeElement !== pane.select) pane.select.value = state.person;
    if (state.url) pane.show(`${state.url}/${hash}`);
    else pane.say(state.why ?? 'The chat is starting.');
  };
}

/** The local Teams around the tab has a bar of its own, with the same switches: on this page it is in the way. */
export function tabPane(people: readonly Choice[], theme: () => string): { readonly retheme: () => void } {
  const pane = paneOf('tab', people);
  const open = () => pane.show(`/host?person=${pane.select.value}&theme=${teamsTheme(theme())}`);
  pane.frame.addEventListener('load', () => {
    const inside = pane.frame.contentDocument;
    const bar = inside?.querySelector('header');
    if (!inside || !bar) return;
    bar.style.display = 'none';
    inside.body.style.gridTemplateRows = 'minmax(0, 1fr)';
  });
  pane.select.addEventListener('change', open);
  open();
  return {
    retheme() {
      const inside = pane.frame.contentDocument?.getElementById('theme');
      if (!inside || !('value' in inside)) return;
      inside.value = teamsTheme(theme());
      inside.dispatchEvent(new Event('change'));
    },
  };
}

const darkSystem = window.matchMedia('(prefers-color-scheme: dark)');

function teamsTheme(theme: string): string {
  if (theme === 'contrast') return 'contrast';
  return theme === 'dark' || (theme === '' && darkSystem.matches) ? 'dark' : 'default';
}

export function calendarPane(people: readonly Choice[], theme: () => string): { readonly retheme: () => void } {
  const pane = paneOf('calendar', people);
  const address = () => `/calendar?person=${pane.select.value}&theme=${theme()}&framed=yes`;
  pane.select.addEventListener('change', () => pane.show(address()));
  pane.show(address());
  return { retheme: () => pane.show(address()) };
}
