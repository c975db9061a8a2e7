import { checkDraft } from '../../bot/reviews/draft-check.js';
import { bends, type Bend, makeCorpus } from './draft-corpus.js';

interface Tally {
  planted: number;
  caught: number;
}

/**
 * What of the names that were put into invitations is found, and how many invitations that name nobody are complained of.
 * `caught` and `false_alarms` are shares of invitations, over 20 seeds.
 */
export function main(): Promise<void> {
  const byBend = new Map<Bend, Tally>(bends.map((bend) => [bend, { planted: 0, caught: 0 }]));
  const missed: string[] = [];
  let [neutral, alarms, planted, caught] = [0, 0, 0, 0];
  for (let seed = 1; seed <= 20; seed++) {
    for (const { draft, people, sender, planted: one } of makeCorpus(seed, 1_000)) {
      const found = checkDraft(draft, people, [sender]).length > 0;
      if (one === null) {
        neutral += 1;
        alarms += found ? 1 : 0;
        continue;
      }
      planted += 1;
      caught += found ? 1 : 0;
      const tally = byBend.get(one.bend);
      if (tally) [tally.planted, tally.caught] = [tally.planted + 1, tally.caught + (found ? 1 : 0)];
      if (!found) missed.push(`${one.bend} ${one.written}`);
    }
  }
  for (const [bend, tally] of byBend) process.stdout.write(`${bend.padEnd(12)} ${tally.caught} of ${tally.planted}\n`);
  process.stdout.write(`missed, for instance: ${[...new Set(missed)].slice(0, 20).join(', ')}\n`);
  const figure = (share: number) => Number(share.toFixed(4));
  const line = { bench: 'draft-check', caught: figure(caught / planted), false_alarms: figure(alarms / neutral) };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return Promise.resolve();
}
