import { byId, made } from './start-page-dom.js';
import type { Step, StepId } from './start-story.js';

/** What each step asks of the person at this page. */
const words: Readonly<Record<StepId, { readonly who: string; readonly what: string; readonly how: string }>> = {
  ask: {
    who: 'Teacher',
    what: 'Ask for support',
    how: 'In the chat, say hi. Press Ask for support, choose a learner and what is needed, say what is happening, and send.',
  },
  arrive: {
    who: 'Virtual school team',
    what: 'The request arrives',
    how: 'Its card comes to the team’s channel, and the request to the tab, by themselves.',
  },
  take: {
    who: 'Virtual school head teacher',
    what: 'Take it',
    how: 'In the tab, bring the list up to date, open the request under New and press Take. The teacher’s card changes where it is.',
  },
  schedule: {
    who: 'Virtual school head teacher',
    what: 'Plan a joint review',
    how: 'On the request, press Plan a review. Find times, choose one, book it.',
  },
  accept: {
    who: 'Social worker',
    what: 'Accept the invitation',
    how: 'In the calendar, open the invitation and accept. Then accept as the teacher too: with both services it is joint.',
  },
};

const list = byId('steps', HTMLOListElement);
let shown = '';

export function showStory(steps: readonly Step[]): void {
  const as = JSON.stringify(steps);
  if (as === shown) return;
  shown = as;
  const now = steps.find(({ done }) => !done)?.id;
  list.replaceChildren(...steps.map((step, index) => item(step, index, step.id === now)));
  byId('ended', HTMLParagraphElement).hidden = now !== undefined;
}

function item(step: Step, index: number, isNow: boolean): HTMLElement {
  const { who, what, how } = words[step.id];
  const state = step.done ? 'done' : isNow ? 'now' : 'later';
  const one = made('li', '', made('p', 'who', who), made('p', 'what', what));
  one.dataset['state'] = state;
  one.dataset['mark'] = step.done ? '✓' : String(index + 1);
  if (isNow) one.setAttribute('aria-current', 'step');
  if (step.done) one.append(made('span', 'unseen', 'Done.'));
  if (isNow) one.append(made('p', 'how', how));
  if (step.note) one.append(made('p', 'note', step.note));
  return one;
}
