import { made, onPress, post } from './start-page-dom.js';
import { dateOf, type Entry, isInvitation, sayClock, sayDay } from './start-page-calendar-days.js';

type Answer = 'accept' | 'tentativelyAccept' | 'decline';

const answers: readonly { readonly answer: Answer; readonly says: string; readonly gives: Entry['response'] }[] = [
  { answer: 'accept', says: 'Accept', gives: 'accepted' },
  { answer: 'tentativelyAccept', says: 'Tentative', gives: 'tentativelyAccepted' },
  { answer: 'decline', says: 'Decline', gives: 'declined' },
];

const responseWords: Readonly<Record<Entry['response'], string>> = {
  none: 'Not answered',
  organizer: 'Yours',
  notResponded: 'Not answered',
  tentativelyAccepted: 'Tentative',
  accepted: 'Accepted',
  declined: 'Declined',
};

/** One event as its owner's calendar shows it: what the invitation says and nothing more. `send` answers for its owner. */
export function eventParts(
  entry: Entry,
  send: (answer: Answer, body: object) => Promise<unknown>,
  back: () => void,
): Node[] {
  const returning = made('button', '', '‹ Back');
  returning.setAttribute('type', 'button');
  returning.addEventListener('click', back);
  const title = made('h2', '', entry.isCancelled ? `Cancelled: ${entry.subject}` : entry.subject);
  title.id = 'event-title';
  title.tabIndex = -1;
  return [
    returning,
    title,
    facts(entry),
    ...(isInvitation(entry) ? [answerButtons(entry, send), proposal(entry, send)] : []),
    made('p', 'body', entry.body),
  ];
}

function facts(entry: Entry): HTMLElement {
  const pairs: [string, string][] = [
    ['When', `${sayDay(dateOf(entry.startAt))}, ${sayClock(entry.startAt)} to ${sayClock(entry.endAt)}`],
    ['Where', entry.location ?? (entry.joinUrl ? 'Microsoft Teams meeting' : 'Not said')],
    ['From', entry.organiser.name],
    ['Answer', responseWords[entry.response]],
  ];
  return made('dl', '', ...pairs.flatMap(([name, value]) => [made('dt', '', name), made('dd', '', value)]));
}

function answerButtons(entry: Entry, send: (answer: Answer, body: object) => Promise<unknown>): HTMLElement {
  const group = made('div', 'answers');
  for (const { answer, says, gives } of answers) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = says;
    if (entry.response === gives) button.className = 'chosen';
    onPress(button, () => send(answer, { sendResponse: true }));
    group.append(button);
  }
  return group;
}

/** Another time is proposed with a tentative answer, as Outlook does it; the organiser decides. */
function proposal(entry: Entry, send: (answer: Answer, body: object) => Promise<unknown>): HTMLElement {
  const date = input('date', dateOf(entry.startAt));
  const time = input('time', sayClock(entry.startAt));
  const button = document.createElement('button');
  button.type = 'submit';
  button.textContent = 'Propose';
  const form = made('form', '', made('label', '', 'Date', date), made('label', '', 'Start', time), button);
  const minutes = (Date.parse(entry.endAt) - Date.parse(entry.startAt)) / 60_000;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    button.disabled = true;
    const proposedNewTime = { start: wall(date.value, time.value, 0), end: wall(date.value, time.value, minutes) };
    void send('tentativelyAccept', { sendResponse: true, proposedNewTime });
  });
  return made('details', '', made('summary', '', 'Propose new time'), form);
}

function input(type: 'date' | 'time', value: string): HTMLInputElement {
  const field = document.createElement('input');
  field.type = type;
  field.value = value;
  field.required = true;
  return field;
}

/** Wall time in London, as Graph takes it; a meeting that crosses a clock change keeps its wall time. */
function wall(date: string, time: string, minutesLater: number): { dateTime: string; timeZone: string } {
  const at = new Date(Date.parse(`${date}T${time}:00Z`) + minutesLater * 60_000);
  return { dateTime: at.toISOString().slice(0, 19), timeZone: 'GMT Standard Time' };
}

export async function answerFor(oid: string, entry: Entry, answer: Answer, body: object): Promise<Response> {
  return post(`/_local/calendar/${oid}/${encodeURIComponent(entry.id)}/${answer}`, body);
}
