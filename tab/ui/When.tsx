import { sayAgo, sayDay, sayExact, sayWhen } from './dates.js';
import { useNow } from './now.js';

const ways = { when: sayWhen, ago: sayAgo, day: sayDay } as const;

/** A date as people say it, the exact one on hover. `at` is an ISO instant. */
export function When({ at, as = 'when' }: { readonly at: string; readonly as?: keyof typeof ways }) {
  const now = useNow();
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={sayExact(instant)}>
      {ways[as](instant, now)}
    </time>
  );
}
