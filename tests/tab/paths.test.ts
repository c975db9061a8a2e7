import { describe, expect, test } from '@jest/globals';
import { isReference, pathOfDeepLink, paths, reviewViewOf } from '../../tab/paths.js';

describe('a deep link from Teams', () => {
  test.each([
    ['request/VS-7K2M9Q', '/requests/VS-7K2M9Q?view=everything'],
    ['review/VR-R4T8M2', '/reviews/VR-R4T8M2?view=everything'],
    ['request/0197f3a0-1111-7abc-8def-000000000001', '/requests/0197f3a0-1111-7abc-8def-000000000001?view=everything'],
    ['settings', '/settings'],
    ['deliveries', '/settings/deliveries'],
    ['reviews', '/reviews?view=coming'],
  ])('%s opens %s', (subPageId, path) => {
    expect(pathOfDeepLink(subPageId)).toBe(path);
  });

  test.each([
    null,
    '',
    'request/',
    'request/Jamie McAllister',
    'request/VS-7K2M9Q/../../api',
    'request/javascript:alert(1)',
  ])('%p opens the first page', (subPageId) => {
    expect(pathOfDeepLink(subPageId)).toBe('/');
  });
});

test('a reference is VS or VR and six Crockford characters', () => {
  expect(isReference('VS-7K2M9Q')).toBe(true);
  expect(['VS-7K2M9', 'VS-7K2M9I', 'VX-7K2M9Q', 'vs-7k2m9q'].map(isReference)).toEqual([false, false, false, false]);
});

test('an unknown view in an address is the first one', () => {
  expect([reviewViewOf('past'), reviewViewOf('nonsense')]).toEqual(['past', 'coming']);
});

test('planning a review starts from a request or a learner', () => {
  expect(paths.planForRequest('VS-7K2M9Q')).toBe('/reviews/plan?request=VS-7K2M9Q');
  expect(paths.planForLearner('0197f3a0-1111-7abc-8def-000000000001')).toContain('learner=0197f3a0');
});
