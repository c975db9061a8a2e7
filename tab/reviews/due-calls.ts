import type { z } from 'zod';
import { dueBoard, type dueSearch } from '../../bot/reviews/due-contract.js';
import {
  type adjustItem,
  currentPlan,
  type makePlan,
  planDetail,
  type sendPlan,
} from '../../bot/reviews/plan-contract.js';
import type { Send } from '../send.js';

export function dueCalls(send: Send) {
  return {
    dueBoard: (search: z.input<typeof dueSearch>) => send('POST', '/reviews/due', dueBoard, search),
    currentPlan: () => send('GET', '/reviews/plans/current', currentPlan),
    makePlan: (press: z.input<typeof makePlan>) => send('POST', '/reviews/plans', planDetail, press),
    sendPlan: (id: string, press: z.input<typeof sendPlan>) =>
      send('POST', `/reviews/plans/${id}/send`, planDetail, press),
    adjustPlan: (id: string, itemId: string, press: z.input<typeof adjustItem>) =>
      send('POST', `/reviews/plans/${id}/items/${itemId}`, planDetail, press),
  };
}
