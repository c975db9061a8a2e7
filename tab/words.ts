import { tab } from '../bot/language/en/tab.js';
import { tabDue } from '../bot/language/en/tab-due.js';
import { tabEmergency } from '../bot/language/en/tab-emergency.js';
import { tabRequests } from '../bot/language/en/tab-requests.js';
import { tabNumbers } from '../bot/language/en/tab-numbers.js';
import { tabReviews } from '../bot/language/en/tab-reviews.js';
import { tabSettings } from '../bot/language/en/tab-settings.js';
import { tabToday } from '../bot/language/en/tab-today.js';
import { tabWorkload } from '../bot/language/en/tab-workload.js';
import { tabExtracts } from '../bot/language/en/extracts.js';
import { tabLearners } from '../bot/language/en/learners.js';
import { speaker } from '../bot/language/index.js';

const words = {
  ...tab,
  ...tabRequests,
  ...tabReviews,
  ...tabDue,
  ...tabToday,
  ...tabWorkload,
  ...tabNumbers,
  ...tabSettings,
  ...tabEmergency,
  ...tabLearners,
  ...tabExtracts,
} as const;

/** Every word that the tab shows. */
export const say = speaker({ en: words });

const byName = new Map<string, string>(Object.entries(words));

/** A word that is known only at run time (a code from the service); null when the catalogues do not have it. */
export function wordFor(prefix: string, code: string): string | null {
  return byName.get(`${prefix}.${code}`) ?? null;
}
