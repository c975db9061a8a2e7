import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Availability, BusyBlock } from '../../../bot/context.js';
import { findSlots, type Slot, type SlotQuestion, windowOf } from '../../../bot/reviews/slots.js';
import { instantAt, zone } from '../../../bot/time.js';

const instant = (text: string) => Temporal.Instant.from(text);
const now = instant('2026-11-20T09:00:00Z'); // a Friday
const block = (on: string, from: string, until: string): BusyBlock => ({
  ...{ startAt: instantAt(on, from), endAt: instantAt(on, until), kind: 'busy' },
});
const known = (...busy: BusyBlock[]): Availability => ({ known: true, readAt: now, busy });
const unknown: Availability = { known: false, reason: 'no-such-calendar' };
const weekdays = (opens: string, closes: string) => new Map([1, 2, 3, 4, 5].map((day) => [day, { opens, closes }]));
const person = (id: string, availability: Availability, required = true) => ({ id, required, availability });

function ask(changes: Partial<SlotQuestion>): SlotQuestion {
  return {
    people: [person('vsht', known()), person('dm', known()), person('sw', known())],
    ...{ minutes: 60, earliestOn: '2026-11-23', latestOn: '2026-11-27', now, noticeMinutes: 24 * 60 },
    ...{ stepMinutes: 30, most: 12, officeHours: weekdays('09:00', '17:00'), schoolDates: [] },
    ...changes,
  };
}
const say = (slot: Slot | undefined) => slot?.startAt.toZonedDateTimeISO(zone).toPlainDateTime().toString();

describe('a review that everybody can come to', () => {
  test('soonest first, three choices a day, none over another', () => {
    const { slots, obstacle } = findSlots(ask({ most: 4 }));
    expect(slots.map(say)).toEqual([
      '2026-11-23T09:00:00',
      '2026-11-23T10:00:00',
      '2026-11-23T11:00:00',
      '2026-11-24T09:00:00',
    ]);
    expect(obstacle).toBeNull();
  });

  test('touching is not overlapping', () => {
    const people = [person('dm', known(block('2026-11-23', '09:00', '10:00'), block('2026-11-23', '11:00', '17:00')))];
    expect(say(findSlots(ask({ people })).slots[0])).toBe('2026-11-23T10:00:00');
  });

  test('a time when an optional person is busy is offered after those when they are not, and says so', () => {
    const people = [person('dm', known()), person('carer', known(block('2026-11-23', '09:00', '17:00')), false)];
    const { slots } = findSlots(ask({ people, latestOn: '2026-11-24', most: 6 }));
    expect(slots.map(say).slice(0, 1)).toEqual(['2026-11-24T09:00:00']);
    expect(slots.at(-1)).toMatchObject({ kind: 'free', busy: ['carer'] });
  });

  test('notice counts from now', () => {
    const { slots } = findSlots(ask({ earliestOn: '2026-11-20', noticeMinutes: 3 * 24 * 60 + 90 }));
    expect(say(slots[0])).toBe('2026-11-23T10:30:00');
  });
});

describe('unknown is never free', () => {
  test('times that need an unknown calendar come last, are marked, and name who', () => {
    const people = [person('dm', known()), person('sw', unknown)];
    const { slots, unknown: who } = findSlots(ask({ people }));
    expect(slots.every(({ kind, unknown: ids }) => kind === 'unknown' && ids.join() === 'sw')).toBe(true);
    expect(who).toEqual([{ id: 'sw', reason: 'no-such-calendar' }]);
  });

  test('an optional unknown does not hide that the required are free, and is still named', () => {
    const people = [person('dm', known()), person('sw', unknown, false)];
    expect(findSlots(ask({ people })).slots[0]).toMatchObject({ kind: 'free', busy: [], unknown: ['sw'] });
  });
});

test('another review of ours is in the way even of somebody whose calendar is unknown', () => {
  const alsoBusy = [block('2026-11-23', '09:00', '12:00')];
  const people = [person('dm', known()), { ...person('sw', unknown), alsoBusy }];
  expect(say(findSlots(ask({ people })).slots[0])).toBe('2026-11-23T12:00:00');
});

describe('when nobody can', () => {
  test('who stands in the way, and how often', () => {
    const people = [
      person('dm', known(block('2026-11-23', '09:00', '17:00'))),
      person('sw', known(block('2026-11-23', '09:00', '12:00'))),
    ];
    const question = ask({ people, latestOn: '2026-11-23', stepMinutes: 60 });
    expect(findSlots(question).obstacle).toEqual({
      ...{ why: 'busy', times: 8 },
      busy: [
        { id: 'dm', times: 8 },
        { id: 'sw', times: 3 },
      ],
    });
  });

  test('holidays, closures and weekends leave no working time', () => {
    const holiday = [{ kind: 'holiday' as const, fromOn: '2026-11-23', untilOn: '2026-11-27' }];
    expect(findSlots(ask({ schoolDates: holiday, latestOn: '2026-11-29' })).obstacle).toEqual({
      ...{ why: 'no-working-time', closedDays: 7, holidays: 5 },
    });
  });

  test('once a council has entered its terms, days outside them are closed', () => {
    const term = [{ kind: 'term' as const, fromOn: '2026-08-17', untilOn: '2026-11-24' }];
    const days = findSlots(ask({ schoolDates: term })).slots.map((slot) => say(slot)?.slice(0, 10));
    expect(new Set(days)).toEqual(new Set(['2026-11-23', '2026-11-24']));
  });

  test('an in-service day is a last resort', () => {
    const schoolDates = [{ kind: 'in-service' as const, fromOn: '2026-11-23', untilOn: '2026-11-23' }];
    const { slots } = findSlots(ask({ schoolDates, latestOn: '2026-11-24' }));
    expect(slots.map(({ inService }) => inService)).toEqual([false, false, false, true, true, true]);
  });

  test('too soon', () => {
    const earliestAt = instant('2026-12-20T09:00:00Z');
    const obstacle = findSlots(ask({ noticeMinutes: 30 * 24 * 60 })).obstacle;
    expect(obstacle?.why === 'too-soon' && obstacle.earliestAt.equals(earliestAt)).toBe(true);
  });
});

describe('whatever is asked', () => {
  const minute = (from: string, until: string) =>
    fc.integer({ min: Date.parse(from) / 60_000, max: Date.parse(until) / 60_000 });
  // Around both changes of the clock, and hours that reach into the night when it moves.
  const weeks = fc.constantFrom(
    { first: '2026-10-19', last: '2026-10-31', from: '2026-10-18T00:00Z', until: '2026-11-01T00:00Z' },
    { first: '2027-03-22', last: '2027-04-02', from: '2027-03-21T00:00Z', until: '2027-04-03T00:00Z' },
    { first: '2026-12-07', last: '2026-12-11', from: '2026-12-06T00:00Z', until: '2026-12-12T00:00Z' },
  );
  const hours = fc.constantFrom(
    ['00:00', '06:00'],
    ['00:30', '02:30'],
    ['01:30', '03:15'],
    ['09:00', '17:00'],
    ['00:00', '23:45'],
  );
  const questions = fc
    .record({ week: weeks, hours, minutes: fc.constantFrom(15, 30, 45, 60, 90), step: fc.constantFrom(15, 30, 60) })
    .chain(({ week, hours: [opens = '', closes = ''], minutes, step }) => {
      const busy = fc
        .record({ start: minute(week.from, week.until), minutes: fc.integer({ min: 0, max: 900 }) })
        .map(({ start, minutes: length }): BusyBlock => {
          const startAt = Temporal.Instant.fromEpochMilliseconds(start * 60_000);
          return { startAt, endAt: startAt.add({ minutes: length }), kind: 'busy' };
        });
      const availability = fc.oneof(
        { weight: 5, arbitrary: fc.array(busy, { maxLength: 12 }).map((blocks) => known(...blocks)) },
        { weight: 1, arbitrary: fc.constant(unknown) },
      );
      const people = fc
        .array(fc.record({ required: fc.boolean(), availability }), { minLength: 2, maxLength: 6 })
        .map((all) => all.map((one, index) => ({ id: `p${index}`, ...one })));
      const everyDay = new Map([1, 2, 3, 4, 5, 6, 7].map((day) => [day, { opens, closes }]));
      return fc.record({ people, most: fc.integer({ min: 1, max: 40 }) }).map(({ people: all, most }) =>
        ask({
          ...{ people: all, most, minutes, stepMinutes: step, officeHours: everyDay },
          ...{
            earliestOn: week.first,
            latestOn: week.last,
            now: instant(week.from.replace('Z', ':00Z')),
            noticeMinutes: 0,
          },
        }),
      );
    });
  const overlaps = (slot: Slot, { startAt, endAt }: BusyBlock) =>
    Temporal.Instant.compare(startAt, slot.endAt) < 0 &&
    Temporal.Instant.compare(slot.startAt, endAt) < 0 &&
    Temporal.Instant.compare(startAt, endAt) < 0;
  const isBusy = (slot: Slot, one: SlotQuestion['people'][number]) =>
    one.availability.known && one.availability.busy.some((busy) => overlaps(slot, busy));
  const check = (property: (question: SlotQuestion, slots: readonly Slot[]) => void) =>
    fc.assert(
      fc.property(questions, (question) => property(question, findSlots(question).slots)),
      { seed: 7, numRuns: 50 },
    );

  test('nobody required is ever busy; optional people who are, and everybody unknown, are named', () => {
    check((question, slots) => {
      for (const slot of slots) {
        expect(question.people.filter((one) => one.required && isBusy(slot, one))).toEqual([]);
        expect(slot.busy).toEqual(question.people.filter((one) => isBusy(slot, one)).map(({ id }) => id));
        expect(slot.unknown).toEqual(question.people.filter((one) => !one.availability.known).map(({ id }) => id));
        const required = question.people.filter((one) => one.required && !one.availability.known);
        expect(slot.kind).toBe(required.length > 0 ? 'unknown' : 'free');
      }
    });
  });

  test('a slot is inside that day’s hours on the wall clock of London, exactly as long as asked, and on the day asked', () => {
    check((question, slots) => {
      for (const slot of slots) {
        const [start, end] = [slot.startAt, slot.endAt].map((at) => at.toZonedDateTimeISO(zone));
        const hour = (time: Temporal.ZonedDateTime | undefined) =>
          time?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '';
        const day = question.officeHours.get(start?.dayOfWeek ?? 0);
        expect(hour(start) >= (day?.opens ?? '99') && hour(end) <= (day?.closes ?? '')).toBe(true);
        expect(hour(start) < hour(end)).toBe(true);
        expect(slot.endAt.since(slot.startAt).total('minutes')).toBe(question.minutes);
        expect(
          Temporal.PlainTime.from(hour(end))
            .since(Temporal.PlainTime.from(hour(start)))
            .total('minutes'),
        ).toBe(question.minutes);
        const on = start?.toPlainDate().toString() ?? '';
        expect(question.earliestOn <= on && on <= question.latestOn).toBe(true);
      }
    });
  });

  test('the same question has the same answer, in whatever order the calendars list their blocks', () => {
    check((question, slots) => {
      const people = question.people.map((one) => ({
        ...one,
        availability: one.availability.known
          ? { ...one.availability, busy: [...one.availability.busy].reverse() }
          : one.availability,
      }));
      const again = findSlots({ ...question, people }).slots;
      expect(again.map((slot) => `${slot.startAt.toString()} ${slot.kind}`)).toEqual(
        slots.map((slot) => `${slot.startAt.toString()} ${slot.kind}`),
      );
    });
  });

  test('no slot overlaps another, none is better than the one before it, and an empty answer says why', () => {
    check((question, slots) => {
      const sorted = [...slots].sort((a, b) => Temporal.Instant.compare(a.startAt, b.startAt));
      for (const [index, slot] of sorted.entries()) {
        const next = sorted[index + 1];
        if (next) expect(Temporal.Instant.compare(slot.endAt, next.startAt)).toBeLessThanOrEqual(0);
      }
      const missing = slots.map((slot) => slot.busy.length);
      expect(missing).toEqual([...missing].sort((a, b) => a - b));
      expect(findSlots(question).obstacle === null).toBe(slots.length > 0);
    });
  });

  test('when nothing is found, the first time of a day has somebody required who is busy then', () => {
    check((question, slots) => {
      if (slots.length > 0 || findSlots(question).obstacle?.why !== 'busy') return;
      const { opens } = question.officeHours.get(1) ?? { opens: '' };
      for (const on of ['2026-10-21', '2026-12-08', '2027-03-24']) {
        if (on < question.earliestOn || on > question.latestOn) continue;
        const startAt = instantAt(on, opens);
        const first = { startAt, endAt: startAt.add({ minutes: question.minutes }) };
        const slot: Slot = { ...first, kind: 'free', busy: [], unknown: [], inService: false };
        expect(question.people.some((one) => one.required && isBusy(slot, one))).toBe(true);
      }
    });
  });
});

test('the window to read is whole London days, from today at the earliest', () => {
  const window = windowOf({ earliestOn: '2026-03-01', latestOn: '2027-03-28', now });
  expect(`${window.from.toString()} ${window.until.toString()}`).toBe('2026-11-20T00:00:00Z 2027-03-28T23:00:00Z');
});

test('fifteen calendars over twelve weeks, five best slots: the plain answer', () => {
  const people = Array.from({ length: 15 }, (_, index) =>
    person(
      `p${index}`,
      known(
        ...Array.from({ length: 60 }, (__, day) =>
          block(
            Temporal.PlainDate.from('2026-11-23').add({ days: day }).toString(),
            '09:00',
            index % 3 === 0 ? '15:30' : '12:00',
          ),
        ),
      ),
    ),
  );
  const question = ask({ people, latestOn: '2027-02-12', most: 5, stepMinutes: 15 });
  const { slots } = findSlots(question);
  expect(say(slots[0])).toBe('2026-11-23T15:30:00');
  expect(slots).toHaveLength(5);
});
