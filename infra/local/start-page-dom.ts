/** Small ways to the page's elements; text is only ever set as text. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

export function within<T extends HTMLElement>(parent: ParentNode, selector: string, kind: new () => T): T {
  const found = parent.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

export function made(tag: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

/** A press that does something; while it does, the button waits. What went wrong is said by the next state of the page. */
export function onPress(button: HTMLButtonElement, work: () => Promise<unknown>): void {
  button.addEventListener('click', () => {
    button.disabled = true;
    void work()
      .catch(() => undefined)
      .then(() => {
        button.disabled = false;
      });
  });
}

export async function post(path: string, body: object = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** What our own server answers, in the shape that it is written in there; null when it does not answer with success. */
export async function read<T>(path: string): Promise<T | null> {
  const answer = await fetch(path);
  return answer.ok ? ((await answer.json()) as T) : null;
}

const clockWords = new Intl.DateTimeFormat('en-GB', {
  ...{ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  timeZone: 'Europe/London',
});

/** "Thu 12 Feb, 09:30", in London. */
export function sayInstant(instant: string): string {
  return clockWords.format(new Date(instant));
}

const timeWords = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Europe/London' });

/** "09:30:07", in London. */
export function sayTime(instant: string): string {
  return timeWords.format(new Date(instant));
}
