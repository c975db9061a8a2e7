import { routingWords } from '../language/en/routing.js';
import { speaker } from '../language/index.js';
import { defaultQueue, type RoutingDecision, type RoutingStep, type RoutingTable } from './routing.js';

export const sayRouting = speaker({ en: routingWords });

/** Names of people and channels by id, as far as they are known. */
export interface Names {
  readonly person: (id: string) => string | undefined;
  readonly channel: (id: string) => string | undefined;
}

/** Where it went, by name. Kept with the request as it was called then. */
export function sayDestination(decision: Pick<RoutingDecision, 'to'>, table: RoutingTable, names: Names): string {
  const { to } = decision;
  switch (to.kind) {
    case 'queue':
      return to.name === defaultQueue ? sayRouting('to.whole-team') : to.name;
    case 'pool':
      return table.pools.find(({ id }) => id === to.poolId)?.name ?? sayRouting('to.whole-team');
    case 'person':
      return names.person(to.personId) ?? sayRouting('somebody');
    case 'worker':
      return sayRouting('to.worker');
    case 'channel':
      return sayRouting('to.channel', { name: names.channel(to.channelId) ?? '' });
  }
}

/** The whole reason, in the order in which it was found. */
export function explainRouting(decision: RoutingDecision, names: Names): string[] {
  const { line, matched, steps } = decision;
  const considered = steps.map((step) => sentence(step, names));
  if (line === null) return [...considered, sayRouting('line.none')];
  const fits = matched.map((name) => sayRouting(`criterion.${name}`)).join(', ');
  return [fits ? sayRouting('line', { line, matched: fits }) : sayRouting('line.all', { line }), ...considered];
}

function sentence(step: RoutingStep, names: Names): string {
  const who = (id: string) => names.person(id) ?? sayRouting('somebody');
  switch (step.code) {
    case 'away':
    case 'cannot-take':
    case 'no-cover':
    case 'already-works':
      return sayRouting(`step.${step.code}`, { person: who(step.personId) });
    case 'covers':
      return sayRouting('step.covers', { person: who(step.personId), for: who(step.forId) });
    case 'least-loaded':
      return sayRouting('step.least-loaded', { person: who(step.personId), count: step.open, of: step.of });
    case 'nobody-works':
    case 'nobody-here':
    case 'pool-gone':
      return sayRouting(`step.${step.code}`, { line: step.line });
  }
}

/** Everybody that the reason names. */
export function peopleIn({ steps, assigneeId, to }: RoutingDecision): string[] {
  const named = steps.flatMap((step) =>
    'forId' in step ? [step.personId, step.forId] : 'personId' in step ? [step.personId] : [],
  );
  return [...new Set([...named, ...(assigneeId ? [assigneeId] : []), ...(to.kind === 'person' ? [to.personId] : [])])];
}
