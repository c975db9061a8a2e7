import { describe, expect, test } from '@jest/globals';
import {
  choiceOf,
  destinationOf,
  type Line,
  moved,
  placeOf,
  tableOf,
  unfinished,
  withCriterion,
  withPlace,
} from '../../../tab/settings/routing-draft.js';

const worker: Line = { to: { kind: 'worker' } };

describe('the routing table while it is changed', () => {
  test('is read as it is stored, the old shape too, and nothing else', () => {
    expect(tableOf(null)).toEqual({ pools: [], lines: [] });
    expect(tableOf({ pools: [], lines: [worker] })).toEqual({ pools: [], lines: [worker] });
    expect(tableOf([{ need: 'digital', to: 'Devices' }])?.lines).toEqual([
      { need: 'digital', to: { kind: 'queue', name: 'Devices' } },
    ]);
    expect(tableOf({ lines: 'x' })).toBeNull();
  });

  test('a line moves to where it is put, and not out of the table', () => {
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
  });

  test.each([
    { kind: 'worker' },
    { kind: 'person', personId: 'p1' },
    { kind: 'pool', poolId: 'north pool' },
    { kind: 'channel', channelId: '19:x@thread.tacv2' },
  ] as const)('where it leads survives being a choice: %p', (to) => {
    expect(destinationOf(choiceOf(to))).toEqual(to);
  });

  test('it comes from one place or from anywhere', () => {
    const fromSchool = withPlace(worker, 'school s1');
    expect([placeOf(worker), placeOf(fromSchool)]).toEqual(['', 'school s1']);
    const fromTown = withPlace(fromSchool, 'locality Port of Ness');
    expect(fromTown).toEqual({ locality: 'Port of Ness', to: { kind: 'worker' } });
    expect(withPlace(fromTown, '')).toEqual(worker);
  });

  test('what it asks about is set or left out; what the service does not know is not taken', () => {
    const digital = withCriterion(worker, 'need', 'digital');
    expect(digital.need).toBe('digital');
    expect(withCriterion(digital, 'need', '')).toEqual(worker);
    expect(withCriterion(digital, 'need', 'weather')).toEqual(digital);
  });

  test('a line to a list without a name, or to a pool that is gone, cannot be saved yet', () => {
    const lines: Line[] = [worker, { to: { kind: 'queue', name: ' ' } }, { to: { kind: 'pool', poolId: 'gone' } }];
    expect(unfinished({ lines, pools: [] })).toEqual([1, 2]);
  });
});
