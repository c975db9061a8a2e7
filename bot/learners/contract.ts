import { z } from 'zod';
import { attributes, factSources, linkKinds } from './learner.js';

/** A learner as a list shows one: the label is what the viewer may see there. */
export const learnerChoice = z.object({ id: z.uuid(), label: z.string() });
export type LearnerChoice = z.infer<typeof learnerChoice>;

export const linkPerson = z.object({
  learnerId: z.uuid(),
  personId: z.uuid(),
  kind: z.enum(linkKinds),
  reason: z.string().trim().max(300).optional(),
});
export type LinkPerson = z.infer<typeof linkPerson>;

export const recordFact = z.object({
  learnerId: z.uuid(),
  attribute: z.enum(attributes),
  value: z.union([z.string().max(200), z.boolean(), z.null()]),
  source: z.enum(factSources),
  validFrom: z.iso.date().nullable(),
});
export type RecordFact = z.infer<typeof recordFact>;

export const breakGlass = z.object({ learnerId: z.uuid(), reason: z.string().trim().min(10).max(500) });
export type BreakGlass = z.infer<typeof breakGlass>;
