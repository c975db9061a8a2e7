import { byId, made, read } from './start-page-dom.js';
import {
  dateOf,
  daysLater,
  type Entry,
  mondayOf,
  sayClock,
  sayDay,
  unanswered,
  weekOf,
} from './start-page-calendar-days.js';
import { answerFor, eventParts } from './start-page-calendar-event.js';
import type { StartSetup } from './start-page.js';

/** Somebody's calendar, week by week, as Outlook would have it: read again every few seconds while it is looked at. */
const asked = new URLSearchParams(location.search);
const everyMs = 2500;
const monthsAhead = 200;

const person = byId('person', HTMLSelectElement);
const list = byId('list', HTMLElement);
const article = byId('event', HTMLElement);

const theme = asked.get('theme');
if (theme) document.documentElement.dataset['theme'] = theme;
byId('bar', HTMLElement).hidden = asked.get('framed') === 'yes';

let mailboxes: StartSetup['mailboxes'] = {};
let now = new Date().toISOString();
let weeks = 0;
let open: string | null = null;
let entries: readonly Entry[] = [];
let shown = '';

const oid = () => mailboxes[person.value] ?? '';

async function look(): Promise<void> {
  const clock = await read<{ now: string }>('/start/clock');
  if (!clock) return;
  now = clock.now;
  const monday = mondayOf(dateOf(now));
  const from = `${daysLater(monday, Math.min(0, weeks) * 7)}T00:00:00Z`;
  const until = `${daysLater(monday, Math.max(monthsAhead, weeks * 7 + 7))}T00:00:00Z`;
  const who = oid();
  const calendar = await read<{ events: Entry[] }>(`/_local/calendar/${who}?from=${from}&until=${until}`);
  if (!calendar || who !== oid()) return;
  entries = calendar.events;
  draw();
}

/** Nothing is drawn anew that has not changed: what somebody is on the way to press stays where it is. */
function draw(): void {
  const what = JSON.stringify([person.value, weeks, open, dateOf(now), entries]);
  if (what === shown) return;
  shown = what;
  const entry = entries.find(({ id }) => id === open);
  list.hidden = entry !== undefined;
  article.hidden = entry === undefined;
  if (entry) showEvent(entry);
  else showList();
}

function showEvent(entry: Entry): void {
  const send = async (answer: Parameters<typeof answerFor>[2], body: object) => {
    await answerFor(oid(), entry, answer, body);
    await look();
  };
  article.replaceChildren(
    ...eventParts(entry, send, () => {
      open = null;
      draw();
      document.querySelector<HTMLElement>(`[data-event='${CSS.escape(entry.id)}']`)?.focus();
    }),
  );
}

function showList(): void {
  const invitations = unanswered(entries, now);
  byId('waiting', HTMLElement).hidden = invitations.length === 0;
  byId('waiting-title', HTMLElement).textContent = `Not answered yet (${invitations.length})`;
  byId('invitations', HTMLElement).replaceChildren(...invitations.map((one) => made('li', '', entryButton(one, true))));
  const monday = daysLater(mondayOf(dateOf(now)), weeks * 7);
  byId('week-title', HTMLElement).textContent = `Week of ${sayDay(monday).slice(4)}`;
  byId('today', HTMLButtonElement).hidden = weeks === 0;
  byId('days', HTMLElement).replaceChildren(
    ...weekOf(monday, entries).flatMap(({ date, entries: own }) => {
      const heading = made('h3', '', date === dateOf(now) ? `${sayDay(date)}, today` : sayDay(date));
      heading.toggleAttribute('data-today', date === dateOf(now));
      const items = own.map((one) => made('li', '', entryButton(one, false)));
      return [heading, own.length > 0 ? made('ul', '', ...items) : made('p', 'quiet', 'Nothing')];
    }),
  );
}

function entryButton(entry: Entry, withDay: boolean): HTMLElement {
  const time = `${sayClock(entry.startAt)}–${sayClock(entry.endAt)}`;
  const when = withDay ? sayDay(dateOf(entry.startAt)) : time;
  const subject = withDay ? `${entry.subject}, ${time}` : entry.subject;
  const button = made(
    'button',
    'entry',
    made('span', 'time', when),
    made('span', entry.isCancelled ? 'cancelled' : '', subject),
  );
  button.setAttribute('type', 'button');
  button.dataset['shown'] = entry.showAs;
  button.dataset['event'] = entry.id;
  button.addEventListener('click', () => {
    open = entry.id;
    draw();
    document.getElementById('event-title')?.focus();
  });
  return button;
}

function turn(by: number | null): void {
  weeks = by === null ? 0 : weeks + by;
  void look();
  draw();
}

async function start(): Promise<void> {
  const setup = await read<StartSetup>('/start/setup');
  if (!setup) return;
  mailboxes = setup.mailboxes;
  for (const { key, label } of setup.people.calendar) person.append(new Option(label, key));
  const wanted = asked.get('person') ?? '';
  if (wanted in mailboxes) person.value = wanted;
  person.addEventListener('change', () => {
    open = null;
    const address = new URLSearchParams(location.search);
    address.set('person', person.value);
    history.replaceState(null, '', `?${address}`);
    void look();
  });
  byId('earlier', HTMLButtonElement).addEventListener('click', () => turn(-1));
  byId('later', HTMLButtonElement).addEventListener('click', () => turn(1));
  byId('today', HTMLButtonElement).addEventListener('click', () => turn(null));
  for (;;) {
    if (document.visibilityState === 'visible') await look().catch(() => undefined);
    await new Promise((done) => setTimeout(done, everyMs));
  }
}

void start();
