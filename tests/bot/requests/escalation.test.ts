import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { giveChat, requestWorld, type RequestWorld } from '../../support/request-world.js';

let world: RequestWorld;
beforeAll(async () => {
  world = await requestWorld();
  for (const ctx of [world.asker, world.manager, world.officer, world.head]) await giveChat(world, ctx);
  await world.set('requests.waiting', { replyWithin: 3, managerAfter: 2, phoneAfter: 1 });
  await world.set('requests.due-targets', { 'this-week': 3 });
  await world.dates('term', '2026-10-26', '2026-12-22');
});
afterAll(() => world.close());

const steps = (id: string) =>
  world.rows<{ step: string }>('select step from request_step where request_id = $1 order by at, step_id', [id]);
const notices = async (id: string) =>
  (
    await world.rows<{ about: string; name: string | null }>(
      `select n.about, p.name from request_notice n left join person p using (authority_id, person_id) where n.request_id = $1 order by n.at, n.notice_id`,
      [id],
    )
  ).map(({ about, name }) => [about, name]);
async function asked(): Promise<string> {
  world.goTo('2026-11-23T10:00:00Z');
  const id = await world.submit();
  await world.move(world.officer, id, 'ask', { body: 'Which mornings?' });
  return id;
}

describe('while we wait for the school', () => {
  test('reminded, its manager told, then back to us to telephone: each once, whoever looks how often', async () => {
    const id = await asked();
    expect(await world.read(id)).toMatchObject({
      state: 'waiting-on-school',
      clock: {
        dueAt: null,
        childDueAt: '2026-11-26T17:00:00.000Z',
        schoolDueAt: '2026-11-26T15:30:00.000Z',
        paused: true,
      },
    });
    expect(await world.tend(id)).toBe('2026-11-26T15:30:00Z');
    expect(await steps(id)).toEqual([]);
    world.goTo('2026-11-26T15:30:00Z');
    const looked = await Promise.all([world.tend(id), world.tend(id), world.tend(id)]);
    expect(new Set(looked)).toEqual(new Set(['2026-11-30T15:30:00Z']));
    world.goTo('2026-11-30T15:31:00Z');
    await Promise.all([world.tend(id), world.tend(id)]);
    world.goTo('2026-12-01T15:31:00Z');
    await Promise.all([world.tend(id), world.tend(id)]);
    expect((await steps(id)).map(({ step }) => step)).toEqual(['remind', 'manager', 'phone-them']);
    expect(await notices(id)).toEqual([
      ['question', 'The asker'],
      ['remind', 'The asker'],
      ['manager', 'The manager'],
      ['phone-them', 'An officer'],
    ]);
    const read = await world.read(id);
    expect(read).toMatchObject({ state: 'in-progress', clock: { paused: false, phoneThem: true } });
    expect(read.clock.childDueAt).toBe('2026-11-26T17:00:00.000Z');
    // Paused Mon 10:00 to Tue week 15:31: 53 h 31 min of office time after Thu 17:00.
    expect(read.clock.dueAt).toBe('2026-12-07T14:31:00.000Z');
    expect(read.clock.pauses).toMatchObject([{ endedBy: 'phone-them', untilAt: '2026-12-01T15:31:00.000Z' }]);
    expect(read.clock.sentences).toContain('The school has not answered: phone them.');
    expect(read.clock.steps.map(({ sentence }) => sentence)).toHaveLength(3);
  });

  test('an answer stops it; a second question begins a round of its own', async () => {
    const id = await asked();
    world.goTo('2026-11-26T15:30:00Z');
    await world.tend(id);
    await world.move(world.asker, id, 'reply', { body: 'Mondays' });
    world.goTo('2026-12-02T15:30:00Z');
    expect(await world.tend(id)).toBeNull();
    world.goTo('2026-12-03T10:00:00Z');
    await world.move(world.officer, id, 'ask', { body: 'And Tuesdays?' });
    world.goTo('2026-12-08T15:30:00Z');
    await world.tend(id);
    expect((await steps(id)).map(({ step }) => step)).toEqual(['remind', 'remind']);
  });

  test('the manager may answer for their colleague, somebody who was not asked may not', async () => {
    const id = await asked();
    const colleague = await world.person(['pupil-support'], { schoolId: world.school.schoolId });
    await expect(world.move(world.manager, id, 'reply', { body: 'x' })).rejects.toMatchObject({ code: 'not-found' });
    world.goTo('2026-11-30T15:31:00Z');
    await world.tend(id);
    await expect(world.move(colleague, id, 'reply', { body: 'x' })).rejects.toMatchObject({ code: 'not-found' });
    await world.move(world.manager, id, 'reply', { body: 'Mondays' });
    expect((await world.read(id)).state).toBe('in-progress');
  });
});

describe('the end of a term', () => {
  const lastAfternoon = '2026-12-22T15:31:00Z';
  test('names whoever has the request; the pause goes on in their name', async () => {
    world.goTo('2026-12-21T10:00:00Z');
    const id = await world.submit();
    await world.move(world.officer, id, 'ask', { body: 'Which mornings?' });
    world.goTo(lastAfternoon);
    await world.tend(id);
    const read = await world.read(id);
    expect(read).toMatchObject({ state: 'waiting-on-school', clock: { pauses: [{ owner: { name: 'An officer' } }] } });
    expect((await steps(id)).map(({ step }) => step)).toEqual(['term-end']);
  });
  test('comes back to us when whoever has it leaves before the school is back', async () => {
    const leaver = await world.person(['virtual-school'], { name: 'A leaver', leavesOn: '2026-12-23' });
    world.goTo('2026-12-21T10:00:00Z');
    const id = await world.submit();
    await world.move(leaver, id, 'ask', { body: 'Which mornings?' });
    world.goTo(lastAfternoon);
    await world.tend(id);
    expect(await world.read(id)).toMatchObject({
      state: 'in-progress',
      clock: { phoneThem: true, pauses: [{ endedBy: 'term-end' }] },
    });
  });
});

describe('the council’s ladder', () => {
  test('each rung once; nobody to tell means that it is not lost', async () => {
    await world.set('requests.ladder', [
      { when: 'untaken', hours: 4, tell: 'assignee' },
      { when: 'overdue', hours: 0, tell: 'assignee' },
      { when: 'overdue', hours: 4, tell: 'head' },
    ]);
    world.goTo('2026-11-23T10:00:00Z');
    const id = await world.submit();
    expect(await world.tend(id)).toBe('2026-11-23T14:00:00Z');
    world.goTo('2026-11-24T14:00:00Z');
    await Promise.all([world.tend(id), world.tend(id)]);
    await world.move(world.officer, id, 'take');
    world.goTo('2026-11-26T17:00:00Z');
    await world.tend(id);
    world.goTo('2026-11-27T14:00:00Z');
    await world.tend(id);
    await world.tend(id);
    expect((await steps(id)).map(({ step }) => step)).toEqual([
      'untaken:4:assignee',
      'overdue:0:assignee',
      'overdue:4:head',
    ]);
    expect(await notices(id)).toEqual([
      ['overdue', 'An officer'],
      ['overdue', 'The head'],
    ]);
    const kinds = await world.rows<{ kind: string }>(
      `select kind from activity where aggregate_id = $1 and kind like 'request.ladder%' order by seq`,
      [id],
    );
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'request.ladder-untaken',
      'request.ladder-overdue',
      'request.ladder-overdue',
    ]);
  });
});
