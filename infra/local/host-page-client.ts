import type { HostedPerson, HostPageData } from './host-page-html.js';

/** What teams-js 2.58 sends to the window around it, and what it takes for an answer. */
interface FromTab {
  readonly id: number;
  readonly uuid?: unknown;
  readonly func: string;
  readonly args?: readonly unknown[];
}

const data = readData();
const origin = new URL(data.tabUrl).origin;
const frame = byId('tab', HTMLIFrameElement);
const person = byId('person', HTMLSelectElement);
const theme = byId('theme', HTMLSelectElement);
const width = byId('width', HTMLSelectElement);

/** The address names person, theme, width and what to open, so that a page or a picture can be had again. */
const asked = new URLSearchParams(location.search);
for (const one of data.people) person.append(new Option(one.label, one.key));
person.value = data.people.some(({ key }) => key === asked.get('person'))
  ? (asked.get('person') ?? '')
  : (data.people[0]?.key ?? '');
theme.value = asked.get('theme') ?? 'default';
width.value = asked.get('width') ?? 'full';

/** What the page was served with (host-page-html.ts). */
function readData(): HostPageData {
  return JSON.parse(document.getElementById('data')?.textContent ?? '') as HostPageData;
}

function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

function chosen(): HostedPerson | undefined {
  return data.people.find(({ key }) => key === person.value);
}

/** teams-js's context as hosts send it (the legacy shape, which teams-js itself turns into app.Context). */
function context() {
  const who = chosen();
  return {
    ...{ tid: who?.tenantId, userObjectId: who?.oid, theme: theme.value, locale: 'en-gb', hostClientType: 'web' },
    ...{ entityId: 'golden-thread', frameContext: 'content', sessionId: crypto.randomUUID(), hostName: 'Teams' },
    ...(asked.get('sub') ? { subEntityId: asked.get('sub') } : {}),
  };
}

async function token(): Promise<readonly unknown[]> {
  const answer = await fetch('/host/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: person.value }),
  });
  const body = (await answer.json()) as { token?: string };
  return answer.ok ? [true, body.token] : [false, 'nobody is signed in'];
}

const runtime = {
  apiVersion: 4,
  isNAAChannelRecommended: false,
  supports: { pages: {}, permissions: {}, appWindow: {} },
};

/** What the host answers; what it does not know it leaves unanswered, as an older Teams does. */
const answers: Readonly<Record<string, () => readonly unknown[] | Promise<readonly unknown[]>>> = {
  initialize: () => ['content', 'web', JSON.stringify(runtime), '2.58.0'],
  getContext: () => [context()],
  'authentication.getAuthToken': token,
};

function send(message: object): void {
  frame.contentWindow?.postMessage(message, origin);
}

async function answerTo({ id, uuid, func }: FromTab): Promise<void> {
  const answer = answers[func];
  if (!answer) return;
  send({ id, uuid, monotonicTimestamp: performance.now() + performance.timeOrigin, args: await answer() });
}

window.addEventListener('message', (event: MessageEvent<FromTab>) => {
  if (event.origin === origin && event.source === frame.contentWindow) void answerTo(event.data);
});

function remember(): void {
  const now = new URLSearchParams(location.search);
  for (const [name, select] of Object.entries({ person, theme, width })) now.set(name, select.value);
  history.replaceState(null, '', `?${now}`);
}

function resize(): void {
  frame.style.width = width.value === 'full' ? '100%' : `${width.value}px`;
}

/** Another person is another session: the tab starts anew. */
function open(): void {
  const url = new URL(data.tabUrl);
  url.searchParams.set('tid', chosen()?.tenantId ?? '');
  frame.src = url.toString();
}

person.addEventListener('change', () => {
  remember();
  open();
});
theme.addEventListener('change', () => {
  remember();
  send({ func: 'themeChange', args: [theme.value] });
});
width.addEventListener('change', () => {
  remember();
  resize();
});
resize();
open();
