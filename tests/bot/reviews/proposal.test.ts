import { expect, test } from '@jest/globals';
import { type AroundLearner, proposePeople } from '../../../bot/reviews/proposal.js';
import { type AttendeeAnswer, answersByService, willBeJoint } from '../../../bot/reviews/review.js';

const around: AroundLearner = {
  ...{ managerIds: ['dm', 'dm2'], socialWorkerId: 'sw' },
  links: [
    { person_id: 'ro', kind: 'reviewing-officer' },
    { person_id: 'sw', kind: 'social-worker' },
    { person_id: 'ct', kind: 'class-teacher' },
  ],
};
const said = (proposed: ReturnType<typeof proposePeople>) =>
  proposed.map(({ personId, because, required }) => `${personId} ${because}${required ? '' : ' (optional)'}`);

test('one from each side and one of ours must be there; the rest may', () => {
  expect(said(proposePeople(around, { askerId: 'teacher', assigneeId: 'officer' }, 'vsht'))).toEqual([
    ...['dm designated-manager', 'sw social-worker', 'officer has-request', 'vsht you (optional)'],
    ...['teacher asked (optional)', 'ro reviewing-officer (optional)', 'ct class-teacher (optional)'],
    'dm2 designated-manager (optional)',
  ]);
});

test('without a designated manager whoever asked speaks for the school; without an allocation the linked worker comes', () => {
  const bare = { managerIds: [], socialWorkerId: null, links: [{ person_id: 'linked', kind: 'social-worker' }] };
  expect(said(proposePeople(bare, { askerId: 'teacher', assigneeId: null }, 'vsht'))).toEqual([
    ...['linked social-worker', 'vsht you', 'teacher asked'],
  ]);
});

test('somebody with several reasons is there once, for the first', () => {
  expect(said(proposePeople(around, { askerId: 'dm', assigneeId: 'vsht' }, 'vsht')).slice(0, 3)).toEqual([
    ...['dm designated-manager', 'sw social-worker', 'vsht has-request'],
  ]);
});

const attendee = (service: AttendeeAnswer['service'], response: AttendeeAnswer['response']) => ({
  ...{ service, response, required: true },
});

test.each<[string, AttendeeAnswer[], 'yes' | 'no' | 'not-yet']>([
  ['both accepted', [attendee('education', 'accepted'), attendee('social-work', 'accepted')], 'yes'],
  [
    'one of two from a side is enough',
    [attendee('education', 'accepted'), attendee('education', 'declined'), attendee('social-work', 'accepted')],
    'yes',
  ],
  ['tentative is not yet', [attendee('education', 'accepted'), attendee('social-work', 'tentative')], 'not-yet'],
  ['a whole side declined', [attendee('education', 'accepted'), attendee('social-work', 'declined')], 'no'],
  ['a side not invited', [attendee('education', 'accepted'), attendee('carer', 'accepted')], 'no'],
  ['nobody has answered', [attendee('education', 'none'), attendee('social-work', 'none')], 'not-yet'],
])('joint: %s', (_what, attendees, joint) => expect(willBeJoint(attendees)).toBe(joint));

test('answers by service come in a fixed order, and only of services invited', () => {
  const given = [
    attendee('social-work', 'tentative'),
    attendee('education', 'accepted'),
    attendee('education', 'declined'),
  ];
  expect(answersByService(given)).toEqual([
    { service: 'education', invited: 2, accepted: 1, declined: 1, tentative: 0 },
    { service: 'social-work', invited: 1, accepted: 0, declined: 0, tentative: 1 },
  ]);
});
