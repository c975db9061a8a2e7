import type { Series } from './due-rules.js';

/** Reviews: the nouns. Pure. Source: product.md E. */

export const services = ['education', 'social-work', 'carer', 'family', 'health', 'other'] as const;
export type Service = (typeof services)[number];

export const responses = ['none', 'accepted', 'tentative', 'declined'] as const;
export type Response = (typeof responses)[number];

/**
 * booking: the event is on its way to the mailbox; not-booked: the mailbox refused it and a person must look. recorded: others
 * convene it and send their own invitation. held and not-held are what its chair says, whoever came.
 */
export const reviewStates = ['booking', 'booked', 'cancelled', 'not-booked', 'recorded', 'held', 'not-held'] as const;
export type ReviewState = (typeof reviewStates)[number];

export const conveners = ['virtual-school', 'social-work', 'school'] as const;

export const purposes = ['support-request', 'looked-after-review', 'plan-review', 'transition', 'other'] as const;
export type Purpose = (typeof purposes)[number];

export interface AttendeeAnswer {
  readonly service: Service;
  readonly required: boolean;
  readonly response: Response;
}

export interface ServiceAnswer {
  readonly service: Service;
  readonly invited: number;
  readonly accepted: number;
  readonly declined: number;
  readonly tentative: number;
}

/** Answers grouped by service, in the fixed order above; services nobody of which is invited are absent. */
export function answersByService(attendees: readonly AttendeeAnswer[]): ServiceAnswer[] {
  return services.flatMap((service) => {
    const invited = attendees.filter((one) => one.service === service);
    if (invited.length === 0) return [];
    const count = (response: Response) => invited.filter((one) => one.response === response).length;
    return [
      {
        service,
        invited: invited.length,
        accepted: count('accepted'),
        declined: count('declined'),
        tentative: count('tentative'),
      },
    ];
  });
}

/**
 * Joint: education and social work both there (product.md E.2). 'yes' when each has accepted, 'no' when all of either have
 * declined or none is invited, otherwise not yet known. It is a fact about attendance and never moves a statutory date.
 */
export function willBeJoint(attendees: readonly AttendeeAnswer[]): 'yes' | 'no' | 'not-yet' {
  const answers = answersByService(attendees);
  const sides = (['education', 'social-work'] as const).map((service) =>
    answers.find((one) => one.service === service),
  );
  if (sides.some((side) => side === undefined || side.declined === side.invited)) return 'no';
  return sides.every((side) => side !== undefined && side.accepted > 0) ? 'yes' : 'not-yet';
}

/** Which clock a meeting of that purpose meets, unless whoever books it says another. */
export function seriesOf(purpose: Purpose): Series {
  if (purpose === 'looked-after-review') return 'looked-after';
  return purpose === 'plan-review' ? 'child-plan' : 'other';
}
