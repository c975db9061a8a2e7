import type { DeskState, Failing } from './start-desk.js';
import { byId, onPress, post, read, sayInstant } from './start-page-dom.js';
import { addLine, offerKinds, showLines } from './start-page-lines.js';
import { calendarPane, seatPane, tabPane } from './start-page-panes.js';
import { showStory } from './start-page-story.js';
import type { StartSetup } from './start-page.js';
import type { Line } from './start-thread.js';

/** The start page: wires its parts to what the machine tells. The theme is in the address, so that a picture can be had again. */
const themeChoice = byId('theme', HTMLSelectElement);
const theme = () => themeChoice.value;
themeChoice.value = new URLSearchParams(location.search).get('theme') ?? '';

function wearTheme(): void {
  if (theme()) document.documentElement.dataset['theme'] = theme();
  else delete document.documentElement.dataset['theme'];
}

const switches: Readonly<Record<Failing, HTMLButtonElement>> = {
  graph: byId('fail-graph', HTMLButtonElement),
  connector: byId('fail-connector', HTMLButtonElement),
};

function wireButtons(): void {
  onPress(byId('next-morning', HTMLButtonElement), () => post('/start/next-morning'));
  onPress(byId('kill-server', HTMLButtonElement), () => post('/start/kill-server'));
  onPress(byId('story-again', HTMLButtonElement), () => post('/start/story-again'));
  for (const what of ['graph', 'connector'] as const) {
    const button = switches[what];
    onPress(button, () => post('/start/fail', { what, on: button.getAttribute('aria-pressed') !== 'true' }));
  }
}

/** On a narrow window one part of the page is shown at a time. */
function wireRooms(): void {
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('.rooms button')];
  for (const button of buttons)
    button.addEventListener('click', () => {
      document.body.dataset['room'] = button.dataset['to'] ?? 'story';
      for (const one of buttons) one.setAttribute('aria-current', String(one === button));
    });
  const views = [...document.querySelectorAll<HTMLButtonElement>('.views button')];
  for (const button of views)
    button.addEventListener('click', () => {
      for (const one of views) {
        one.setAttribute('aria-current', String(one === button));
        const view = document.querySelector<HTMLElement>(`.view[data-pane='${one.dataset['view']}']`);
        if (view) view.hidden = one !== button;
      }
    });
}

async function start(): Promise<void> {
  wearTheme();
  wireButtons();
  wireRooms();
  offerKinds();
  const setup = await read<StartSetup>('/start/setup');
  if (!setup) return;
  byId('docs', HTMLAnchorElement).href = setup.docsUrl;
  const themed = [tabPane(setup.people.tab, theme), calendarPane(setup.people.calendar, theme)];
  themeChoice.addEventListener('change', () => {
    wearTheme();
    history.replaceState(null, '', theme() ? `?theme=${theme()}` : location.pathname);
    for (const pane of themed) pane.retheme();
  });
  const chat = seatPane('chat', setup.people.chat, '');
  const team = seatPane('team', setup.people.team, '#Requests');
  listen((state) => {
    showStory(state.steps);
    chat(state.chats.chat);
    team(state.chats.team);
    showSwitches(state);
  });
}

function showSwitches(state: DeskState): void {
  const clock = byId('clock', HTMLTimeElement);
  clock.dateTime = state.now;
  clock.textContent = sayInstant(state.now);
  for (const what of ['graph', 'connector'] as const)
    switches[what].setAttribute('aria-pressed', String(state.failing[what]));
  byId('kill-server', HTMLButtonElement).textContent = state.serverUp ? 'Kill the server' : 'Server coming back …';
}

function listen(onState: (state: DeskState) => void): void {
  const events = new EventSource('/start/events');
  const away = (is: boolean) => (byId('away', HTMLParagraphElement).hidden = !is);
  // The shapes are those that start-stream.ts sends.
  const on = (name: string, work: (data: unknown) => void) =>
    events.addEventListener(name, (event: MessageEvent<string>) => work(JSON.parse(event.data)));
  on('state', (state) => {
    away(false);
    onState(state as DeskState);
  });
  on('lines', (lines) => showLines(lines as Line[]));
  on('line', (line) => addLine(line as Line));
  on('away', () => away(true));
  events.addEventListener('error', () => {
    away(true);
    // After an answer that is no stream (still starting) the browser does not ask again by itself.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => listen(onState), 1000);
  });
}

void start();
