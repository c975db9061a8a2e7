import { describe, expect, test } from '@jest/globals';
import { checkDraft, type DraftName } from '../../../bot/reviews/draft-check.js';
import { makeCorpus } from '../../bench/draft-corpus.js';

const jamie: DraftName = { givenName: 'James', familyName: 'Macrae', knownAs: 'Jamie' };
const rose: DraftName = { givenName: 'Rose', familyName: 'Hill', knownAs: null };
const morag: DraftName = { givenName: 'Mòrag', familyName: 'NicDhòmhnaill', knownAs: null };
const found = (body: string, person: DraftName, more: { subject?: string; location?: string } = {}) =>
  checkDraft({ subject: '', location: '', ...more, body }, [person]).map(({ why }) => why);

describe('a name of the review’s people is found', () => {
  test.each([
    ['Jamie is settling in.', jamie, 'name'],
    ['the macraes', jamie, 'misspelt'],
    ['Jimmy was there.', jamie, 'form'],
    ['Seumas was there.', jamie, 'form'],
    ['We spoke to Jaime.', jamie, 'misspelt'],
    ['J. Macrae', jamie, 'name'],
    ['about J.M. on Monday', jamie, 'initials'],
    ['about JM on Monday', jamie, 'initials'],
    ['JAMIE’S PLAN', jamie, 'name'],
    ['as Mac Rae said', jamie, 'name'],
    ['McRae will come', jamie, 'form'],
    ['Morag MacDonald', morag, 'name'],
    ['with Rose at two', rose, 'name'],
    ['Rose is coming.', rose, 'name'],
  ] as const)('%s', (body, person, why) => {
    expect(found(body, person)).toContain(why);
  });

  test('in subject and place too, with where it stands', () => {
    expect(checkDraft({ subject: 'Review: Jamie', location: 'the Macrae house', body: 'Come.' }, [jamie])).toEqual([
      { part: 'subject', at: 8, length: 5, why: 'name' },
      { part: 'location', at: 4, length: 6, why: 'name' },
    ]);
  });
});

describe('what names nobody is left alone', () => {
  test.each([
    ['The roses are out. I hope you like it.', rose],
    ['Meet at Hill Street, past Rose Park.', rose],
    ['Rose early, left late.', rose],
    ['Review at 9 AM in room 4.', jamie],
    ['The same games as before, made the same way.', jamie],
  ] as const)('%s', (body, person) => {
    expect(found(body, person)).toEqual([]);
  });

  test('the sender signs', () => {
    const sender = { givenName: 'Jamie', familyName: 'Lees', knownAs: null };
    const draft = { subject: '', location: '', body: 'Please come.\nRegards,\nJamie Lees\nVirtual School' };
    expect(checkDraft(draft, [jamie], [sender])).toEqual([]);
    expect(checkDraft({ ...draft, body: 'Jamie is new here.\nJamie Lees' }, [jamie], [sender])).toHaveLength(1);
  });
});

test('of a thousand made invitations nearly every name is found, and few that name nobody are complained of', () => {
  const cases = makeCorpus(7, 1_000);
  const answer = (one: (typeof cases)[number]) => checkDraft(one.draft, one.people, [one.sender]).length > 0;
  const planted = cases.filter((one) => one.planted !== null);
  const neutral = cases.filter((one) => one.planted === null);
  expect(planted.filter(answer).length / planted.length).toBeGreaterThanOrEqual(0.99);
  expect(neutral.filter(answer).length / neutral.length).toBeLessThanOrEqual(0.02);
});
