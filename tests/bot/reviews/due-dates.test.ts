import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DueClock, dueClocks, type DueFact, type DuePolicy, isOverdue } from '../../../bot/reviews/due-dates.js';
import { type DueEvent, dueEvents, dueRules, type RuleId } from '../../../bot/reviews/due-rules.js';
import { addDays, dateIn, weekdayOf } from '../../../bot/time.js';
import { Temporal } from 'temporal-polyfill';

const weekdays: DuePolicy = {
  newPlacementStartsAgain: true,
  periods: {},
  isWorkingDay: (on) => weekdayOf(on) < 6,
  isSchoolDay: () => true,
};

let made = 0;
const fact = (event: DueEvent, on: string | null, rest: Partial<DueFact> = {}): DueFact => ({
  ...{ id: `f${(made += 1)}`, event, on },
  ...(event === 'review-held' ? { series: 'looked-after' as const } : {}),
  ...rest,
});
const held = (on: string | null, rest: Partial<DueFact> = {}) => fact('review-held', on, rest);
const csp = (on: string) => held(on, { series: 'csp' });
const clockOf = (rule: RuleId, facts: readonly DueFact[], policy = weekdays): DueClock | undefined =>
  dueClocks(facts, policy).find((one) => one.rule === rule);
const dueOf = (rule: RuleId, facts: readonly DueFact[], policy = weekdays) => {
  const clock = clockOf(rule, facts, policy);
  return clock && (clock.dueOn ?? clock.state);
};

/** What happened, which rule runs, and by when. Row numbers are those of reference/domain.md section 8. */
const cases: readonly [string, RuleId, readonly DueFact[], string][] = [
  ['R1: six weeks are 42 days', 'away-first', [fact('placed-away', '2026-11-04')], '2026-12-16'],
  ['R1 over the spring change of clocks', 'away-first', [fact('placed-away', '2027-03-01')], '2027-04-12'],
  ['R1 over the autumn change of clocks', 'away-first', [fact('placed-away', '2026-10-01')], '2026-11-12'],
  ['R1 over a leap day', 'away-first', [fact('placed-away', '2028-02-01')], '2028-03-14'],
  ['R1 inside the summer holiday does not move', 'away-first', [fact('placed-away', '2026-07-01')], '2026-08-12'],
  [
    'R1 backdated: from when it was made, not when we heard',
    'away-first',
    [fact('placed-away', '2026-01-05')],
    '2026-02-16',
  ],
  [
    'R1: a new placement starts again',
    'away-first',
    [fact('placed-away', '2026-01-05'), held('2026-02-10'), fact('placed-away', '2026-05-01')],
    '2026-06-12',
  ],
  [
    'R2: three months from the first held',
    'away-second',
    [fact('placed-away', '2026-09-30'), held('2026-11-04')],
    '2027-02-04',
  ],
  [
    'R2 clamps to the end of February',
    'away-second',
    [fact('placed-away', '2026-11-01'), held('2026-11-30')],
    '2027-02-28',
  ],
  ['R2 clamps to the leap day', 'away-second', [fact('placed-away', '2027-11-01'), held('2027-11-30')], '2028-02-29'],
  [
    'R3: six months from the previous',
    'away-next',
    [fact('placed-away', '2026-01-01'), held('2026-02-01'), held('2026-04-20')],
    '2026-10-20',
  ],
  [
    'R3 clamps 31 August to the end of February',
    'away-next',
    [fact('placed-away', '2026-05-01'), held('2026-06-01'), held('2026-08-31')],
    '2027-02-28',
  ],
  [
    'R3 clamps 31 March to 30 September',
    'away-next',
    [fact('placed-away', '2026-01-01'), held('2026-02-01'), held('2026-03-31')],
    '2026-09-30',
  ],
  [
    'R3 counts an early review, held for a hearing',
    'away-next',
    [fact('placed-away', '2026-01-01'), held('2026-02-01'), held('2026-04-20'), held('2026-06-02')],
    '2026-12-02',
  ],
  [
    'R4: three months, from the first of the short-term stays',
    'short-term-first',
    [fact('placed-short-term', '2026-03-02'), fact('placed-short-term', '2026-04-10')],
    '2026-06-02',
  ],
  ['R4: then six', 'short-term-next', [fact('placed-short-term', '2026-03-02'), held('2026-05-31')], '2026-11-30'],
  [
    'R5: three months from the review that continued it',
    'continued-first',
    [fact('placed-emergency', '2026-03-02'), fact('emergency-continued', '2026-03-04')],
    '2026-06-04',
  ],
  ['R5: then six', 'continued-next', [fact('emergency-continued', '2026-03-04'), held('2026-06-01')], '2026-12-01'],
  ['R6: three working days over a weekend', 'emergency', [fact('placed-emergency', '2026-11-06')], '2026-11-11'],
  [
    'R7 is a gate, without a date',
    'before-reporter',
    [fact('placed-away', '2026-01-01'), fact('reporter-referral-considered', '2026-02-01')],
    'gate',
  ],
  ['R7, permanence', 'before-permanence', [fact('permanence-application-considered', '2026-02-01')], 'gate'],
  ['R8 is advice', 'hearing-convened', [fact('hearing-convened', '2026-02-01')], 'advisory'],
  ['R9: no frequency, no date', 'at-home', [fact('at-home', '2026-01-01'), held('2026-03-01')], 'frequency-not-agreed'],
  [
    'R9: as agreed, from the last held',
    'at-home',
    [
      fact('at-home', '2026-01-01'),
      fact('frequency-agreed', '2026-01-10', { every: { months: 4 } }),
      held('2026-03-31'),
    ],
    '2026-07-31',
  ],
  [
    'R9: agreed, last review unknown',
    'at-home',
    [fact('at-home', '2026-01-01'), fact('frequency-agreed', '2026-01-10', { every: { months: 4 } })],
    'not-known',
  ],
  [
    'R9: the first by a day that was agreed',
    'at-home',
    [
      fact('at-home', '2026-01-01'),
      fact('frequency-agreed', '2026-01-10', { every: { months: 6 }, firstBy: '2026-02-20' }),
    ],
    '2026-02-20',
  ],
  [
    'R9: agreed anew',
    'at-home',
    [
      fact('at-home', '2026-01-01'),
      fact('frequency-agreed', '2026-01-10', { every: { months: 6 } }),
      held('2026-03-01'),
      fact('frequency-agreed', '2026-03-02', { every: { months: 3 } }),
    ],
    '2026-06-01',
  ],
  ['R10: seven days', 'secure-hearing-first', [fact('placed-secure-hearing', '2026-12-28')], '2027-01-04'],
  [
    'R10: then a month, clamped',
    'secure-hearing-next',
    [fact('placed-secure-hearing', '2027-01-25'), held('2027-01-31')],
    '2027-02-28',
  ],
  ['R11: seven days', 'secure-criminal-first', [fact('placed-secure-criminal', '2026-02-25')], '2026-03-04'],
  [
    'R11: then three months',
    'secure-criminal-next',
    [fact('placed-secure-criminal', '2026-02-25'), held('2026-02-28')],
    '2026-05-28',
  ],
  ['R12: shown, a year from the order', 'order-ends', [fact('cso-made', '2028-02-29')], '2029-02-28'],
  ['R13: twelve months from the plan', 'csp-first', [fact('csp-made', '2028-02-29')], '2029-02-28'],
  [
    'R13: then from the review completed',
    'csp-next',
    [fact('csp-made', '2025-01-10'), csp('2026-01-06')],
    '2027-01-06',
  ],
  ['R14: reply in eight weeks', 'csp-request-reply', [fact('csp-requested', '2026-11-02')], '2026-12-28'],
  [
    'R14: the period to prepare is the council’s',
    'csp-prepared',
    [fact('csp-proposed', '2026-11-02')],
    'period-not-set',
  ],
  [
    'R14: early review, four weeks',
    'csp-early-review-reply',
    [fact('csp-early-review-asked', '2027-02-01')],
    '2027-03-01',
  ],
  ['R15: ten weeks', 'help-reply', [fact('help-asked', '2026-09-07')], '2026-11-16'],
  ['R16: four weeks', 'health-assessment', [fact('health-notified', '2027-02-10')], '2027-03-10'],
  ['R17: 28 calendar days', 'protection-meeting', [fact('protection-investigated', '2026-02-02')], '2026-03-02'],
  ['R17: 15 working days', 'protection-core-group', [fact('protection-plan-made', '2026-11-02')], '2026-11-23'],
  ['R17: 10 working days', 'protection-record', [fact('protection-plan-made', '2026-11-02')], '2026-11-16'],
  ['R18: the same day', 'exclusion-told', [fact('excluded', '2026-11-02')], '2026-11-02'],
  ['R18: seven days', 'exclusion-meeting', [fact('excluded', '2026-11-02')], '2026-11-09'],
  ['R18: eight days', 'exclusion-letter', [fact('excluded', '2026-11-02')], '2026-11-10'],
  ['R19: no national interval', 'child-plan', [fact('child-plan-made', '2026-11-02')], 'period-not-set'],
  [
    'R19: as the plan says',
    'child-plan',
    [fact('child-plan-made', '2026-08-31', { every: { months: 6 } })],
    '2027-02-28',
  ],
  [
    'R19: then from its review',
    'child-plan-next',
    [fact('child-plan-made', '2026-08-31', { every: { months: 3 } }), held('2026-10-01', { series: 'child-plan' })],
    '2027-01-01',
  ],
  ['R20: no rule, no date', 'school-told', [fact('status-changed', '2026-11-02')], 'period-not-set'],
  ['R21: twelve months before', 'school-change-advice', [fact('school-change', '2028-02-29')], '2027-02-28'],
  [
    'R21: six under school age',
    'school-change-advice',
    [fact('school-change', '2027-08-31', { underSchoolAge: true })],
    '2027-02-28',
  ],
  [
    'R21: passing on is the council’s',
    'school-change-information',
    [fact('school-change', '2027-08-18')],
    'period-not-set',
  ],
];

describe('every row of the review rules', () => {
  test.each(cases)('%s', (_, rule, facts, due) => expect(dueOf(rule, facts)).toBe(due));

  test('each row has a case', () => {
    const covered = new Set(cases.map(([, rule]) => rule));
    expect(Object.keys(dueRules).filter((rule) => !covered.has(rule as RuleId))).toEqual([]);
    expect(new Set(Object.values(dueRules).map(({ row }) => row)).size).toBe(21);
  });

  test('what is unread or general has no period of its own', () => {
    for (const { standing, period } of Object.values(dueRules)) if (standing === 'council') expect(period).toBeNull();
  });
});

describe('what moves a date and what does not', () => {
  const placed = fact('placed-away', '2026-09-30');

  test('a council may read one sequence through a change of home', () => {
    const facts = [fact('placed-away', '2026-01-05'), held('2026-02-10'), fact('placed-away', '2026-05-01')];
    expect(dueOf('away-second', facts, { ...weekdays, newPlacementStartsAgain: false })).toBe('2026-05-10');
  });

  test('a return home in between breaks the sequence', () => {
    const facts = [
      fact('placed-away', '2026-01-05'),
      held('2026-02-10'),
      fact('at-home', '2026-03-01'),
      fact('placed-away', '2026-05-01'),
    ];
    expect(dueOf('away-first', facts, { ...weekdays, newPlacementStartsAgain: false })).toBe('2026-06-12');
  });

  test('a review held without education counts all the same', () => {
    expect(dueOf('away-second', [placed, held('2026-11-04')])).toBe('2027-02-04');
  });

  test('a plan review does not move the looked-after clock, nor the other way about', () => {
    const facts = [placed, fact('csp-made', '2026-01-10'), csp('2026-10-20')];
    expect(dueOf('away-first', facts)).toBe('2026-11-11');
    expect(dueOf('csp-next', facts)).toBe('2027-10-20');
  });

  test('a corrected date is counted from what it is now', () => {
    expect(dueOf('away-second', [placed, held('2026-10-14')])).toBe('2027-01-14');
  });

  test('unknown is not known, and never overdue', () => {
    for (const facts of [
      [fact('placed-away', null)],
      [fact('placed-away', null), held('2020-01-01')],
      [fact('csp-made', null)],
    ]) {
      const [clock] = dueClocks(facts, weekdays);
      expect(clock?.state).toBe('not-known');
      expect(clock && isOverdue(clock, '2030-01-01')).toBe(false);
    }
  });

  test('with two reviews known the sequence is past its first, whenever it began', () => {
    expect(dueOf('away-next', [fact('placed-away', null), held('2026-01-05'), held('2026-04-01')])).toBe('2026-10-01');
  });

  test('overdue begins the day after', () => {
    const clock = clockOf('away-first', [placed]);
    expect(clock && isOverdue(clock, '2026-11-11')).toBe(false);
    expect(clock && isOverdue(clock, '2026-11-12')).toBe(true);
  });

  test('a gate closes when a review is held', () => {
    const facts = [placed, fact('reporter-referral-considered', '2026-10-20'), held('2026-10-22')];
    expect(clockOf('before-reporter', facts)).toBeUndefined();
  });

  test('who has left care has no looked-after clock', () => {
    expect(dueClocks([placed, held('2026-11-04'), fact('left-care', '2026-12-01')], weekdays)).toEqual([]);
  });

  test('working days are the council’s own', () => {
    const closed = { ...weekdays, isWorkingDay: (on: string) => weekdayOf(on) < 6 && on !== '2026-11-30' };
    expect(dueOf('emergency', [fact('placed-emergency', '2026-11-27')], closed)).toBe('2026-12-03');
  });

  test('a warning that would fall in the holidays is given before them', () => {
    const summer = { ...weekdays, isSchoolDay: (on: string) => on < '2026-06-27' || on > '2026-08-17' };
    const clock = clockOf('away-first', [fact('placed-away', '2026-06-25')], summer);
    expect(clock?.dueOn).toBe('2026-08-06');
    expect(clock?.warnOn).toEqual(['2026-06-26']);
  });

  test('both changes of the clock: what happened late in the evening is of its London day', () => {
    const spring = dateIn(Temporal.Instant.from('2027-03-28T23:30:00Z'));
    const autumn = dateIn(Temporal.Instant.from('2026-10-24T23:30:00Z'));
    expect([spring, autumn]).toEqual(['2027-03-29', '2026-10-25']);
    expect(dueOf('away-second', [placed, held(autumn)])).toBe('2027-01-25');
  });
});

describe('properties', () => {
  const day = fc.integer({ min: 0, max: 900 }).map((days) => addDays('2026-01-01', days));
  const anyFact = fc
    .record({
      event: fc.constantFrom(...dueEvents),
      on: fc.option(day, { freq: 8 }),
      months: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ event, on, months }) => fact(event, on, { every: event === 'frequency-agreed' ? { months } : null }));
  const story = fc.array(anyFact, { maxLength: 10 });

  test('attendance and joint are no facts of the clock: dates come from events and days alone', () => {
    fc.assert(
      fc.property(story, (facts) => {
        const again = facts.map((one) => ({ ...one, id: `${one.id}x`, joint: true, attended: [] }));
        expect(dueClocks(again, weekdays)).toEqual(dueClocks(facts, weekdays));
      }),
    );
  });

  test('the order in which facts arrive does not matter where their days differ', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyFact, { selector: ({ on }) => on ?? 'none', maxLength: 10 }), (facts) => {
        expect(dueClocks([...facts].reverse(), weekdays)).toEqual(dueClocks(facts, weekdays));
      }),
    );
  });

  test('a review held moves the looked-after date later, never earlier than it would be had it not been held', () => {
    fc.assert(
      fc.property(day, fc.array(day, { minLength: 1, maxLength: 6 }), (from, days) => {
        const reviews = days.filter((on) => on >= from).sort();
        const dates = reviews.map((_, count) => {
          const [clock] = dueClocks(
            [fact('placed-away', from), ...reviews.slice(0, count + 1).map((on) => held(on))],
            weekdays,
          );
          return clock?.dueOn ?? '';
        });
        expect([...dates].sort()).toEqual(dates);
      }),
    );
  });

  test('time alone moves nothing: a clock has no today', () => {
    fc.assert(fc.property(story, (facts) => expect(dueClocks(facts, weekdays)).toEqual(dueClocks(facts, weekdays))));
  });

  test('no frequency, no date; unknown, no date; every date is a real day with its warnings before it', () => {
    fc.assert(
      fc.property(story, (facts) => {
        for (const { state, dueOn, base, warnOn } of dueClocks(facts, weekdays)) {
          expect(dueOn === null).toBe(state !== 'due');
          if (state === 'due') expect(base.on).not.toBeNull();
          if (dueOn !== null) expect(Temporal.PlainDate.from(dueOn).toString()).toBe(dueOn);
          for (const on of warnOn) expect(dueOn !== null && on <= dueOn).toBe(true);
        }
      }),
    );
  });
});
