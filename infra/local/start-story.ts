import { type AttendeeAnswer, answersByService, willBeJoint } from '../../bot/reviews/review.js';

/** What the database and the ledgers hold of one request that was made since the story began. */
export interface StorySeen {
  readonly reference: string;
  readonly channelCard: boolean;
  /** The version of the request that its take made; null while nobody has it. */
  readonly takenVersion: number | null;
  /** The newest version that the asker's card shows; null while there is none. */
  readonly askerShows: number | null;
  readonly review: {
    readonly reference: string;
    readonly state: 'booking' | 'booked' | 'cancelled' | 'not-booked' | 'recorded' | 'held' | 'not-held';
    readonly attendees: readonly AttendeeAnswer[];
  } | null;
}

export const stepIds = ['ask', 'arrive', 'take', 'schedule', 'accept'] as const;
export type StepId = (typeof stepIds)[number];

export interface Step {
  readonly id: StepId;
  readonly done: boolean;
  /** How far it is, or what is still to come; null when there is nothing to add. */
  readonly note: string | null;
}

/** The five steps as they stand. Each is ticked by its own facts, in whatever order they came. */
export function storySteps(saidHi: boolean, seen: StorySeen | null): Step[] {
  return [asked(saidHi, seen), arrived(seen), taken(seen), scheduled(seen), accepted(seen)];
}

/** Of several requests the one that got furthest; of equals the first given. */
export function furthest(all: readonly StorySeen[]): StorySeen | null {
  const steps = (seen: StorySeen) => storySteps(true, seen).filter(({ done }) => done).length;
  return all.reduce<StorySeen | null>((best, one) => (best && steps(best) >= steps(one) ? best : one), null);
}

function asked(saidHi: boolean, seen: StorySeen | null): Step {
  const note = seen?.reference ?? (saidHi ? 'The bot has greeted. Press Ask for support.' : null);
  return { id: 'ask', done: seen !== null, note };
}

function arrived(seen: StorySeen | null): Step {
  const done = seen?.channelCard === true;
  return { id: 'arrive', done, note: seen && !done ? 'The card is on its way.' : null };
}

function taken(seen: StorySeen | null): Step {
  const version = seen?.takenVersion ?? null;
  const shown = version !== null && (seen?.askerShows ?? 0) >= version;
  return { id: 'take', done: shown, note: version !== null && !shown ? 'Taken. The teacher’s card follows.' : null };
}

function scheduled(seen: StorySeen | null): Step {
  const review = seen?.review ?? null;
  const notes = {
    booking: 'The invitation is on its way.',
    booked: review?.reference ?? null,
    cancelled: 'It was cancelled. Plan another.',
    'not-booked': 'The review mailbox refused it.',
    recorded: 'Others convene it.',
    held: 'It was held.',
    'not-held': 'It was not held.',
  } as const;
  return { id: 'schedule', done: review?.state === 'booked', note: review ? notes[review.state] : null };
}

const serviceNames = { education: 'Education', 'social-work': 'social work' } as const;

function accepted(seen: StorySeen | null): Step {
  const review = seen?.review ?? null;
  if (!review) return { id: 'accept', done: false, note: null };
  if (willBeJoint(review.attendees) === 'yes') return { id: 'accept', done: true, note: 'It will be joint.' };
  const answers = answersByService(review.attendees);
  const said = (['education', 'social-work'] as const).map((service) => {
    const { accepted: yes = 0, invited = 0 } = answers.find((one) => one.service === service) ?? {};
    return `${serviceNames[service]} ${yes} of ${invited}`;
  });
  return { id: 'accept', done: false, note: `Accepted so far: ${said.join(', ')}.` };
}
