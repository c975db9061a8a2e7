import { byId, made, sayTime } from './start-page-dom.js';
import type { Line, LineKind } from './start-thread.js';

const names: Readonly<Record<LineKind, string>> = {
  activity: 'Activity',
  commit: 'Commit',
  outbox: 'Outbox',
  graph: 'Graph',
  card: 'Card',
  connector: 'Connector',
  token: 'Sign-in',
};
const kinds: readonly LineKind[] = ['activity', 'commit', 'outbox', 'graph', 'card', 'connector', 'token'];
const most = 200;

const list = byId('lines', HTMLOListElement);
/** Every card is a call of the connector too, and every call begins with a sign-in: these are shown when asked for. */
const quiet: readonly LineKind[] = ['connector', 'token'];
const shown = new Set<LineKind>(kinds.filter((kind) => !quiet.includes(kind)));

export function offerKinds(): void {
  const group = byId('kinds', HTMLDivElement);
  for (const kind of kinds) {
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.checked = shown.has(kind);
    box.addEventListener('change', () => {
      if (box.checked) shown.add(kind);
      else shown.delete(kind);
      for (const line of list.children) if (line instanceof HTMLElement) hideOrShow(line);
    });
    group.append(made('label', '', box, names[kind]));
  }
}

/** Newest first, as they are given. */
export function showLines(lines: readonly Line[]): void {
  list.replaceChildren(...lines.map(lineItem));
}

export function addLine(line: Line): void {
  list.prepend(lineItem(line));
  while (list.children.length > most) list.lastElementChild?.remove();
}

function hideOrShow(item: HTMLElement): void {
  item.hidden = !kinds.some((kind) => kind === item.dataset['kind'] && shown.has(kind));
}

function lineItem(line: Line): HTMLElement {
  const summary = made(
    'summary',
    '',
    made('span', 'quiet', sayTime(line.at)),
    made('span', 'quiet', names[line.kind]),
    made('span', 'title', line.title),
  );
  const details = made(
    'dl',
    '',
    ...line.details.flatMap(([name, value]) => [made('dt', '', name), made('dd', '', value)]),
  );
  const item = made('li', '', made('details', '', summary, details));
  item.dataset['kind'] = line.kind;
  item.dataset['failed'] = String(line.failed);
  hideOrShow(item);
  return item;
}
