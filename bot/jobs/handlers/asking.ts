import { z } from 'zod';
import { expireDraft } from '../../requests/drafts-service.js';
import { climbExclusionLadder } from '../../requests/exclusion-service.js';
import type { Handler } from '../handler.js';

const draft = z.object({ v: z.literal(1), draftId: z.uuid() });
const step = z.object({ v: z.literal(1), alertId: z.uuid(), step: z.number().int().min(1) });

export const askingHandlers: {
  'request.draft-expire': Handler<z.infer<typeof draft>>;
  'exclusion.climb': Handler<z.infer<typeof step>>;
} = {
  'request.draft-expire': { payload: draft, run: (ctx, { draftId }) => expireDraft(ctx, draftId) },
  'exclusion.climb': { payload: step, run: (ctx, payload) => climbExclusionLadder(ctx, payload.alertId, payload.step) },
};
