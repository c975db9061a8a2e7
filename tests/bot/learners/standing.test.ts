import { describe, expect, test } from '@jest/globals';
import { changesBetween, type Circumstances } from '../../../bot/learners/changes.js';
import type { Fact } from '../../../bot/learners/facts.js';
import type { Attribute } from '../../../bot/learners/learner.js';
import { changeForPeriod } from '../../../bot/learners/periods.js';
import { disagreementsIn } from '../../../bot/learners/record-reading.js';
import { standingOn } from '../../../bot/learners/status.js';

let ids = 0;
const fact = (attribute: Attribute, value: unknown, from: string | null, to: string | null = null): Fact => ({
  ...{ factId: `f${(ids += 1)}`, attribute, value, source: 'social-work', validFrom: from, validTo: to },
});
const after = (facts: readonly Fact[], next: Fact): string[] => {
  const { superseded, known } = changeForPeriod(facts, next);
  const kept = facts.filter(({ factId }) => !superseded.includes(factId));
  return [...kept, ...known].map((one) => `${String(one.value)} ${one.validFrom ?? '…'} ${one.validTo ?? '…'}`).sort();
};

describe('a period takes the place of its days and leaves the others', () => {
  test.each([
    [[], ['b 2024-02-29 …']],
    [[['a', '2024-01-01', null]], ['a 2024-01-01 2024-02-28', 'b 2024-02-29 …']],
    [[['a', '2024-03-31', null]], ['b 2024-02-29 …']],
    [[['b', '2024-01-01', null]], ['b 2024-01-01 …']],
    [[['a', null, '2023-12-31']], ['a … 2023-12-31', 'b 2024-02-29 …']],
  ] as const)('%j', (before, expected) => {
    const facts = before.map(([value, from, to]) => fact('home', value, from, to));
    expect(after(facts, fact('home', 'b', '2024-02-29'))).toEqual(expected);
  });

  test('a back-dated one in the middle cuts in two, over a leap day and both clock changes', () => {
    const facts = [fact('home', 'a', '2024-01-01')];
    expect(after(facts, fact('home', 'b', '2024-03-01', '2024-10-27'))).toEqual([
      ...['a 2024-01-01 2024-02-29', 'a 2024-10-28 …', 'b 2024-03-01 2024-10-27'],
    ]);
  });
});

describe('looked after and care experienced', () => {
  const on = '2026-11-23';
  test.each<[string, Fact[], string, string | null]>([
    ['nobody says anything', [], 'unknown', null],
    ['looked after now', [fact('looked-after', true, '2024-02-01')], 'looked-after', '2024-02-01'],
    [
      'ended: care experienced from the first day',
      [fact('looked-after', true, '2024-02-01', '2025-02-01')],
      'care-experienced',
      '2024-02-01',
    ],
    [
      'said not to be, having been',
      [fact('looked-after', true, '2020-01-01', '2021-01-01'), fact('care-experienced', false, '2022-01-01')],
      'care-experienced',
      '2020-01-01',
    ],
    [
      'care experienced alone (kinship care order)',
      [fact('care-experienced', true, '2023-05-05')],
      'care-experienced',
      '2023-05-05',
    ],
    [
      'said to be neither',
      [fact('looked-after', false, '2023-05-05'), fact('care-experienced', false, '2023-05-05')],
      'unknown',
      null,
    ],
    ['not yet', [fact('looked-after', true, '2027-01-01')], 'unknown', null],
    [
      'twice: since the present episode',
      [fact('looked-after', true, '2020-01-01', '2021-01-01'), fact('looked-after', true, '2026-01-05')],
      'looked-after',
      '2026-01-05',
    ],
    ['an older entry by hand', [fact('status', 'care-experienced', '2022-03-01')], 'care-experienced', '2022-03-01'],
  ])('%s', (_name, facts, status, since) => {
    expect(standingOn(facts, on)).toMatchObject({ status, since });
  });
});

test('changes: school and worker tell both, others ask, non-disclosure holds all; late entries are marked', () => {
  const before: Circumstances = {
    ...{
      givenName: 'Jamie',
      familyName: 'MacRae',
      knownAs: null,
      schoolId: 'a',
      home: 'foster',
      status: 'looked-after',
    },
    ...{ socialWorkerId: 'w', education: 'here', nonDisclosure: false },
  };
  const changes = (next: Partial<Circumstances>, since: string | null = null) =>
    changesBetween(before, { ...before, ...next }, { since: { school: since }, today: '2026-11-23' }).map(
      ({ kind, telling, backDated }) => `${kind} ${telling}${backDated ? ' late' : ''}`,
    );
  expect(changes({})).toEqual([]);
  expect(changes({ schoolId: 'b' }, '2026-11-01')).toEqual(['school tell-both late']);
  expect(changes({ schoolId: 'b' }, '2026-11-20')).toEqual(['school tell-both']);
  expect(changes({ socialWorkerId: 'x', home: 'kinship' })).toEqual(['home ask', 'social-worker tell-both']);
  expect(changes({ schoolId: 'b', nonDisclosure: true })).toEqual(['non-disclosure held', 'school held']);
  expect(changes({ education: 'outwith', familyName: 'Other' })).toEqual(['name ask', 'moved-out ask']);
});

test('two services that differ are both shown', () => {
  const facts = [
    fact('school', 'a', null),
    { ...fact('school', 'b', null), source: 'education' as const },
    fact('home', 'x', null),
  ];
  expect(disagreementsIn(facts, '2026-11-23')).toEqual(['school']);
});
