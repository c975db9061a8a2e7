import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { Context } from '../../../bot/context.js';
import { isAppError } from '../../../bot/errors.js';
import { moveRequest, undoLastMove } from '../../../bot/requests/move-service.js';
import {
  askerMoves,
  canUndo,
  nextState,
  openStates,
  type RequestMove,
  requestMoves,
  type RequestState,
} from '../../../bot/requests/request.js';
import { requestWorld, type RequestWorld } from '../../support/request-world.js';

/**
 * Several people press at once, again and again, some of them twice and some with an old card. Whatever the interleaving, the
 * database must stand where some order of the presses would have put it, and every press must have been told so.
 */
let world: RequestWorld;
beforeAll(async () => {
  world = await requestWorld();
}, 120_000);
afterAll(() => world.close());

type Press = {
  readonly who: 'officer' | 'other' | 'asker';
  readonly move: RequestMove | 'undo';
  /** Presses with the card of so many versions ago. */
  readonly old: number;
  /** The same press arrives so many times, at the same moment. */
  readonly times: number;
};

const press: fc.Arbitrary<Press> = fc.record({
  who: fc.constantFrom('officer', 'other', 'asker'),
  // What ends a request for good is pressed seldom, or there would be little left to press.
  move: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.constantFrom<RequestMove>('take', 'give', 'start', 'ask', 'reply', 'resume', 'answer', 'reopen'),
    },
    { weight: 3, arbitrary: fc.constantFrom<RequestMove>('close', 'decline', 'transfer', 'accept', 'send-back') },
    { weight: 2, arbitrary: fc.constant('undo' as const) },
    { weight: 1, arbitrary: fc.constantFrom<RequestMove>(...requestMoves) },
  ),
  old: fc.constantFrom(0, 0, 0, 0, 1, 2),
  times: fc.constantFrom(1, 1, 1, 2, 3),
});
/** Rounds of two presses that are made at the same moment. */
const rounds = fc.array(fc.tuple(press, press), { minLength: 40, maxLength: 40 });

interface Stored {
  readonly state: RequestState;
  readonly version: number;
  readonly assignee_id: string | null;
}

const words = {
  ...{ body: 'words', reason: 'a reason', signpost: 'elsewhere', service: 'Another service', by: 'Somebody there' },
  told: { who: 'Duty social work', at: '2026-11-23T09:30:00Z' },
};

async function make(id: string, version: number, { who, move, times }: Press): Promise<string> {
  const ctx: Context = world[who];
  const input = { version, nonce: randomUUID() };
  const assigneeId = world.other.actor.kind === 'person' ? world.other.actor.personId : '';
  const once = async () => {
    try {
      const done =
        move === 'undo'
          ? await undoLastMove(ctx, id, input)
          : await moveRequest(ctx, id, move, { ...input, ...words, assigneeId });
      return `done ${done.version}`;
    } catch (error) {
      if (isAppError(error)) return error.code;
      throw error;
    }
  };
  const answers = await Promise.all(Array.from({ length: times }, once));
  // However often it arrives, what was done is told alike each time; a refusal may give the reason of its own moment.
  const kinds = new Set(answers);
  if (answers.some((answer) => answer.startsWith('done'))) expect(kinds.size).toBe(1);
  return answers[0] ?? '';
}

function allowedFor({ who, move }: Press): boolean {
  return who === 'asker' ? move !== 'undo' && askerMoves.includes(move) : true;
}

test('no interleaving of presses makes a second effect, leaves the table of moves, or tells somebody what is not so', async () => {
  let commands = 0;
  await fc.assert(
    fc.asyncProperty(rounds, async (together) => {
      const id = await world.submit();
      const read = async () =>
        (
          await world.rows<Stored>('select state, version, assignee_id from support_request where request_id = $1', [
            id,
          ])
        )[0] as Stored;
      let before = await read();
      // What an undo may bring back: the state before the last move, when that move can be taken back.
      let taken: { from: RequestState; move: RequestMove; who: Press['who'] } | null = null;
      for (const pair of together) {
        const answers = await Promise.all(pair.map((one) => make(id, Math.max(1, before.version - one.old), one)));
        commands += pair.reduce((sum, { times }) => sum + times, 0);
        const after = await read();
        const done = pair.filter((_, index) => answers[index]?.startsWith('done'));
        // Two at once with the same card: one moves at most, and the version counts exactly the moves.
        expect(done.length).toBeLessThanOrEqual(1);
        expect(after.version).toBe(before.version + done.length);
        for (const [index, one] of pair.entries()) {
          const answer = answers[index];
          if (one.old > 0 && before.version > 1 && allowedFor(one)) expect(['stale', 'not-found']).toContain(answer);
          if (!allowedFor(one)) expect(answer).toBe('forbidden');
        }
        const [moved] = done;
        if (!moved) expect(after).toEqual(before);
        else if (moved.move === 'undo') {
          expect(taken && canUndo(taken.from, taken.move) && taken.who === moved.who).toBe(true);
          expect(after.state).toBe(taken?.from);
          taken = null;
        } else {
          expect(after.state).toBe(nextState(before.state, moved.move));
          taken = { from: before.state, move: moved.move, who: moved.who };
        }
        before = after;
      }
      await soundAtRest(id, before);
    }),
    { numRuns: 18, seed: 20261123, endOnFailure: true },
  );
  expect(commands).toBeGreaterThanOrEqual(2000);
}, 120_000);

/** One line of the feed and one of the audit for each move, one pause that lasts when we wait, and the load as it is. */
async function soundAtRest(id: string, { state, version, assignee_id }: Stored): Promise<void> {
  const [counted] = await world.rows<Record<string, number | boolean>>(
    `select (select count(*)::int from activity where aggregate_id = $1) as told,
            (select count(distinct version)::int from activity where aggregate_id = $1) as versions,
            (select count(*)::int from audit_entry where subject_id = $1 and verb <> 'request.read') as audited,
            (select count(*)::int from request_pause where request_id = $1 and until_at is null) as waiting,
            (select count(*)::int from request_load where request_id = $1) as loaded,
            (select count(*)::int from request_message where request_id = $1) as messages,
            (select count(*)::int from activity where aggregate_id = $1 and data ? 'messageId') as said`,
    [id],
  );
  const open = openStates.includes(state);
  expect(counted).toEqual({
    ...{ told: version, versions: version, audited: version },
    ...{ waiting: state === 'waiting-on-school' ? 1 : 0, loaded: open && assignee_id !== null ? 1 : 0 },
    messages: counted?.['said'],
    said: counted?.['said'],
  });
}
