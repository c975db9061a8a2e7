import { z } from 'zod';
import { askFields, askSteps } from './asking.js';

/** What a card's inputs bring; anything else on the card is not typed text of ours and falls away. */
export const typedShape = z.partialRecord(z.enum(askFields), z.string().max(4000));

/** A draft as it is kept. */
export const keptDraft = z.object({ step: z.enum(askSteps), typed: typedShape.catch({}) });
