import { expect, test } from '@jest/globals';
import { clusterRecords } from '../../../../bot/learners/matching/clusters.js';

const weights: Readonly<Record<string, number>> = {
  '0 1': 8,
  '1 2': 8,
  '0 2': -3,
  '3 4': 9,
  '2 3': 1,
  '2 4': -15,
  '1 3': -15,
};
const score = (a: number, b: number) => weights[`${Math.min(a, b)} ${Math.max(a, b)}`] ?? -15;
const edges = Object.entries(weights).map(([pair, weight]) => {
  const [a = 0, b = 0] = pair.split(' ').map(Number);
  return { a, b, weight };
});

test('a weak link within a person does not divide them, a lucky one between two does not join them', () => {
  const groups = clusterRecords(6, edges, score, 0);
  expect(new Set([groups[0], groups[1], groups[2]]).size).toBe(1);
  expect(groups[3]).toBe(groups[4]);
  expect(groups[3]).not.toBe(groups[0]);
  expect(groups[5]).toBe(5);
});

test('a long chain is cut into what can be looked at', () => {
  const chain = Array.from({ length: 999 }, (_, a) => ({ a, b: a + 1, weight: a % 3 === 2 ? 1 : 12 }));
  const near = (a: number, b: number) => (Math.floor(a / 3) === Math.floor(b / 3) ? 12 : -12);
  const groups = clusterRecords(1000, chain, near, 0);
  expect(new Set(groups).size).toBe(334);
});
