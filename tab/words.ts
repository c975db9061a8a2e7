import { tab } from '../bot/language/en/tab.js';
import { speaker, type WordKey } from '../bot/language/index.js';

/** Every word that the tab shows. */
export const say = speaker({ en: tab });
export type TabWord = WordKey<typeof tab>;

/** A word that is known only at run time (a code from the service); null when the catalogue does not have it. */
export function wordFor(prefix: string, code: string): string | null {
  const key = `${prefix}.${code}`;
  const found = Object.entries(tab).find(([name]) => name === key);
  return found ? found[1] : null;
}
