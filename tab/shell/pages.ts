import { useMe } from '../me.js';
import { paths } from '../paths.js';

/** The pages and the verbs that open them (bot/access/roles.ts): one is enough. The service refuses all the same. */
const pages = [
  { name: 'requests', to: paths.requests(), needs: ['request.read-all'] },
  { name: 'reviews', to: paths.reviews(), needs: ['review.read'] },
  { name: 'settings', to: paths.settings(), needs: ['setting.read', 'delivery.read'] },
] as const;

/** The pages that this person's roles open. */
export function usePages(): readonly (typeof pages)[number][] {
  const { may } = useMe();
  return pages.filter(({ needs }) => needs.some((verb) => may.includes(verb)));
}
