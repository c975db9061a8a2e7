import { describe, expect, test } from '@jest/globals';
import { choiceLabels } from '../../../bot/learners/labels.js';
import { fullNameOf, initialsLabel, initialsOf } from '../../../bot/learners/learner.js';

const jamie = { givenName: 'James', familyName: 'Macrae', knownAs: 'Jamie' };

describe('how a learner is named', () => {
  test('initials and stage on a card, the name in the tab', () => {
    expect(initialsLabel({ ...jamie, stage: 'S3' })).toBe('J.M., S3');
    expect(initialsLabel({ ...jamie, stage: null })).toBe('J.M.');
    expect(fullNameOf(jamie)).toBe('Jamie Macrae');
  });
  test('accents and letters beyond the keyboard are kept', () => {
    expect(initialsOf({ givenName: 'Łukasz', familyName: 'ślusarczyk', knownAs: null })).toBe('Ł.Ś.');
    expect(initialsOf({ givenName: 'E\u0301va', familyName: 'Ó Néill', knownAs: null })).toBe('É.Ó.');
  });
});

describe('a list in which some would read alike', () => {
  const choice = (id: string, birthOn: string | null, stage = 'S3') => ({ id, ...jamie, stage, birthOn });
  const labels = (...choices: ReturnType<typeof choice>[]) => choiceLabels(choices).map(({ label }) => label);
  test('says no more than it must', () => {
    expect(labels(choice('a', '2012-03-14'), choice('b', '2012-03-14', 'S4'))).toEqual(['J.M., S3', 'J.M., S4']);
    expect(labels(choice('a', '2012-03-14'), choice('b', '2012-04-01'))).toEqual([
      'J.M., S3 (born in March)',
      'J.M., S3 (born in April)',
    ]);
    expect(labels(choice('a', '2012-03-14'), choice('b', '2012-03-02'))).toEqual([
      'J.M., S3 (born 14 March)',
      'J.M., S3 (born 2 March)',
    ]);
  });
  test('twins are numbered: neither may be taken for the other', () => {
    expect(labels(choice('a', '2012-03-14'), choice('b', '2012-03-14'))).toEqual([
      'J.M., S3 (1 of 2)',
      'J.M., S3 (2 of 2)',
    ]);
  });
});
