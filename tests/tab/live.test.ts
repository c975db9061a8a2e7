import { describe, expect, test } from '@jest/globals';
import type { LiveEvent } from '../../bot/people/contract.js';
import { followLive, pauseAfter } from '../../tab/live.js';
import { keys } from '../../tab/query-keys.js';
import { keysOf } from '../../tab/shell/live-keys.js';

const line = (seq: number) => JSON.stringify({ kind: 'request.taken', id: 'r1', seq, feed: String(seq) });

/** Follows streams of these texts, one a connection (null: the connection fails), until they have all been read. */
async function follow(connections: readonly (string | null)[]) {
  const heard: LiveEvent[] = [];
  const feeds: (string | null)[] = [];
  const states: string[] = [];
  await new Promise<void>((done) => {
    const stop = followLive({
      open: async (feed) => {
        feeds.push(feed);
        const text = connections[feeds.length - 1];
        if (text === undefined || text === null) throw new Error('lost');
        return new Response(text);
      },
      heard: (event) => heard.push(event),
      state: (state) => states.push(state),
      wait: async () => {
        if (feeds.length < connections.length) return;
        stop();
        done();
      },
      random: () => 0.5,
    });
  });
  return { heard, feeds, states };
}

describe('the live stream', () => {
  test('every line is heard once, and after an end it goes on after the last one', async () => {
    const { heard, feeds } = await follow([`${line(1)}\n${line(2)}\n`, `${line(3)}\n`]);
    expect(heard.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(feeds).toEqual([null, '2']);
  });

  test('empty lines, lines of another version and half a line at the end are passed over', async () => {
    const { heard } = await follow([`\n{"hello":1}\nnot json\n${line(7)}\n{"kind":"req`]);
    expect(heard.map(({ seq }) => seq)).toEqual([7]);
  });

  test('a heartbeat moves the place to go on from', async () => {
    const beat = JSON.stringify({ kind: 'heartbeat', id: '', seq: 0, feed: '41' });
    expect((await follow([`${beat}\n`, ''])).feeds).toEqual([null, '41']);
    expect(keysOf('heartbeat', '')).toEqual([]);
  });

  test('a loss is shown as waiting, and mended by the next connection', async () => {
    expect((await follow([null, `${line(1)}\n`])).states).toEqual(['waiting', 'live']);
  });
});

test('it comes back soon after an end, and ever later after losses, at most half a minute', () => {
  expect([0, 1, 2, 3, 20].map((losses) => pauseAfter(losses, 1))).toEqual([500, 1000, 2000, 4000, 30_000]);
  expect(pauseAfter(20, 0)).toBe(15_000);
});

test('an event puts out of date what is shown of it and nothing else', () => {
  const shown = [keys.requestLists, keys.views, keys.request('r1'), keys.beside('r1'), keys.today, keys.workload];
  expect(keysOf('request.taken', 'r1')).toEqual(shown);
  expect(keysOf('review.booked', 'v1')).toContainEqual(keys.review('v1'));
  expect(keysOf('weather', 'x')).toEqual([]);
});
