import type { Deed, Diary } from './deeds.js';
import { type FarSide, stateful } from './far-side.js';
import type { Rows } from './rows.js';

type Of<Kind extends Deed['kind']> = Extract<Deed, { kind: Kind }>;

/** What every deed is looked for in. */
interface Traces {
  readonly rows: Rows;
  readonly deeds: readonly Deed[];
  /** References that a card in a channel shows. */
  readonly inChannel: ReadonlySet<string>;
  /** Message -> the reference that it shows; chat -> all that its messages show. */
  readonly shownAt: ReadonlyMap<string, string>;
  readonly shownIn: ReadonlyMap<string, ReadonlySet<string>>;
  readonly chatOf: ReadonlyMap<string, string>;
  /** Reviews for which Graph made an event. */
  readonly withEvent: ReadonlySet<string>;
}

/** A sentence for each trace that somebody's deed should have left and did not. */
export function lost({ deeds }: Diary, rows: Rows, far: FarSide): string[] {
  const traces = tracesOf(deeds, rows, far);
  return deeds.flatMap((deed) => missing(deed, traces).filter((finding) => finding !== false));
}

function tracesOf(deeds: readonly Deed[], rows: Rows, far: FarSide): Traces {
  const live = stateful(far);
  const shownIn = new Map<string, Set<string>>();
  for (const { activity, reference } of live)
    shownIn.set(activity.top, (shownIn.get(activity.top) ?? new Set()).add(reference));
  const made = far.transactions.filter(({ events }) => events.length > 0);
  return {
    ...{ rows, deeds, shownIn },
    inChannel: new Set(live.flatMap(({ activity, reference }) => (activity.top.startsWith('19:') ? [reference] : []))),
    shownAt: new Map(live.map(({ activity, reference }) => [activity.id, reference])),
    chatOf: new Map(far.activities.map(({ id, top }) => [id, top])),
    withEvent: new Set(made.map(({ transactionId }) => transactionId)),
  };
}

function missing(deed: Deed, traces: Traces): (string | false)[] {
  switch (deed.kind) {
    case 'submit':
      return submitted(deed, traces);
    case 'take':
      return [!wasTaken(deed, traces) && `a taken request ${deed.requestId} was not taken`];
    case 'say':
      return [!wasSaid(deed, traces) && `words ${deed.token} are gone`];
    case 'schedule':
      return scheduled(deed, traces);
    case 'accept':
      return [!wasAccepted(deed, traces) && `an acceptance of ${deed.reviewId} was not read`];
  }
}

function submitted({ requestId, reference, token, activityId }: Of<'submit'>, traces: Traces) {
  const stored = traces.rows.requests.find(({ id }) => id === requestId);
  const kept = stored?.reference === reference && stored.what.includes(token);
  return [
    !kept && `${reference} was promised and is not stored`,
    !traces.inChannel.has(reference) && `${reference} has no card in the channel`,
    traces.shownAt.get(activityId) !== reference && `${reference} has no card in its asker's chat`,
  ];
}

const wasTaken = ({ requestId, personId }: Of<'take'>, { rows }: Traces) =>
  rows.happenings.some(({ id, kind, actorId }) => id === requestId && kind === 'request.taken' && actorId === personId);

const wasSaid = ({ requestId, token }: Of<'say'>, { rows }: Traces) =>
  rows.messages.some((message) => message.requestId === requestId && message.body.includes(token));

const wasAccepted = ({ reviewId, personId }: Of<'accept'>, { rows }: Traces) =>
  rows.attendees.some((one) => one.reviewId === reviewId && one.personId === personId && one.response === 'accepted');

function scheduled({ requestId, reviewId, reference }: Of<'schedule'>, traces: Traces) {
  const { rows, deeds } = traces;
  const booked = rows.reviews.some(({ id, state }) => id === reviewId && state === 'booked');
  // Whoever asked has a chat with the bot: when they are invited, the review's card is in it.
  const asked = deeds.find((deed) => deed.kind === 'submit' && deed.requestId === requestId);
  const asker = asked?.kind === 'submit' ? asked : null;
  const invited = rows.attendees.some((one) => one.reviewId === reviewId && one.personId === asker?.askerId);
  const chat = traces.chatOf.get(asker?.activityId ?? '') ?? '';
  return [
    !booked && `${reference} is not booked`,
    !traces.withEvent.has(reviewId) && `${reference} has no event`,
    !traces.inChannel.has(reference) && `${reference} has no card in the channel`,
    invited && traces.shownIn.get(chat)?.has(reference) !== true && `${reference} has no card in the asker's chat`,
  ];
}
