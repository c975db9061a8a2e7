import { describe, expect, test } from '@jest/globals';
import { filtersIn, filtersOf, questionOf, sortIn, viewIn } from '../../../tab/requests/question.js';

const id = '0197f3a0-1111-7abc-8def-000000000001';
const at = (query: string) => new URLSearchParams(query);

describe('what an address asks of the list', () => {
  test('a view of the house by name, a saved one by id, and otherwise the first', () => {
    expect(['view=mine', `view=${id}`, 'view=nonsense', ''].map((query) => viewIn(at(query)))).toEqual([
      'mine',
      id,
      'new',
      'new',
    ]);
  });

  test('filters that the service knows; a forged one falls away', () => {
    const filters = filtersIn(at(`need=attendance&state=flying&school=${id}&who=nobody&due=overdue&cluster=x&evil=1`));
    expect(filtersOf(filters)).toEqual({
      ...{ need: 'attendance', schoolId: id, assigneeId: 'nobody', due: 'overdue' },
    });
  });

  test('a column of the service’s to sort by, and which way', () => {
    expect(sortIn(at('sort=due&down=1'))).toEqual({ by: 'due', descending: true });
    expect(sortIn(at('sort=learner'))).toBeNull();
  });

  test('the search words stand beside it, never in it', () => {
    const place = { view: 'mine', filters: {}, sort: null };
    expect(questionOf(place, 'Jamie')).toEqual({ view: 'mine', search: 'Jamie' });
  });
});
