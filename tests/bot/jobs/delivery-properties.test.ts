import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { DeliveryError } from '../../../bot/context.js';
import type { Handler } from '../../../bot/jobs/handler.js';
import { addAuthority, asOwner } from '../../support/builders.js';
import { deliveryRig, realMoment, type DeliveryNode, type DeliveryRig } from '../../support/delivery.js';
import { testDatabase, type TestDatabase } from '../../support/database.js';

// Two processes on one database, a far side that fails as told, kills at any moment, and a clock that only the test moves.

const outcomes = ['ok', 'ok', 'ok', 'slow', 'retry-after', 'ambiguous', 'throws', 'hangs', 'refused'] as const;
type Outcome = (typeof outcomes)[number];

interface Scenario {
  /** Lane of each entry, in the order of writing; entries of one batch are committed together. */
  readonly batches: readonly (readonly number[])[];
  /** What the far side does at each call, over and over. */
  readonly script: readonly Outcome[];
  /** Before which steps of the clock a node is killed (and another started in its place). */
  readonly kills: readonly { readonly step: number; readonly node: number }[];
}

const scenarios: fc.Arbitrary<Scenario> = fc.record({
  batches: fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
  script: fc.array(fc.constantFrom(...outcomes), { minLength: 1, maxLength: 12 }),
  kills: fc.array(fc.record({ step: fc.integer({ min: 0, max: 30 }), node: fc.integer({ min: 0, max: 1 }) }), {
    maxLength: 4,
  }),
});

const limits = { leaseMs: 4_000, runLimitMs: 3_000, maxAttempts: 5, perAuthority: 3 };
const stepMs = 500;

interface Run {
  readonly n: number;
  readonly lane: string;
  readonly node: DeliveryNode;
  readonly startedAt: number;
  endedAt: number | null;
  delivered: boolean;
}

/** The far side, and what it saw. A run of a killed node, or one past its limit, holds no lease any more. */
class FarSide {
  readonly runs: Run[] = [];
  readonly overlaps: string[] = [];
  constructor(
    readonly rig: DeliveryRig,
    readonly script: readonly Outcome[],
  ) {}

  handlerFor(node: () => DeliveryNode): Handler<{ v: 1; n: number }> {
    return {
      payload: z.object({ v: z.literal(1), n: z.number() }),
      run: (_ctx, { n }, { lane }) => this.#run({ n, lane, node: node(), endedAt: null, delivered: false }),
    };
  }

  async #run(given: Omit<Run, 'startedAt'>): Promise<void> {
    const run: Run = { ...given, startedAt: this.#now() };
    const held = this.runs.filter((other) => other.lane === run.lane && this.#holdsLease(other));
    if (held.length > 0) this.overlaps.push(`${run.lane}: ${run.n} beside ${held.map(({ n }) => n).join()}`);
    const outcome = this.script[this.runs.length % this.script.length] ?? 'ok';
    this.runs.push(run);
    try {
      await this.#answer(outcome);
      run.delivered = !run.node.killed;
    } finally {
      run.endedAt = this.#now();
    }
  }

  async #answer(outcome: Outcome): Promise<void> {
    if (outcome === 'slow') await this.rig.time.sleep(1_200);
    if (outcome === 'hangs') await new Promise<never>(() => undefined);
    if (outcome === 'retry-after') throw new DeliveryError('retry', { status: 429, retryAfterMs: 1_500 });
    if (outcome === 'ambiguous') throw new DeliveryError('ambiguous', { status: 504 });
    if (outcome === 'throws') throw new TypeError('a fault of our own');
    if (outcome === 'refused') throw new DeliveryError('refused', { status: 400 });
  }

  #holdsLease({ node, endedAt, startedAt }: Run): boolean {
    return !node.killed && endedAt === null && this.#now() - startedAt < limits.runLimitMs;
  }
  #now(): number {
    return this.rig.time.now().epochMilliseconds;
  }
}

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

interface Row {
  readonly n: number;
  readonly lane: string;
  readonly state: string;
  readonly code: string | null;
}
const readRows = (council: string) =>
  asOwner(database, council, async (client) => {
    const query = `select (payload->>'n')::int as n, lane, state, last_code as code from outbox order by outbox_id`;
    return (await client.query<Row>(query)).rows;
  });

async function play(scenario: Scenario, seed: number) {
  const council = await addAuthority(database);
  const rig = deliveryRig(database, seed);
  const farSide = new FarSide(rig, scenario.script);
  const nodes = [0, 1].map(() => startNode(rig, farSide));
  const batches = [...scenario.batches];
  let written = 0;
  let rows: Row[] = [];
  // Far more steps than work needs: on a busy machine a step is over before what it began.
  for (let step = 0; step < 1_000; step += 1) {
    for (const { node } of scenario.kills.filter((kill) => kill.step === step)) {
      nodes[node]?.kill();
      nodes[node] = startNode(rig, farSide);
    }
    const batch = batches.shift() ?? [];
    const first = written;
    written += batch.length;
    const entries = batch.map((lane, index) => entry(first + index, `chat:${lane}`));
    await rig.enqueue(council, ...entries, ...entries.slice(0, 1)); // the same key twice is the same work
    await realMoment(8);
    rig.time.advance(stepMs);
    await realMoment(2);
    if (step % 5 === 0) rows = await readRows(council);
    if (batches.length === 0 && step > 30 && rows.every(({ state }) => state === 'done' || state === 'dead')) break;
  }
  rows = await readRows(council);
  for (const node of nodes) node.kill();
  await database.owner.query('delete from directory.authority where authority_id = $1', [council]);
  await rig.close();
  return { rows, farSide, written };
}

function startNode(rig: DeliveryRig, farSide: FarSide): DeliveryNode {
  const node: DeliveryNode = rig.node({ send: farSide.handlerFor(() => node) }, { limits });
  node.workers.start();
  return node;
}

function entry(n: number, lane: string) {
  return { lane, job: 'send', payload: { v: 1, n }, key: `send/${n}` };
}

test('nothing is lost, nothing done twice at once, and each lane keeps its order, under failures and kills', async () => {
  await fc.assert(
    fc.asyncProperty(scenarios, fc.integer({ min: 1, max: 1e6 }), async (scenario, seed) => {
      const { rows, farSide, written } = await play(scenario, seed);
      // One row a key, and every row came to an end: delivered, or dead with a code that a person can read.
      expect(rows.map(({ n }) => n)).toEqual(Array.from({ length: written }, (_, n) => n));
      for (const { n, state, code } of rows) {
        if (state === 'done') expect(farSide.runs.some((run) => run.n === n && run.endedAt !== null)).toBe(true);
        else expect([state, code === null]).toEqual(['dead', false]);
      }
      // Never two in flight in one lane while both hold a lease.
      expect(farSide.overlaps).toEqual([]);
      // What was delivered in a lane was first delivered in the order of writing.
      for (const lane of new Set(rows.map((row) => row.lane))) {
        const first = farSide.runs.filter((run) => run.lane === lane && run.delivered).map(({ n }) => n);
        const firstTimes = [...new Set(first)];
        expect(firstTimes).toEqual([...firstTimes].sort((a, b) => a - b));
      }
      // A second delivery of the same row has a kill, or a lost answer, before it.
      for (const { n } of rows) {
        const delivered = farSide.runs.filter((run) => run.n === n && run.delivered);
        if (delivered.length > 1) expect(scenario.kills.length).toBeGreaterThan(0);
      }
    }),
    // Made smaller, a failure would take minutes to say what it was.
    { numRuns: 8, endOnFailure: true },
  );
}, 120_000);
