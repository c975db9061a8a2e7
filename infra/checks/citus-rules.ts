import { distribution } from './citus-tables.js';

/** Why each rule stands and what to do instead: the text that a finding teaches with. */
export const citusRules = {
  'primary-key': {
    why: 'a distributed table needs a primary key that begins with the column it is distributed by',
    instead: `begin it with ${distribution}: primary key (${distribution}, …), or put the table into schema directory and say why`,
  },
  unique: {
    why: `Citus can only keep unique what ${distribution} is part of, and without it an error would tell one council of another's row`,
    instead: `make ${distribution} the first column of the key`,
  },
  'foreign-key': {
    why: `a reference must stay inside one authority's shard, and must not let one council point at another's row`,
    instead: `reference by (${distribution}, …) on both sides, in the same place`,
  },
  'foreign-key-action': {
    why: `ON DELETE SET NULL or SET DEFAULT would set ${distribution} too, which Citus refuses`,
    instead: 'name the columns: on delete set null (other_id)',
  },
  identity: {
    why: 'identity columns of distributed tables must be bigint',
    instead: 'use bigint generated always as identity, or a UUIDv7 made in the app',
  },
  trigger: {
    why: 'Citus refuses triggers and rules on distributed tables',
    instead: 'do it in the service that writes the row, in the same transaction',
  },
  'policy-sub-select': {
    why: 'a sub-select in a policy, (select current_setting(…)) included, fails on a distributed table: "unexpected non-SELECT command in SubLink"',
    instead:
      'compare with a function of settings, as app_authority() and app_reaches(learner_id) do, and work the setting out once a transaction',
  },
  'policy-function': {
    why: 'a policy may only call functions that read settings: one that reads tables is a hidden sub-select, and one that is not plain SQL cannot be checked',
    instead: 'write it in language sql over current_setting() alone',
  },
  'security-definer': {
    why: "a function with its owner's rights reads what the caller may not",
    instead: 'leave SECURITY DEFINER out and grant the app role what it needs',
  },
  'set-config': {
    why: 'set_config() is never sent to the workers: the policies there would see no authority and answer no rows',
    instead: "use a literal SET LOCAL (bot/db/database.ts), with the value's shape checked first",
  },
  'volatile-update': {
    why: 'Citus refuses volatile functions in an UPDATE',
    instead: 'pass the value in from the app (ctx.clock, ctx.random); now() is allowed',
  },
  'lock-one-authority': {
    why: 'row locks over several authorities are an error on distributed tables',
    instead: `add ${distribution} = … to the WHERE and drain authority by authority`,
  },
} as const;

export type Rule = keyof typeof citusRules;
