import { useMe } from '../me.js';
import { paths } from '../paths.js';

/** The pages and the verbs that open them (bot/access/roles.ts): one is enough. The service refuses all the same. */
const pages = [
  { name: 'today', to: paths.today(), needs: ['request.read-all'] },
  { name: 'requests', to: paths.requests(), needs: ['request.read-all'] },
  { name: 'workload', to: paths.workload(), needs: ['request.read-all'] },
  { name: 'learners', to: paths.learners(), needs: ['learner.search'] },
  { name: 'reviews', to: paths.reviews(), needs: ['review.read'] },
  { name: 'numbers', to: paths.numbers(), needs: ['request.read-all'] },
  { name: 'emergency', to: paths.emergency(), needs: ['learner.break-glass', 'glass.read'] },
  { name: 'settings', to: paths.settings(), needs: ['setting.read', 'delivery.read'] },
] as const;

export type Page = (typeof pages)[number];

/** The pages that this person's roles open. */
export function usePages(): readonly Page[] {
  const { may } = useMe();
  return pages.filter(({ needs }) => needs.some((verb) => may.includes(verb)));
}
