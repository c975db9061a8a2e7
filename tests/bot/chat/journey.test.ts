import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cast } from '../../../infra/local/demo/cast.js';
import { teams } from '../../../infra/local/demo/places.js';
import { askFor, jamie } from '../../support/asking.js';
import { startTestApp, type TestApp } from '../../support/app.js';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp();
}, 60_000);
afterAll(() => world.close());

let reference = '';
const channel = { channelId: teams.strathlinn.channelId };

describe('from hi to taken', () => {
  test('a teacher asks, the channel sees a card that names nobody, somebody takes it, the teacher’s card changes in place', async () => {
    const teacher = world.chat.as(cast.teacher);
    const hello = await teacher.say('hi');
    expect(hello.status).toBe(200);
    const welcome = await teacher.newest();
    const sent = await askFor(teacher, welcome.activityId, jamie, {
      need: 'attendance',
      urgency: 'this-week',
      what: 'Attendance has dropped since October.',
    });
    expect(JSON.stringify(sent.card)).toMatch(/VS-[0-9A-Z]{6}/);
    await world.deliver();
    const officer = world.chat.as(cast.officer);
    reference = /VS-[0-9A-Z]{6}/.exec(JSON.stringify(sent.card))?.[0] ?? 'none';
    const board = await officer.cards(channel);
    const posted = board.find(({ card }) => JSON.stringify(card).includes(`Request ${reference}`));
    if (!posted) throw new Error('no card in the channel');
    const text = JSON.stringify(posted.card);
    expect(text).toContain('Attendance');
    for (const word of ['Jamie', 'Macrae', 'S3', 'October']) expect(text).not.toContain(word);
    const taken = await officer.press(posted.activityId, 'Take');
    expect(JSON.stringify(taken.card)).toContain(cast.officer.name);
    await world.deliver();
    const after = await teacher.newest();
    expect(after.activityId).toBe(welcome.activityId);
    expect(JSON.stringify(after.card)).toContain(cast.officer.name);
  });
});

describe('from taken to joint', () => {
  test('a joint review is booked, the social worker accepts, and cards and tab say so', async () => {
    const tab = world.api(cast.virtualSchoolHead);
    const list = (await tab('POST', '/api/requests/search', { view: 'everything', search: reference })).body as {
      items: { id: string; state: string }[];
    };
    const request = list.items.find(({ state }) => state === 'assigned');
    if (!request) throw new Error('no request');
    const proposal = (await tab('GET', `/api/reviews/proposal?requestId=${request.id}`)).body as {
      learner: { id: string };
      people: { id: string; name: string; service: string; required: boolean; calendar: string }[];
    };
    const people = proposal.people
      .filter(
        ({ name }) =>
          name === cast.socialWorker.name || name === cast.teacher.name || name === cast.virtualSchoolHead.name,
      )
      .map(({ id }) => ({ id, required: true }));
    expect(people.length).toBeGreaterThanOrEqual(2);
    const asked = {
      learnerId: proposal.learner.id,
      people,
      minutes: 60,
      earliestOn: '2026-11-25',
      latestOn: '2026-12-11',
    };
    const found = (await tab('POST', '/api/reviews/slots', asked)).body as { slots: { startsAt: string }[] };
    const startsAt = found.slots[0]?.startsAt;
    expect(startsAt).toBeDefined();
    const booked = await tab('POST', '/api/reviews', {
      nonce: 'journey-nonce-1',
      learnerId: proposal.learner.id,
      requestId: request.id,
      purpose: 'support-request',
      startsAt,
      minutes: 60,
      online: true,
      people,
    });
    expect([booked.status, booked.text.slice(0, 200)]).toEqual([200, booked.text.slice(0, 200)]);
    const review = booked.body as { id: string; reference: string };
    await world.deliver();
    const url = `${world.microsoft365.url}/_local/calendar`;
    const events = (await (await fetch(`${url}/${cast.socialWorker.oid}`)).json()) as {
      events: { id: string; subject: string }[];
    };
    const invitation = events.events.find(({ subject }) => subject.includes(review.reference));
    if (!invitation) throw new Error('no invitation');
    expect(invitation.subject).toBe(`Review meeting ${review.reference}`);
    for (const member of [cast.socialWorker, cast.teacher, cast.virtualSchoolHead]) {
      const own = (await (await fetch(`${url}/${member.mailbox.oid}`)).json()) as {
        events: { id: string; subject: string }[];
      };
      const mine = own.events.find(({ subject }) => subject.includes(review.reference));
      if (mine)
        await fetch(`${url}/${member.mailbox.oid}/${mine.id}/accept`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        });
    }
    world.clock.move({ minutes: 20 });
    await world.deliver();
    const after = (await tab('GET', `/api/reviews/${review.id}`)).body as { joint: string; state: string };
    expect(after).toMatchObject({ state: 'booked', joint: 'yes' });
    const cards = JSON.stringify(await world.chat.as(cast.officer).cards(channel));
    expect(cards).toContain(review.reference);
    expect(cards).toContain('both be there');
    for (const word of ['Jamie', 'Macrae']) expect(cards).not.toContain(word);
    expect(JSON.stringify((await world.chat.as(cast.teacher).cards()).at(-1))).toContain('both be there');
  });
});
