import type { ChatSeat } from '../../infra/local/chat-client.js';
import type { Delivery } from '../../infra/local/chat-wire.js';
import { castLearners } from '../../infra/local/demo/cast.js';

/** The form, step by step, as somebody presses through it. */
export type About =
  | { readonly find: string; readonly choose: string }
  | { readonly initials: string; readonly class: string }
  | { readonly level: 'school' | 'cluster' | 'authority' };

/** Found by the first letters of the family name; the label is what the list shows. */
export const jamie: About = { find: castLearners.jamie.family.slice(0, 4), choose: 'Choose J.M., S3' };

const levelWords = {
  school: 'My class or school',
  cluster: 'Our cluster',
  authority: 'Something authority-wide',
} as const;

/** From the form's first step to the one with the words; answers with that step's card. */
export async function chooseWho(seat: ChatSeat, activityId: string, about: About): Promise<Delivery> {
  if ('find' in about) {
    await seat.press(activityId, 'Search', { find: about.find });
    return seat.press(activityId, about.choose);
  }
  if ('level' in about) {
    await seat.press(activityId, 'Not about one learner');
    return seat.press(activityId, levelWords[about.level]);
  }
  await seat.press(activityId, 'Not in my list');
  return seat.press(activityId, 'Next', { initials: about.initials, class: about.class });
}

/** From the welcome to the answer of *Send*. */
export async function askFor(
  seat: ChatSeat,
  activityId: string,
  about: About,
  fields: Readonly<Record<string, string>>,
): Promise<Delivery> {
  await seat.press(activityId, 'request.form');
  await chooseWho(seat, activityId, about);
  return seat.press(activityId, 'Send', fields);
}
