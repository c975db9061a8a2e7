import type { ExtractLook } from '../../bot/learners/extract-contract.js';

/** What the columns are, as the form holds it. */
export type Mapping = ExtractLook['mappings'][number]['mapping'];
