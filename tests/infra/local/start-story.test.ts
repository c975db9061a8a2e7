import { describe, expect, test } from '@jest/globals';
import { furthest, storySteps, type StorySeen } from '../../../infra/local/start-story.js';

const fresh: StorySeen = {
  ...{ reference: 'VS-7K2M9Q', channelCard: false, takenVersion: null, askerShows: 1 },
  review: null,
};
const attendee = (service: 'education' | 'social-work', response: 'none' | 'accepted') => {
  return { service, required: true, response } as const;
};
const review = (...attendees: ReturnType<typeof attendee>[]) => {
  return { reference: 'VR-R4T8M2', state: 'booked', attendees } as const;
};
const done = (seen: StorySeen | null, greeted = true) =>
  storySteps(greeted, seen).flatMap((step) => (step.done ? [step.id] : []));

describe('the steps of the story', () => {
  test.each<[string, StorySeen | null, string[]]>([
    ['nothing yet', null, []],
    ['asked', fresh, ['ask']],
    ['its card is in the channel', { ...fresh, channelCard: true }, ['ask', 'arrive']],
    ['taken, but the teacher’s card is older', { ...fresh, takenVersion: 2, askerShows: 1 }, ['ask']],
    ['taken, and the teacher’s card shows it', { ...fresh, takenVersion: 2, askerShows: 2 }, ['ask', 'take']],
    ['a review on its way', { ...fresh, review: { ...review(), state: 'booking' } }, ['ask']],
    ['a review booked', { ...fresh, review: review() }, ['ask', 'schedule']],
    [
      'one service accepted',
      { ...fresh, review: review(attendee('education', 'none'), attendee('social-work', 'accepted')) },
      ['ask', 'schedule'],
    ],
    [
      'both accepted',
      { ...fresh, review: review(attendee('education', 'accepted'), attendee('social-work', 'accepted')) },
      ['ask', 'schedule', 'accept'],
    ],
  ])('%s', (_what, seen, expected) => expect(done(seen)).toEqual(expected));

  test('a step under way says how far it is', () => {
    const notes = storySteps(true, {
      ...{ ...fresh, takenVersion: 2 },
      review: review(attendee('education', 'accepted'), attendee('social-work', 'none')),
    }).map(({ note }) => note);
    expect(notes).toEqual([
      'VS-7K2M9Q',
      'The card is on its way.',
      'Taken. The teacher’s card follows.',
      'VR-R4T8M2',
      'Accepted so far: Education 1 of 1, social work 0 of 1.',
    ]);
  });

  test('before anything is asked, a greeting is seen', () => {
    expect(storySteps(false, null)[0]?.note).toBeNull();
    expect(storySteps(true, null)[0]?.note).toMatch(/Ask for support/);
  });

  test('of several requests the one that got furthest is followed, of equals the newest', () => {
    const taken = { ...fresh, reference: 'VS-000001', takenVersion: 2, askerShows: 2 };
    expect(furthest([fresh, taken])?.reference).toBe('VS-000001');
    expect(furthest([fresh, { ...fresh, reference: 'VS-000002' }])?.reference).toBe('VS-7K2M9Q');
    expect(furthest([])).toBeNull();
  });
});
