import { z } from 'zod';
import { addDays, dateIn } from '../../bot/time.js';
import { reviewDetail, reviewProposal, slotAnswer } from '../../bot/reviews/contract.js';
import { errorAnswer } from '../../bot/people/contract.js';
import type { Staff } from '../../infra/local/demo/staff.js';
import type { Asked, Telling } from './journey.js';
import { called, until } from './persist.js';

/** A review for a request, from the tab, and an answer to it out of somebody's calendar. */
export async function scheduleAndAccept(
  telling: Telling,
  asked: Asked,
  planner: Staff,
  byId: ReadonlyMap<string, Staff>,
): Promise<void> {
  const detail = await schedule(telling, asked, planner);
  if (!detail) return;
  const { world } = telling;
  const booked = await until(world, 'a booked review', async () => {
    const answer = await called(world, planner, 'GET', `/api/reviews/${detail.id}`);
    const review = reviewDetail.parse(answer.body);
    return review.state === 'booking' ? null : review;
  });
  if (booked.state !== 'booked') return; // the counting finds it
  const invited = booked.attendees.flatMap((one) => (one.person ? (byId.get(one.person.id) ?? []) : []));
  const accepting = invited.find((one) => one.personId !== planner.personId && one.calendar === 'known') ?? planner;
  if (await accept(telling, accepting, booked.reference))
    telling.diary.deeds.push({ kind: 'accept', reviewId: booked.id, personId: accepting.personId });
}

async function schedule(telling: Telling, asked: Asked, planner: Staff) {
  const { world, diary, newNonce } = telling;
  const proposed = await called(world, planner, 'GET', `/api/reviews/proposal?requestId=${asked.requestId}`);
  const { learner, people } = reviewProposal.parse(proposed.body);
  const wanted = people.map(({ id, required }) => ({ id, required }));
  const today = dateIn(world.now());
  const window = { earliestOn: addDays(today, 6), latestOn: addDays(today, 76) };
  const about = { learnerId: learner.id, people: wanted, minutes: 45 };
  const found = await called(world, planner, 'POST', '/api/reviews/slots', { ...about, ...window });
  for (const { startsAt } of slotAnswer.parse(found.body).slots) {
    const chosen = { ...about, requestId: asked.requestId, purpose: 'support-request', startsAt, online: true };
    const booking = { ...chosen, nonce: newNonce(), acceptUnknown: true };
    const answer = await called(world, planner, 'POST', '/api/reviews', booking);
    if (answer.status === 409 && errorAnswer.parse(answer.body).where === 'startsAt') continue; // taken meanwhile
    const detail = reviewDetail.parse(answer.body);
    const { id: reviewId, reference } = detail;
    diary.deeds.push({ kind: 'schedule', requestId: asked.requestId, reviewId, reference });
    return detail;
  }
  return null;
}

const calendar = z.object({
  events: z.array(z.looseObject({ id: z.string(), subject: z.string(), isCancelled: z.boolean() })),
});

/** What pressing *Accept* in Outlook does. False when no invitation is in that calendar. */
async function accept({ world }: Telling, person: Staff, reference: string): Promise<boolean> {
  const diary = new URL(`/_local/calendar/${person.mailbox.oid}`, world.microsoft365.url);
  const { events } = calendar.parse(await (await fetch(diary)).json());
  const invitation = events.find(({ subject, isCancelled }) => subject.includes(reference) && !isCancelled);
  if (!invitation) return false;
  const headers = { 'content-type': 'application/json' };
  const pressed = await fetch(`${diary.href}/${encodeURIComponent(invitation.id)}/accept`, {
    method: 'POST',
    headers,
    body: '{}',
  });
  return pressed.ok;
}
