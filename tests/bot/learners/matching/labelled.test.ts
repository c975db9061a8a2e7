import { expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { matchJob } from '../../../bench/matching.js';
import { readJob } from '../../../bench/matching-input.js';

/** Labelled people made by FEBRL; they are beside the project, not in it. */
const file = (name: string) => fileURLToPath(new URL(`../../../../../shared/data/linkage/${name}`, import.meta.url));
const there = existsSync(file('febrl-dataset3.csv'));
const four = ['--fields', 'forename,surname,dob,postcode'];

// Where everything is promised the data must be there; on a laptop it may be missing.
if (!there && !process.env['CI']) test('the labelled data is not on this machine: not run', () => undefined);
else
  test.each([
    ['febrl-dataset3.csv', four, 0.965],
    ['febrl-dataset1.csv', four, 0.965],
  ])('%s, fields %j: F1 of %d or more', (name, fields, least) => {
    const found = matchJob(readJob(['--dedupe', file(name), ...fields]));
    expect(found.f1).toBeGreaterThanOrEqual(least);
    expect(found.blocking_recall).toBeGreaterThanOrEqual(0.99);
    expect(found.auto_recall).toBe(0);
  });
