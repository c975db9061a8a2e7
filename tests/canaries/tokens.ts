import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { castLearners } from '../../infra/local/demo/cast.js';
import { kylebrae, strathlinn } from '../../infra/local/demo/places.js';
import { asOwner } from '../support/builders.js';
import type { TestDatabase } from '../support/database.js';

/** A word that stands in one place alone, so that wherever it turns up says what leaked. */
export interface Token {
  readonly value: string;
  /** 'learner.given_name', 'learner_fact.value', 'support_request.what', … : the only place of the database that may hold it. */
  readonly column: string;
  /** Whose it is: a learner of `marked`, or the story that it was typed into. */
  readonly of: string;
  /** Of a fact: which. */
  readonly attribute?: string;
}

let count = 0;
/** Eight letters, as initials take no more; none of them hexadecimal, and no name or word holds them. */
export function token(column: string, of: string): Token {
  count += 1;
  const letters = [0, 1, 2].map((place) => String.fromCharCode(103 + (Math.floor(count / 18 ** place) % 18)));
  return { value: `Zq${letters.join('')}xvk`, column, of };
}

interface MarkedLearner {
  readonly learnerId: string;
  readonly authorityId: string;
}

/** The learners that carry tokens, and what the database knows them by. */
export const marked: Readonly<Record<string, MarkedLearner>> = {
  jamie: { learnerId: castLearners.jamie.learnerId, authorityId: strathlinn.authorityId },
  restricted: { learnerId: castLearners.restricted.learnerId, authorityId: strathlinn.authorityId },
  niece: { learnerId: castLearners.conflict.learnerId, authorityId: strathlinn.authorityId },
  hidden: { learnerId: castLearners.hidden.learnerId, authorityId: strathlinn.authorityId },
  neighbour: { learnerId: castLearners.neighbour.learnerId, authorityId: kylebrae.authorityId },
};

const nameColumns = ['given_name', 'family_name', 'known_as', 'scn', 'stage'] as const;

/** Writes a token of its own into every column of each of them that can hold text. Jamie is called by the given name. */
export async function markLearners(database: TestDatabase): Promise<Token[]> {
  const tokens: Token[] = [];
  for (const [of, learner] of Object.entries(marked))
    await asOwner(database, learner.authorityId, async (client) => {
      for (const column of nameColumns) {
        const made = token(`learner.${column}`, of);
        const absent = column === 'known_as' && of === 'jamie';
        const value = absent ? null : made.value;
        await client.query(`update learner set ${column} = $2 where learner_id = $1`, [learner.learnerId, value]);
        if (!absent) tokens.push(made);
      }
      tokens.push(...(await markFacts(client, learner, of)), await markLink(client, learner, of));
    });
  return tokens;
}

async function markFacts(client: pg.PoolClient, { authorityId, learnerId }: MarkedLearner, of: string) {
  const tokens: Token[] = [];
  for (const attribute of ['home', 'non-disclosure', 'known-as']) {
    const made = { ...token('learner_fact.value', of), attribute };
    await client.query(
      `insert into learner_fact (authority_id, fact_id, learner_id, attribute, value, source, valid_from, known_from)
       values ($1, $2, $3, $4, $5, 'social-work', '2026-01-01', '2026-01-01T09:00:00Z')`,
      [authorityId, randomUUID(), learnerId, attribute, JSON.stringify({ said: made.value })],
    );
    tokens.push(made);
  }
  return tokens;
}

/** To somebody who has nothing to do with the journey: the link takes or gives nobody's access. */
async function markLink(client: pg.PoolClient, { authorityId, learnerId }: MarkedLearner, of: string): Promise<Token> {
  const reason = token('learner_link.reason', of);
  await client.query(
    `insert into learner_link (authority_id, link_id, learner_id, person_id, kind, valid_from, reason)
     values ($1, $2, $3, $4, 'conflict', '2026-01-01', $5)`,
    [authorityId, randomUUID(), learnerId, randomUUID(), reason.value],
  );
  return reason;
}
