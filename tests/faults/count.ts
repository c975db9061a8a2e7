import { escapeMarkdown } from '../../bot/chat/cards/card.js';
import { say } from '../../bot/chat/words.js';
import { answersByService, willBeJoint } from '../../bot/reviews/review.js';
import { say as sayOfReview } from '../../bot/reviews/words.js';
import { happening, requestStates } from '../../bot/requests/request.js';
import { reviewStates } from '../../bot/reviews/review.js';
import type { Json, LedgerActivity } from '../../infra/local/connector-ledger.js';
import { newestCard, tallyLedger } from '../../infra/local/connector-tally.js';
import type { Diary } from './deeds.js';
import { type FarSide, stateful } from './far-side.js';
import { lost } from './lost.js';
import type { Rows } from './rows.js';
import { factsOn, linesOn, referenceOn } from './shown.js';

/** Every finding is a sentence; the run's line only counts them. */
export interface Findings {
  readonly lost: readonly string[];
  readonly duplicated: readonly string[];
  readonly stuck: readonly string[];
  readonly disagreeing: readonly string[];
  /** Ids of stubs whose id never came back to us. */
  readonly orphans: readonly LedgerActivity[];
}

export function count(diary: Diary, rows: Rows, far: FarSide): Findings {
  return {
    lost: [
      ...lost(diary, rows, far),
      ...Array.from({ length: diary.takenUntold }, () => 'somebody took a request and was told that another had'),
    ],
    duplicated: duplicated(diary, rows, far),
    stuck: rows.unfinished.map(({ job, state, code }) => `${job} is ${state} (${code ?? 'no code'})`),
    disagreeing: disagreeing(diary, rows, far),
    orphans: orphans(rows, far),
  };
}

/** What makes a new version of a request: one of them for each version. The ladder moves it when nobody answers. */
const moving: ReadonlySet<string> = new Set(
  ['submitted', 'undone', 'ladder-phone-them', 'ladder-term-end', ...Object.values(happening)].map(
    (kind) => `request.${kind}`,
  ),
);

function duplicated({ deeds, takenTwice }: Diary, rows: Rows, far: FarSide): string[] {
  const tokens = deeds.flatMap((deed) => (deed.kind === 'submit' ? [deed.token] : []));
  const said = deeds.flatMap((deed) => (deed.kind === 'say' ? [deed.token] : []));
  const requestsPer = countBy(
    tokens.flatMap((token) => rows.requests.filter(({ what }) => what.endsWith(token)).map(() => token)),
  );
  const messagesPer = countBy(
    said.flatMap((token) => rows.messages.filter(({ body }) => body.endsWith(token)).map(() => token)),
  );
  const moves = countBy(
    rows.happenings.filter(({ kind }) => moving.has(kind)).map(({ id, version }) => `${id} version ${version}`),
  );
  const steps = countBy(
    rows.happenings
      .filter(({ kind }) => kind.startsWith('request.ladder-'))
      .map(({ id, kind, version }) => `${id} ${kind} at version ${version}`),
  );
  const standing = rows.reviews.filter(({ requestId, state }) => requestId !== null && state !== 'cancelled');
  const reviewsPer = countBy(standing.map(({ requestId }) => requestId ?? ''));
  const ours = new Set(rows.reviews.map(({ id }) => id));
  const strays = far.events.filter(
    ({ transactionId, cancelled }) => !cancelled && (transactionId === null || !ours.has(transactionId)),
  );
  return [
    ...tooMany(requestsPer, 'request'),
    ...tooMany(messagesPer, 'message'),
    ...tooMany(moves, 'move'),
    ...tooMany(steps, 'step'),
    ...tooMany(reviewsPer, 'review of request'),
    ...far.transactions.flatMap(({ transactionId, events }) =>
      events.slice(1).map(() => `a second event for ${transactionId}`),
    ),
    ...strays.map(({ organiser }) => `an event of ${organiser} that belongs to no review`),
    ...tallyLedger(far.activities).duplicates.map((id) => `message ${id} shows again what another shows`),
    ...Array.from({ length: takenTwice }, () => 'two people were told that they have the same request'),
  ];
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

const tooMany = (counts: ReadonlyMap<string, number>, what: string): string[] =>
  [...counts].flatMap(([key, times]) =>
    Array.from({ length: times - 1 }, () => `${what} ${key} is there ${times} times`),
  );

function disagreeing({ deeds }: Diary, rows: Rows, far: FarSide): string[] {
  const requests = new Map(rows.requests.map((one) => [one.reference, one]));
  const reviews = new Map(rows.reviews.map((one) => [one.reference, one]));
  const shown = stateful(far).flatMap(({ activity, card, reference }) => {
    const request = requests.get(reference);
    const review = reviews.get(reference);
    const wrong = request
      ? wrongOfRequest(card, request, rows)
      : review
        ? wrongOfReview(card, review, rows)
        : 'stands for nothing';
    return wrong ? [`${reference} in message ${activity.id}: ${wrong}`] : [];
  });
  // A card that Teams showed as a stub and that we know, but that never got its state, says "look" and there is nothing.
  const known = new Set(rows.cards.flatMap(({ activityId, closed }) => (activityId && !closed ? [activityId] : [])));
  const bare = far.activities.filter((one) => known.has(one.id) && one.versions.length === 1 && !one.deletedAt);
  const ours = new Set(deeds.flatMap((deed) => ('reference' in deed ? [deed.reference] : [])));
  const bareOurs = bare.filter((one) => ours.has(referenceOn(newestCard(one) ?? {}) ?? ''));
  return [...shown, ...bareOurs.map(({ id }) => `message ${id} is still a stub`)];
}

const known = <T extends string>(list: readonly T[], value: string): T => {
  const found = list.find((one) => one === value);
  if (found === undefined) throw new Error(`'${value}' is not in its list.`);
  return found;
};

function wrongOfRequest(card: Json, request: Rows['requests'][number], rows: Rows): string | null {
  const facts = factsOn(card);
  const state = say(`state.${known(requestStates, request.state)}`);
  if (facts.get(say('request.state')) !== state)
    return `shows '${facts.get(say('request.state')) ?? ''}', is '${state}'`;
  const who = escapeMarkdown(request.assignee ?? say('request.nobody'));
  if (facts.get(say('request.who')) !== who) return 'shows another person as having it';
  const review = rows.reviews.find(
    ({ requestId, state: stands }) => requestId === request.id && stands !== 'cancelled',
  );
  if (!review) return null;
  const attendees = rows.attendees.filter(({ reviewId }) => reviewId === review.id);
  const lines = new Set(linesOn(card));
  for (const { service, accepted, invited } of answersByService(attendees))
    if (!lines.has(say('request.review.answered', { service: say(`service.${service}`), accepted, invited })))
      return `does not show what ${service} answered`;
  return lines.has(say(`request.review.joint.${willBeJoint(attendees)}`))
    ? null
    : 'says something else of both services';
}

function wrongOfReview(card: Json, review: Rows['reviews'][number], rows: Rows): string | null {
  const facts = factsOn(card);
  const state = sayOfReview(`state.${known(reviewStates, review.state)}`);
  if (facts.get(sayOfReview('card.state')) !== state) return `shows another state than '${state}'`;
  if (review.state === 'cancelled' || review.state === 'not-booked') return null;
  const attendees = rows.attendees.filter(({ reviewId }) => reviewId === review.id);
  for (const { service, accepted, invited } of answersByService(attendees))
    if (!facts.get(sayOfReview(`service.${service}`))?.startsWith(sayOfReview('card.answered', { accepted, invited })))
      return `does not show what ${service} answered`;
  return linesOn(card).includes(sayOfReview(`card.joint.${willBeJoint(attendees)}`))
    ? null
    : 'says something else of both services';
}

function orphans(rows: Rows, far: FarSide): LedgerActivity[] {
  const came = new Set(rows.cards.flatMap(({ activityId }) => activityId ?? []));
  return far.activities.filter((activity) => {
    const card = activity.deletedAt || activity.versions.length > 1 ? null : newestCard(activity);
    return card !== null && referenceOn(card) !== null && !came.has(activity.id);
  });
}
