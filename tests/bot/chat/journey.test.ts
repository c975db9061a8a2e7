import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cast, castLearners } from '../../../infra/local/demo/cast.js';
import { teams } from '../../../infra/local/demo/places.js';
import { startTestApp, type TestApp } from '../../support/app.js';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp();
}, 60_000);
afterAll(() => world.close());

const channel = { channelId: teams.strathlinn.channelId };

describe('from hi to taken', () => {
  test('a teacher asks, the channel sees a card that names nobody, somebody takes it, the teacher’s card changes in place', async () => {
    const teacher = world.chat.as(cast.teacher);
    const hello = await teacher.say('hi');
    expect(hello.status).toBe(200);
    const welcome = await teacher.newest();
    const form = await teacher.press(welcome.activityId, 'Ask for support');
    expect(form.status).toBe(200);
    const sent = await teacher.press(welcome.activityId, 'Send', {
      who: castLearners.jamie.learnerId,
      need: 'attendance',
      urgency: 'this-week',
      what: 'Attendance has dropped since October.',
    });
    expect(JSON.stringify(sent.card)).toMatch(/VS-[0-9A-Z]{6}/);
    await world.deliver();
    const officer = world.chat.as(cast.officer);
    const posted = await officer.newest(channel);
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
