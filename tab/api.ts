import type { z } from 'zod';
import { authorityChoices, deliveryList, me, personList, settingList } from '../bot/people/contract.js';
import type { chooseAuthority, personSearch } from '../bot/people/contract.js';
import { reviewDetail, reviewList, reviewProposal, slotAnswer } from '../bot/reviews/contract.js';
import type { cancelReview, findSlots, reviewSearch, scheduleReview } from '../bot/reviews/contract.js';
import { emergencyCalls } from './learners/emergency-calls.js';
import { learnerCalls } from './learners/learner-calls.js';
import { numbersCalls } from './numbers/numbers-calls.js';
import { requestCalls } from './requests/request-calls.js';
import { dueCalls } from './reviews/due-calls.js';
import { createSend, type Connection, nothing, type Send } from './send.js';
import { calendarCalls } from './settings/calendar-calls.js';
import { todayCalls } from './today/today-calls.js';
import { workloadCalls } from './workload/workload-calls.js';

/** Whose review is to be planned: a request names its learner. */
export type PlanFor = { readonly requestId: string } | { readonly learnerId: string };

/** The service as the tab sees it. Answers are parsed by the contracts; everything that goes wrong is a Failure. */
export function createApi(connection: Connection) {
  const send = createSend(connection);
  return {
    me: () => send('GET', '/me', me),
    chooseAuthority: (chosen: z.input<typeof chooseAuthority>) => send('POST', '/me/authority', nothing, chosen),
    authorities: () => send('GET', '/me/authorities', authorityChoices),
    searchPeople: (search: z.input<typeof personSearch>) => send('POST', '/people/search', personList, search),
    ...requestCalls(send),
    ...calendarCalls(send),
    ...todayCalls(send),
    ...workloadCalls(send),
    ...numbersCalls(send),
    ...emergencyCalls(send),
    ...learnerCalls(send),
    ...reviewCalls(send),
    ...dueCalls(send),
    ...settingCalls(send),
    /** The live stream, open until it ends or is given up. */
    live: (feed: string | null, signal: AbortSignal) =>
      send.open('GET', feed === null ? '/live' : `/live?feed=${encodeURIComponent(feed)}`, undefined, signal),
  };
}
export type Api = ReturnType<typeof createApi>;

function reviewCalls(send: Send) {
  return {
    searchReviews: (search: z.input<typeof reviewSearch>) => send('POST', '/reviews/search', reviewList, search),
    readReview: (id: string) => send('GET', `/reviews/${id}`, reviewDetail),
    proposeReview: (what: PlanFor) =>
      send('GET', `/reviews/proposal?${new URLSearchParams({ ...what })}`, reviewProposal),
    findSlots: (wanted: z.input<typeof findSlots>) => send('POST', '/reviews/slots', slotAnswer, wanted),
    scheduleReview: (review: z.input<typeof scheduleReview>) => send('POST', '/reviews', reviewDetail, review),
    cancelReview: (id: string, press: z.input<typeof cancelReview>) =>
      send('POST', `/reviews/${id}/cancel`, reviewDetail, press),
  };
}

function settingCalls(send: Send) {
  return {
    listSettings: () => send('GET', '/settings', settingList),
    changeSetting: (key: string, value: unknown) => send('PUT', `/settings/${key}`, nothing, { value }),
    listDeliveries: () => send('GET', '/deliveries', deliveryList),
    retryDelivery: (id: string) => send('POST', `/deliveries/${id}/retry`, nothing, {}),
  };
}
