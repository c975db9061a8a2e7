import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { DeliveryError } from '../../../bot/context.js';
import type { Handler, Job } from '../../../bot/jobs/handler.js';
import { addAuthority, asOwner } from '../../support/builders.js';
import { deliveryRig, realMoment, type DeliveryRig } from '../../support/delivery.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

const payload = z.object({ v: z.literal(1), n: z.number() });
type Payload = z.infer<typeof payload>;

let database: TestDatabase;
let rig: DeliveryRig;
let council: string;

beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await database.owner.query('truncate outbox, timer');
  await database.owner.query('delete from directory.authority');
  rig = deliveryRig(database);
  council = await addAuthority(database);
});
afterEach(() => rig.close());
afterAll(() => database.close());

function handler(run: (payload: Payload, job: Job) => Promise<void> | void): Handler<Payload> {
  return { payload, run: async (_ctx, given, job) => run(given, job) };
}
function entry(n: number, lane = 'mailbox:a', job = 'send') {
  return { lane, job, payload: { v: 1, n }, key: `${lane}/${n}` };
}

interface Row {
  readonly n: number;
  readonly state: string;
  readonly attempts: number;
  readonly code: string | null;
}
async function rows(authorityId = council, table: 'outbox' | 'timer' = 'outbox'): Promise<Row[]> {
  const query = `select (payload->>'n')::int as n, state, attempts, last_code as code from ${table} order by 1`;
  return asOwner(database, authorityId, async (client) => (await client.query<Row>(query)).rows);
}

describe('the outbox', () => {
  test('delivers one lane in order, one at a time, and several lanes at once', async () => {
    const order: string[] = [];
    let [running, most] = [0, 0];
    const node = rig.node({
      send: handler(async ({ n }, { lane }) => {
        most = Math.max(most, (running += 1));
        await realMoment();
        order.push(`${lane}/${n}`);
        running -= 1;
      }),
    });
    await rig.enqueue(council, entry(1), entry(2), entry(3), entry(1, 'mailbox:b'), entry(2, 'mailbox:b'));
    await node.workers.drain();
    expect(order.filter((line) => line.startsWith('mailbox:a'))).toEqual(['mailbox:a/1', 'mailbox:a/2', 'mailbox:a/3']);
    expect(order).toHaveLength(5);
    expect(most).toBe(2);
    expect((await rows()).every(({ state }) => state === 'done')).toBe(true);
  });

  test('a second entry with the same key is the same work', async () => {
    const sent: number[] = [];
    await rig.enqueue(council, entry(1), entry(1));
    await rig.enqueue(council, entry(1));
    await rig.node({ send: handler(({ n }) => void sent.push(n)) }).workers.drain();
    expect(sent).toEqual([1]);
  });

  test('a row that becomes visible late, before one in flight, waits for it', async () => {
    const order: string[] = [];
    let answer: () => void = () => undefined;
    const first = rig.node({
      send: handler(async ({ n }) => {
        order.push(`begin ${n}`);
        if (n === 2) await new Promise<void>((resolve) => (answer = resolve));
        order.push(`end ${n}`);
      }),
    });
    await rig.enqueue(council, entry(2));
    const drained = first.workers.drain();
    while (order.length === 0) await realMoment();
    await rig.enqueue(council, entry(1));
    // As if entry 1 had been given its id before entry 2, and its transaction committed only now.
    await asOwner(database, council, (client) =>
      client.query(`update outbox set outbox_id = '00000000-0000-7000-8000-000000000001' where payload->>'n' = '1'`),
    );
    const second = rig.node({ send: handler(({ n }) => void order.push(`elsewhere ${n}`)) });
    await second.workers.drain();
    expect(order).toEqual(['begin 2']);
    answer();
    await drained;
    expect(order).toEqual(['begin 2', 'end 2', 'begin 1', 'end 1']);
  });

  test('waits as long as the far side asks, and holds only that lane', async () => {
    const sent: string[] = [];
    const node = rig.node({
      send: handler(({ n }, { lane, attempt }) => {
        if (lane === 'mailbox:a' && attempt === 1 && n === 1)
          throw new DeliveryError('retry', { status: 429, retryAfterMs: 30_000 });
        sent.push(`${lane}/${n}`);
      }),
    });
    await rig.enqueue(council, entry(1), entry(2), entry(1, 'mailbox:b'));
    await node.workers.drain();
    expect(sent).toEqual(['mailbox:b/1']);
    rig.time.advance(29_900);
    await node.workers.drain();
    expect(sent).toEqual(['mailbox:b/1']);
    rig.time.advance(100);
    await node.workers.drain();
    expect(sent).toEqual(['mailbox:b/1', 'mailbox:a/1', 'mailbox:a/2']);
  });

  test('a refused one is dead with its code and the lane goes on', async () => {
    const sent: number[] = [];
    const node = rig.node({
      send: handler(({ n }) => {
        if (n === 1) throw new DeliveryError('refused', { status: 403, code: 'MessageWritesBlocked' });
        sent.push(n);
      }),
    });
    await rig.enqueue(council, entry(1), entry(2));
    await node.workers.drain();
    expect(sent).toEqual([2]);
    expect(await rows()).toEqual([
      { n: 1, state: 'dead', attempts: 1, code: 'refused 403 MessageWritesBlocked' },
      { n: 2, state: 'done', attempts: 1, code: null },
    ]);
  });

  test('a job or a payload version that nobody knows is dead, not lost and not tried', async () => {
    const node = rig.node({ send: handler(() => undefined) });
    await rig.enqueue(council, entry(1, 'mailbox:a', 'constructor'), {
      ...entry(2),
      payload: { v: 2, n: 2, extra: 'text that must not be logged' },
    });
    await node.workers.drain();
    expect((await rows()).map(({ state, code }) => [state, code])).toEqual([
      ['dead', 'job-unknown'],
      ['dead', 'payload-unknown'],
    ]);
    expect(JSON.stringify(rig.logged)).not.toContain('must not be logged');
  });

  test('gives up after the last attempt', async () => {
    const node = rig.node(
      { send: handler(() => Promise.reject(new DeliveryError('ambiguous', { status: 504 }))) },
      { limits: { maxAttempts: 3 } },
    );
    await rig.enqueue(council, entry(1));
    for (let tried = 0; tried < 3; tried += 1) {
      await node.workers.drain();
      rig.time.advance(10_000);
    }
    expect(await rows()).toEqual([{ n: 1, state: 'dead', attempts: 3, code: 'ambiguous 504' }]);
  });

  test('tells a repeat how the attempt before ended', async () => {
    const seen: (string | null)[] = [];
    const node = rig.node({
      send: handler((_payload, { previousCode }) => {
        seen.push(previousCode);
        if (seen.length === 1) throw new DeliveryError('ambiguous');
      }),
    });
    await rig.enqueue(council, entry(1));
    await node.workers.drain();
    rig.time.advance(1_000);
    await node.workers.drain();
    expect(seen).toEqual([null, 'ambiguous']);
  });

  test('one council waiting for slow answers does not hold up another', async () => {
    const other = await addAuthority(database);
    const sent: string[] = [];
    const answers: (() => void)[] = [];
    const node = rig.node({
      send: handler(({ n }, { lane }) => {
        if (lane.startsWith('mailbox:slow')) return new Promise<void>((resolve) => answers.push(resolve));
        sent.push(`${lane}/${n}`);
      }),
    });
    await rig.enqueue(council, ...Array.from({ length: 20 }, (_, n) => entry(n, `mailbox:slow-${n}`)));
    await rig.enqueue(other, ...Array.from({ length: 20 }, (_, n) => entry(n, `mailbox:${n}`)));
    const drained = node.workers.drain();
    while (sent.length < 20) await realMoment();
    expect(answers).toHaveLength(8);
    const answering = setInterval(() => answers.splice(0).forEach((answer) => answer()), 2);
    await drained;
    clearInterval(answering);
    expect((await rows()).every(({ state }) => state === 'done')).toBe(true);
  });

  test('looks at every council, however few jobs the process may run at once', async () => {
    const councils = [council, ...(await Promise.all(Array.from({ length: 9 }, () => addAuthority(database))))];
    for (const one of councils) await rig.enqueue(one, entry(1), entry(2));
    let sent = 0;
    const node = rig.node({ send: handler(() => void (sent += 1)) }, { maxRunning: 3, maxTurns: 2 });
    await node.workers.drain();
    expect(sent).toBe(20);
  });

  test('paces a conversation to what Teams publishes and spends no attempt on it', async () => {
    const sent: number[] = [];
    const node = rig.node({ send: handler(({ n }) => void sent.push(n)) });
    await rig.enqueue(council, ...Array.from({ length: 9 }, (_, n) => entry(n, 'chat:19:a@thread.tacv2')));
    await node.workers.drain();
    expect(sent).toHaveLength(7);
    rig.time.advance(1_040);
    await node.workers.drain();
    expect(sent).toHaveLength(8);
    rig.time.advance(1_040);
    await node.workers.drain();
    expect(sent).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await rows()).every(({ attempts }) => attempts === 1)).toBe(true);
  });
});

describe('a worker that dies', () => {
  test('leaves its job for another within 30 s', async () => {
    const stuck = rig.node({ send: handler(() => new Promise<void>(() => undefined)) });
    await rig.enqueue(council, entry(1));
    stuck.workers.start();
    while (!(await rows()).some(({ state }) => state === 'leased')) await realMoment();
    stuck.kill();
    const sent: number[] = [];
    const next = rig.node({ send: handler(({ n }, { attempt }) => void sent.push(n, attempt)) });
    next.workers.start();
    for (let seconds = 0; seconds < 30 && sent.length === 0; seconds += 1) {
      rig.time.advance(1_000);
      await realMoment(10);
    }
    expect(sent).toEqual([1, 2]);
    await next.workers.stop();
  });

  test('and comes back too late changes nothing: its end is fenced out, and reported', async () => {
    let answerFirst: () => void = () => undefined;
    const late = rig.node(
      { send: handler(() => new Promise<void>((resolve) => (answerFirst = resolve))) },
      { limits: { runLimitMs: 600_000 } },
    );
    await rig.enqueue(council, entry(1));
    const drained = late.workers.drain();
    while (!(await rows()).some(({ state }) => state === 'leased')) await realMoment();
    rig.time.advance(26_000);
    const other = rig.node({ send: handler(() => Promise.reject(new DeliveryError('refused', { status: 400 }))) });
    await other.workers.drain();
    answerFirst();
    await drained;
    expect(await rows()).toEqual([{ n: 1, state: 'dead', attempts: 2, code: 'refused 400' }]);
    expect(rig.logged.map(({ event }) => event)).toContain('job-fenced-out');
  });

  test('a run that takes too long is given up, told so, and tried again', async () => {
    const told: boolean[] = [];
    const node = rig.node({
      send: handler(async (_payload, { attempt, signal }) => {
        if (attempt > 1) return;
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
        told.push(signal.aborted);
      }),
    });
    await rig.enqueue(council, entry(1));
    const drained = node.workers.drain();
    while (!(await rows()).some(({ state }) => state === 'leased')) await realMoment();
    rig.time.advance(20_000);
    await drained;
    expect(await rows()).toEqual([{ n: 1, state: 'pending', attempts: 1, code: 'timeout' }]);
    rig.time.advance(1_000);
    await node.workers.drain();
    expect(await rows()).toEqual([{ n: 1, state: 'done', attempts: 2, code: 'timeout' }]);
    expect(told).toEqual([true]);
  });

  test('a process that stops lets runs end, gives the rest back, and claims nothing more', async () => {
    let answer: () => void = () => undefined;
    const node = rig.node({
      send: handler(({ n }) => new Promise<void>((resolve) => (n === 1 ? (answer = resolve) : undefined))),
    });
    await rig.enqueue(council, entry(1), entry(2, 'mailbox:b'));
    node.workers.start();
    while ((await rows()).filter(({ state }) => state === 'leased').length < 2) await realMoment();
    await rig.enqueue(council, entry(3, 'mailbox:c'));
    const stopped = node.workers.stop();
    answer();
    await realMoment(30);
    rig.time.advance(4_000);
    await stopped;
    expect((await rows()).map(({ state }) => state)).toEqual(['done', 'pending', 'pending']);
  });
});

describe('timers', () => {
  const timer = (n: number, dueInMs: number) => ({
    job: 'look',
    payload: { v: 1, n },
    key: `timer-${n}`,
    dueAt: rig.time.now().add({ milliseconds: dueInMs }),
  });

  test('run when they are due, and again when they say so', async () => {
    const ran: number[] = [];
    const node = rig.node({
      look: handler(({ n }, { scheduleNext }) => {
        ran.push(n);
        if (n === 2) scheduleNext?.(rig.time.now().add({ minutes: 15 }));
      }),
    });
    await rig.setTimer(council, timer(1, 5_000));
    await rig.setTimer(council, timer(2, 6_000));
    await node.workers.drain();
    expect(ran).toEqual([]);
    rig.time.advance(6_000);
    await node.workers.drain();
    rig.time.advance(15 * 60_000);
    await node.workers.drain();
    expect(ran).toEqual([1, 2, 2]);
  });

  test('a hint that comes while it runs is not lost, and does not run it twice at once', async () => {
    let [runs, running, most] = [0, 0, 0];
    const look = handler(async (_payload, { scheduleNext }) => {
      runs += 1;
      most = Math.max(most, (running += 1));
      if (runs === 1) await rig.setTimer(council, timer(1, 0));
      await realMoment(20);
      scheduleNext?.(rig.time.now().add({ minutes: 15 }));
      running -= 1;
    });
    const [node, second] = [rig.node({ look }), rig.node({ look })];
    await rig.setTimer(council, timer(1, 0));
    await Promise.all([node.workers.drain(), second.workers.drain()]);
    await node.workers.drain();
    expect([runs, most]).toEqual([2, 1]);
    expect(await rows(council, 'timer')).toEqual([{ n: 1, state: 'pending', attempts: 0, code: null }]);
  });

  test('go on trying for ever, at longer and longer waits', async () => {
    let tries = 0;
    const node = rig.node({
      look: handler(() => {
        tries += 1;
        throw new DeliveryError('retry', { status: 503 });
      }),
    });
    await rig.setTimer(council, timer(1, 0));
    for (let minute = 0; minute < 300; minute += 5) {
      await node.workers.drain();
      rig.time.advance(300_000);
    }
    expect(tries).toBe(60);
    expect(await rows(council, 'timer')).toMatchObject([{ state: 'pending', code: 'retry 503' }]);
  });

  test('every authority has the recurring ones, also one that joins later and one whose timer died', async () => {
    const seen = new Set<string>();
    const look: Handler<{ v: 1 }> = {
      payload: z.object({ v: z.literal(1) }),
      run: async (ctx, _payload, { scheduleNext }) => {
        seen.add(ctx.actor.authorityId);
        scheduleNext?.(rig.time.now().add({ minutes: 1 }));
      },
    };
    const recurring = [{ job: 'look', payload: { v: 1 }, key: 'look' }];
    const node = rig.node({ look }, { recurring });
    await node.workers.drain();
    const late = await addAuthority(database);
    await node.workers.drain();
    expect([...seen]).toEqual([council, late]);
    await asOwner(database, council, (client) => client.query(`update timer set state = 'dead'`));
    seen.clear();
    await rig.node({ look }, { recurring }).workers.drain();
    expect([...seen]).toEqual([council]);
  });
});
