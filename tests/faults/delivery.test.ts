import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { workThrough } from './crowd.js';
import type { Findings } from './count.js';
import { ambiguousPosts } from './far-side.js';
import { type InProcess, startInProcess } from './in-process.js';
import { type Defect, withDefects } from './planted.js';
import type { About } from './journey.js';
import { comeToRest } from './rest.js';
import { seededDraw } from './seeded.js';
import { spoil } from './world.js';

/** The machine may be busy; what is waited for is bounded by moments, not by the wall clock. */
const patience = 600_000;

describe('a crowd at work while a third of everything fails', () => {
  let world: InProcess | undefined;
  afterEach(() => world?.close());

  test(
    'nothing is lost, doubled, stuck or told wrongly',
    async () => {
      world = await startInProcess(7);
      spoil(world, 0.3);
      const diary = await workThrough(world, { requests: 9, atOnce: 4, draw: seededDraw(11) });
      const { findings, far } = await comeToRest(world, diary);
      const { orphans, ...others } = findings;
      expect(others).toEqual({ lost: [], duplicated: [], stuck: [], disagreeing: [] });
      expect(orphans.length).toBeLessThanOrEqual(ambiguousPosts(far.injected));
      expect(far.injected.length).toBeGreaterThan(40);
      expect(new Set(diary.deeds.map(({ kind }) => kind))).toEqual(
        new Set(['submit', 'take', 'say', 'schedule', 'accept']),
      );
    },
    patience,
  );
});

/** One world for all: each defect is judged by what it adds to the findings before it. */
describe('a planted defect is reported', () => {
  let world: InProcess;
  let planted: Defect | null = null;
  let before: Findings = { lost: [], duplicated: [], stuck: [], disagreeing: [], orphans: [] };
  let seed = 0;
  beforeAll(async () => {
    // Every press reaches the server twice, the second time under a new id.
    world = await startInProcess(
      3,
      withDefects(() => planted),
      { sameId: 0, newId: 1 },
    );
  }, patience);
  afterAll(() => world.close());

  async function addedBy(defect: Defect | null, about: About = 'learner') {
    planted = defect;
    const work = { requests: 1, atOnce: 1, draw: seededDraw((seed += 1)), patience: 20, about };
    const diary = await workThrough(world, work);
    const { findings } = await comeToRest(world, diary, 40);
    planted = null;
    const earlier = before;
    before = findings;
    const added = (kind: keyof Findings) => {
      const old = earlier[kind].map((one) => JSON.stringify(one));
      return (
        findings[kind].length - old.filter((one) => findings[kind].some((now) => JSON.stringify(now) === one)).length
      );
    };
    const [lost, duplicated, stuck] = [added('lost'), added('duplicated'), added('stuck')];
    return { lost, duplicated, stuck, disagreeing: added('disagreeing'), orphans: added('orphans') };
  }

  const clean = { lost: 0, duplicated: 0, stuck: 0, disagreeing: 0, orphans: 0 };

  test(
    'and without one there is nothing to report',
    async () => {
      expect(await addedBy(null)).toEqual(clean);
    },
    patience,
  );

  test(
    'an event made without its key is duplicated',
    async () => {
      expect((await addedBy('event without its key')).duplicated).toBeGreaterThan(0);
    },
    patience,
  );

  test(
    'an update that was swallowed leaves a card that disagrees',
    async () => {
      expect((await addedBy('update swallowed')).disagreeing).toBeGreaterThan(0);
    },
    patience,
  );

  test(
    'a post made twice leaves an orphan that no lost answer explains',
    async () => {
      expect((await addedBy('posted twice')).orphans).toBeGreaterThan(0);
    },
    patience,
  );

  test(
    'an outbox row that was dropped is lost',
    async () => {
      expect((await addedBy('outbox row dropped')).lost).toBeGreaterThan(0);
    },
    patience,
  );

  test(
    'dedupe skipped makes one press two requests',
    async () => {
      expect((await addedBy('dedupe skipped', 'school')).duplicated).toBeGreaterThan(0);
    },
    patience,
  );
});
