import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { undoLastMove } from '../../../bot/requests/move-service.js';
import { giveChat, requestWorld, type RequestWorld } from '../../support/request-world.js';

let world: RequestWorld;
beforeAll(async () => {
  world = await requestWorld();
  await giveChat(world, world.asker);
});
afterAll(() => world.close());

const undo = async (ctx: RequestWorld['officer'], id: string) =>
  undoLastMove(ctx, id, { version: await world.version(id), nonce: randomUUID() });

describe('declining and passing on', () => {
  test('declining needs a reason and a signpost, tells the asker both, and can be reopened', async () => {
    const id = await world.submit();
    await expect(world.move(world.officer, id, 'decline', { reason: 'Not ours' })).rejects.toMatchObject({
      detail: { where: 'signpost' },
    });
    await world.move(world.officer, id, 'decline', { reason: 'Not ours', signpost: 'Educational psychology' });
    const read = await world.read(id);
    expect(read).toMatchObject({
      state: 'declined',
      declined: { reason: 'Not ours', signpost: 'Educational psychology' },
    });
    expect(await world.rows('select about from request_notice where request_id = $1', [id])).toEqual([
      { about: 'declined' },
    ]);
    expect(read.thread.at(-1)?.body).toBe('Not ours\n\nEducational psychology');
    await world.move(world.asker, id, 'reopen');
    expect(await world.read(id)).toMatchObject({ state: 'in-progress', declined: null });
  });

  test('passed on, taken by the other service once, or sent back with a reason', async () => {
    const id = await world.submit();
    await world.move(world.officer, id, 'transfer', { reason: 'Health need', service: 'School nursing' });
    expect(await world.read(id)).toMatchObject({
      state: 'transferred',
      transfer: { service: 'School nursing', acceptedBy: null },
    });
    await world.move(world.officer, id, 'accept', { by: 'Nurse in charge' });
    await expect(world.move(world.officer, id, 'accept', { by: 'Again' })).rejects.toMatchObject({
      code: 'not-allowed-now',
    });
    await expect(world.move(world.officer, id, 'send-back')).rejects.toMatchObject({ detail: { where: 'reason' } });
    await world.move(world.officer, id, 'send-back', { reason: 'No capacity' });
    expect(await world.read(id)).toMatchObject({
      state: 'in-progress',
      transfer: { acceptedBy: 'Nurse in charge', sentBackBecause: 'No capacity' },
    });
  });

  test('only to a service that the council lists, once it lists any', async () => {
    await world.set('requests.services', [{ name: 'School nursing' }]);
    const id = await world.submit();
    const to = (service: string) => world.move(world.officer, id, 'transfer', { reason: 'Because', service });
    await expect(to('A friend')).rejects.toMatchObject({ detail: { where: 'service' } });
    await expect(to('School nursing')).resolves.toBe(2);
  });

  test('a reason that reads like a concern is held, and nothing is kept of it', async () => {
    const id = await world.submit();
    const words = { reason: 'he is being hit at home', signpost: 'x' };
    await expect(world.move(world.officer, id, 'decline', words)).rejects.toMatchObject({ code: 'concern' });
    expect(await world.rows('select * from request_decision where request_id = $1', [id])).toEqual([]);
  });
});

describe('this is a concern', () => {
  test('who was told and when; then it is locked for everything but more of that', async () => {
    const id = await world.submit();
    await expect(world.move(world.officer, id, 'concern')).rejects.toMatchObject({ detail: { where: 'told' } });
    const told = (who: string, at: string) => ({ told: { who, at } });
    await world.move(world.officer, id, 'concern', told('Police 101, child protection desk', '2026-11-23T09:40:00Z'));
    for (const move of ['take', 'answer', 'close', 'withdraw', 'reopen', 'reply'] as const)
      await expect(world.move(world.head, id, move, { body: 'words' })).rejects.toMatchObject({
        code: 'not-allowed-now',
      });
    await world.move(world.head, id, 'told', told('Duty social work', '2026-11-23T09:50:00Z'));
    const read = await world.read(id);
    expect(read.state).toBe('concern');
    expect(read.concern?.told.map(({ who, notedBy }) => [who, notedBy])).toEqual([
      ['Police 101, child protection desk', 'An officer'],
      ['Duty social work', 'The head'],
    ]);
    expect(read.moves).toEqual(['told']);
    // Nobody else is told of it by us.
    expect(await world.rows('select about from request_notice where request_id = $1', [id])).toEqual([]);
  });
});

describe('taking back', () => {
  test('the last move, by whoever made it, while nobody has moved', async () => {
    const id = await world.submit();
    await world.move(world.officer, id, 'take');
    await expect(undo(world.head, id)).rejects.toMatchObject({ code: 'not-allowed-now' });
    await undo(world.officer, id);
    expect(await world.read(id)).toMatchObject({ state: 'submitted', assignee: null });
    expect(await world.rows('select * from request_load where request_id = $1', [id])).toEqual([]);
    await expect(undo(world.officer, id)).rejects.toMatchObject({ code: 'not-allowed-now' });
  });
  test('not after somebody has moved since, nor when it is no longer fresh', async () => {
    const id = await world.submit();
    const seen = await world.move(world.officer, id, 'take');
    await world.move(world.head, id, 'start');
    await expect(undoLastMove(world.officer, id, { version: seen, nonce: randomUUID() })).rejects.toMatchObject({
      code: 'stale',
    });
    await expect(undo(world.officer, id)).rejects.toMatchObject({ code: 'not-allowed-now' });
    world.goTo('2026-11-23T09:41:00Z');
    await expect(undo(world.head, id)).rejects.toMatchObject({ code: 'not-allowed-now' });
    world.goTo('2026-11-23T09:30:00Z');
  });
  test('pressing twice takes back once; what was said to the asker stays said', async () => {
    const id = await world.submit();
    await world.move(world.officer, id, 'answer', { body: 'Here is what we do.' });
    await expect(undo(world.officer, id)).rejects.toMatchObject({ code: 'not-allowed-now' });
    await world.move(world.officer, id, 'close');
    const press = { version: await world.version(id), nonce: randomUUID() };
    const both = await Promise.all([undoLastMove(world.officer, id, press), undoLastMove(world.officer, id, press)]);
    expect(both[1]).toEqual(both[0]);
    expect(await world.read(id)).toMatchObject({ state: 'answered' });
  });
});

describe('who gets it when it is asked', () => {
  test('by the table: the least loaded of the pool, who is told; the reason stands with it', async () => {
    await giveChat(world, world.other);
    const ids = [world.officer, world.other].map(({ actor }) => (actor.kind === 'person' ? actor.personId : ''));
    await world.set('requests.routing', {
      pools: [{ id: 'p', name: 'Duty pool', members: ids }],
      lines: [{ need: 'digital', to: { kind: 'pool', poolId: 'p' } }],
    });
    await world.rows('delete from request_load');
    await world.rows('insert into request_load values ($1, $2, $3)', [world.authority, randomUUID(), ids[0]]);
    const id = await world.submit(world.asker, { need: 'digital' });
    const read = await world.read(id);
    expect(read).toMatchObject({ state: 'assigned', assignee: { name: 'Another officer' }, routedTo: 'Duty pool' });
    expect(read.routing).toEqual({
      to: 'Duty pool',
      line: 1,
      sentences: [
        'Line 1 of your routing table fits: need.',
        'Another officer has the fewest open requests of the 2 who are here: 0.',
      ],
    });
    expect(await world.rows('select about from request_notice where request_id = $1', [id])).toEqual([
      { about: 'given' },
    ]);
  });
  test('a request is not given to somebody with a declared conflict', async () => {
    const conflicted = world.other.actor.kind === 'person' ? world.other.actor.personId : '';
    await world.rows(
      `insert into learner_link (authority_id, link_id, learner_id, person_id, kind, valid_from) values ($1, $2, $3, $4, 'conflict', '2026-01-01')`,
      [world.authority, randomUUID(), world.learner, conflicted],
    );
    const id = await world.submit(world.asker, { need: 'digital' });
    expect((await world.read(id)).assignee?.name).toBe('An officer');
    await expect(world.move(world.head, id, 'give', { assigneeId: conflicted })).rejects.toMatchObject({
      detail: { where: 'assigneeId' },
    });
  });
});
