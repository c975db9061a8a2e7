import { watch } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ServerProcess } from './server-process.js';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** An editor saves in several steps, and a formatter saves again: milliseconds of quiet before anything is done. */
const quietMs = 400;

/** For development: code of the server saved, and it is restarted; code of the tab saved, and the tab is built again. */
export function restartOnSave(server: ServerProcess, say: (line: string) => void): void {
  onSave('bot', () => {
    say('bot/ changed: the server is restarted.');
    server.restart();
  });
  onSave('tab', () => {
    void import('../build.js')
      .then(({ buildTab }) => buildTab())
      .then(
        () => say('tab/ changed: built again. Reload the page.'),
        (error: unknown) => say(`tab/ does not build: ${error instanceof Error ? error.message : String(error)}`),
      );
  });
}

function onSave(directory: string, work: () => void): void {
  let waiting: NodeJS.Timeout | undefined;
  watch(at(directory), { recursive: true }, () => {
    clearTimeout(waiting);
    waiting = setTimeout(work, quietMs);
  });
}
