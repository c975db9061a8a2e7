import { z } from 'zod';
import { cast, castLearners } from '../../infra/local/demo/cast.js';
import { teams } from '../../infra/local/demo/places.js';
import { aboutOn, offers, referenceOn } from '../faults/shown.js';
import { cardOf, type Scene } from './scene.js';
import { marked, token, type Token } from './tokens.js';

export interface Told {
  readonly request: string;
  /** The request's card in the asker's chat. */
  readonly activityId: string;
  readonly review: string;
}

/** A token for each place that one person types into; `say` for each message. They are the scene's from then on. */
export function typing(scene: Scene, of: string) {
  const say = (column: string): Token => {
    const typed = token(column, of);
    scene.tokens.push(typed);
    return typed;
  };
  const form = {
    ...{ need: 'attendance', urgency: 'this-week', what: `Mornings. ${say('support_request.what').value}` },
    ...{ tried: say('support_request.tried').value, view: say('support_request.learner_view').value },
    hoped: say('support_request.hoped').value,
    named: say('support_request.named_person').value,
    lead: say('support_request.lead_professional').value,
  };
  return { form, say };
}
type Typing = ReturnType<typeof typing>;

/** A request about Jamie from `hi` to the answer, and a joint review from the first date to the social worker's yes. */
export async function wholeJourney(scene: Scene): Promise<Told> {
  const typed = typing(scene, 'Jamie’s request');
  const request = await askAboutJamie(scene, typed);
  await scene.deliver();
  const officer = scene.app.chat.as(cast.officer);
  const board = await officer.cards({ channelId: teams.strathlinn.channelId });
  const held = board.find(({ card }) => referenceOn(card) === request.reference);
  if (!held) throw new Error('The request is not in the channel.');
  const refreshed = await officer.refresh(held.activityId);
  if (refreshed) await scene.heard('officer', 'refresh in the channel', Promise.resolve(refreshed));
  await scene.heard('officer', 'Take', officer.press(held, 'request.take'));
  await scene.deliver();
  await talk(scene, typed, request);
  const { id, activityId } = request;
  return { request: id, activityId, review: await meet(scene, id) };
}

/** The token that the learner is called by, to be searched for by its beginning. */
function nameOf(scene: Scene, learnerId: string): string {
  const of = Object.keys(marked).find((name) => marked[name]?.learnerId === learnerId);
  return scene.tokens.find((one) => one.of === of && one.column === 'learner.given_name')?.value ?? '';
}

interface Asked {
  readonly id: string;
  readonly reference: string;
  readonly activityId: string;
}

async function askAboutJamie(scene: Scene, { form }: Typing): Promise<Asked> {
  const teacher = scene.app.chat.as(cast.teacher);
  await scene.heard('teacher', 'hi', teacher.say('hi'));
  const { activityId } = await teacher.newest();
  const press = (what: string, title: string, inputs: Record<string, string> = {}) =>
    scene.heard('teacher', what, teacher.press(activityId, title, inputs));
  const { what, ...more } = form;
  const { tried, view, hoped, named, lead, ...first } = more;
  await press('the form', 'request.form');
  await press('the form, searched', 'ask.find', { find: nameOf(scene, castLearners.jamie.learnerId).slice(0, 6) });
  await press('the form, chosen', 'ask.pick');
  await press('the form again', 'Send', { ...first, what: '' });
  await press('the form again', 'Add more', { what });
  await press('the form again', 'Back', { tried, viewKind: 'words', view, hoped, namedPerson: named, lead });
  // A phrase of the table holds the form; the question is answered with No.
  await press('the form, held', 'Send', { what: `${what} He does not feel safe.` });
  const sent = cardOf(await press('the answer', 'No, carry on'));
  const [id, reference] = [aboutOn(sent), referenceOn(sent)];
  if (!id || !reference) throw new Error('The request was not taken.');
  return { id, reference, activityId };
}

const versioned = z.object({ version: z.number() });

/** Both sides say something, twice; every move that the tab has is made once. */
async function talk(scene: Scene, { say }: Typing, { id, activityId }: Asked): Promise<void> {
  const teacher = scene.app.chat.as(cast.teacher);
  const body = () => say('request_message.body').value;
  await moveInTab(scene, id, 'start');
  await moveInTab(scene, id, 'ask', { body: `What does a good day look like? ${body()}` });
  const refreshed = await teacher.refresh(activityId);
  if (!refreshed) throw new Error('The card asks for no refresh.');
  const own = cardOf(await scene.heard('teacher', 'refresh', Promise.resolve(refreshed)));
  if (!offers(own, 'request.reply')) throw new Error('There is no place to reply.');
  const reply = { body: `Thursdays. ${body()}` };
  await scene.heard('teacher', 'Reply', teacher.press({ activityId, card: own }, 'request.reply', reply));
  await scene.deliver();
  await moveInTab(scene, id, 'answer', { body: `Here is what we can do. ${body()}` });
  const answered = await teacher.refresh(activityId);
  if (answered) await scene.heard('teacher', 'refresh', Promise.resolve(answered));
  await moveInTab(scene, id, 'close');
  await moveInTab(scene, id, 'reopen');
  await scene.heard('teacher', 'My requests', teacher.say('my requests'));
  await scene.heard('teacher', 'not understood', teacher.say(`And another thing: ${say('nowhere').value}`));
  await scene.heard('teacher', 'a phrase', teacher.say(`He is not safe at home. ${say('nowhere').value}`));
}

/** A move of the officer's, at the version that the tab shows. */
export async function moveInTab(scene: Scene, id: string, name: string, more: object = {}): Promise<void> {
  const path = `/api/requests/${id}`;
  const officer = { who: 'officer', person: cast.officer };
  const seen = await scene.call({ ...officer, method: 'GET', path, route: 'GET /api/requests/{id}' });
  const { version } = versioned.parse(seen.body);
  const body = { version, nonce: `canary-nonce-${version}`, ...more };
  const route = `POST /api/requests/{id}/${name}`;
  const moved = await scene.call({ ...officer, method: 'POST', path: `${path}/${name}`, body, route });
  if (moved.status !== 200) throw new Error(`${name}: ${moved.status}`);
  await scene.deliver();
}

const proposal = z.object({ people: z.array(z.object({ id: z.string(), required: z.boolean() })) });
const found = z.object({ slots: z.array(z.object({ startsAt: z.string() })) });
const event = z.object({ events: z.array(z.looseObject({ id: z.string(), subject: z.string() })) });

async function meet(scene: Scene, requestId: string): Promise<string> {
  const learnerId = castLearners.jamie.learnerId;
  const call = async (method: string, path: string, body?: unknown) => {
    const route = `${method} ${path.split('?')[0] ?? ''}`;
    const asked = { who: 'virtualSchoolHead', person: cast.virtualSchoolHead, method, path, route };
    return (await scene.call({ ...asked, body })).body;
  };
  const proposed = proposal.parse(await call('GET', `/api/reviews/proposal?requestId=${requestId}`));
  const people = proposed.people.map(({ id, required }) => ({ id, required }));
  const about = { learnerId, people, minutes: 45 };
  const times = { earliestOn: '2026-11-30', latestOn: '2026-12-18' };
  const { slots } = found.parse(await call('POST', '/api/reviews/slots', { ...about, ...times }));
  const booking = { ...about, requestId, startsAt: slots[0]?.startsAt, purpose: 'support-request', online: true };
  const booked = await call('POST', '/api/reviews', { ...booking, nonce: 'canary-review-1', acceptUnknown: true });
  const { id, reference } = z.object({ id: z.string(), reference: z.string() }).parse(booked);
  await scene.deliver();
  await acceptInCalendar(scene, reference);
  return id;
}

async function acceptInCalendar(scene: Scene, reference: string): Promise<void> {
  const diary = new URL(`/_local/calendar/${cast.socialWorker.mailbox.oid}`, scene.app.microsoft365.url);
  const shown = await (await fetch(diary)).text();
  scene.note({ surface: 'calendar', who: 'socialWorker', where: 'the invitation', content: shown });
  const invitation = event.parse(JSON.parse(shown)).events.find(({ subject }) => subject.includes(reference));
  if (!invitation) throw new Error('There is no invitation.');
  const headers = { 'content-type': 'application/json' };
  await fetch(`${diary.href}/${encodeURIComponent(invitation.id)}/accept`, { method: 'POST', headers, body: '{}' });
  scene.app.clock.move({ minutes: 16 });
  await scene.deliver();
}

/** Somebody who is not in the teacher's list, by initials and class; then taken back. */
export async function askAboutOther(scene: Scene): Promise<void> {
  const { form, say } = typing(scene, 'the unlisted request');
  const teacher = scene.app.chat.as(cast.classTeacher);
  await scene.heard('classTeacher', 'hi', teacher.say('hi'));
  const { activityId } = await teacher.newest();
  const press = (what: string, title: string, inputs: Record<string, string> = {}) =>
    scene.heard('classTeacher', what, teacher.press(activityId, title, inputs));
  await press('the form', 'request.form');
  await press('the form, unlisted', 'Not in my list');
  const initials = say('support_request.learner_initials').value;
  await press('the form again', 'Next', { initials, class: say('support_request.learner_class').value });
  const { need, urgency, what, tried, view, hoped, named, lead } = form;
  await press('the form again', 'Add more', { need, urgency, what });
  const sent = await press('the answer', 'Send', { tried, view, hoped, namedPerson: named, lead });
  await scene.deliver();
  const held = { activityId, card: cardOf(sent) };
  await scene.heard('classTeacher', 'Withdraw', teacher.press(held, 'request.withdraw'));
  await scene.deliver();
}
