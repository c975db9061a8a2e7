import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { needs, urgencies } from '../../../bot/requests/request.js';
import { defaultQueue, routeRequest } from '../../../bot/requests/routing.js';

const north = '0197a000-0000-7000-8000-000000000001';
const request = { need: 'attendance', urgency: 'today', clusterId: north } as const;

describe('who gets a request', () => {
  test('the first line that fits decides, and says by what', () => {
    const rules = [
      { need: 'wellbeing', to: 'Wellbeing pool' },
      { need: 'attendance', clusterId: north, to: 'North pool' },
      { need: 'attendance', to: 'Attendance pool' },
    ] as const;
    expect(routeRequest(request, rules)).toEqual({ to: 'North pool', because: 'need + cluster' });
  });
  test('a line that names nothing fits everything, and says so', () => {
    expect(routeRequest(request, [{ to: 'Duty' }])).toEqual({ to: 'Duty', because: 'every request' });
  });
  test('what no line fits goes to the whole team, and says so', () => {
    expect(routeRequest(request, [{ urgency: 'no-hurry', to: 'Later' }])).toEqual({
      to: defaultQueue,
      because: 'no rule',
    });
  });
  test('nothing is ever unrouted or without a reason', () => {
    const rule = fc.record(
      { need: fc.constantFrom(...needs), urgency: fc.constantFrom(...urgencies), to: fc.constantFrom('A', 'B') },
      { requiredKeys: ['to'] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...needs), fc.constantFrom(...urgencies), fc.array(rule), (need, urgency, rules) => {
        const routed = routeRequest({ need, urgency, clusterId: null }, rules);
        expect(routed.to).not.toBe('');
        expect(routed.because).not.toBe('');
      }),
      { numRuns: 200 },
    );
  });
});
