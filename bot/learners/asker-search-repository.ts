import { type Selectable, sql } from 'kysely';
import type { Trx } from '../db/database.js';
import type { LearnerRow } from '../db/schema.js';

/** Letters of Scotland's names without their marks, one for one; both sides of a search are folded with it. */
const small = 'àáâãäåāăąçćčďđèéêëēėęěğìíîïīįıłńňñòóôõöøōőřśšşșťțùúûüūůűųýÿžźż';
const bareSmall = 'aaaaaaaaacccddeeeeeeeegiiiiiiilnnnoooooooorssssttuuuuuuuuyyzzz';
// Capitals too: lower() of a database with the C locale knows ASCII alone.
const marked = small + small.toLocaleUpperCase('en-GB');
const bare = bareSmall + bareSmall;

/** Small letters and single spaces alone: "Łukasz O'Neil" is `lukasz o neil`. */
export function folded(text: string): string {
  const plain = [...text.normalize('NFC')].map((letter) => bare[marked.indexOf(letter)] ?? letter).join('');
  return plain
    .toLowerCase()
    .replace(/[^a-z]+/g, ' ')
    .trim();
}

/** Those whom the database lets this actor reach and one of whose names begins with each of the words. */
export function findByNames(
  trx: Trx,
  authorityId: string,
  words: readonly string[],
  limit: number,
): Promise<Selectable<LearnerRow>[]> {
  const names = sql`lower(translate(concat_ws(' ', given_name, known_as, family_name), ${marked}, ${bare}))`;
  let query = trx.selectFrom('learner').selectAll().where('authority_id', '=', authorityId);
  for (const word of words) query = query.where(sql<boolean>`${names} ~ ${`(^|[^a-z])${word}`}`);
  return query.orderBy('stage').orderBy('family_name').orderBy('learner_id').limit(limit).execute();
}

export function findReached(trx: Trx, authorityId: string, learnerId: string) {
  return trx
    .selectFrom('learner')
    .selectAll()
    .where('authority_id', '=', authorityId)
    .where('learner_id', '=', learnerId)
    .executeTakeFirst();
}
