import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { inputsOf, findAction } from '../../../infra/local/chat-card.js';
import type { Json } from '../../../infra/local/connector-ledger.js';
import { personMri } from '../../../infra/local/connector-ids.js';
import { cast } from '../../../infra/local/demo/cast.js';
import { strathlinn } from '../../../infra/local/demo/places.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { askFor, jamie } from '../../support/asking.js';
import { asOwner } from '../../support/builders.js';

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp();
});
afterAll(() => world.close());

const text = (value: unknown) => JSON.stringify(value);
const rows = async <Row extends object>(sql: string): Promise<Row[]> =>
  asOwner(world.database, strathlinn.authorityId, async (client) => (await client.query<Row>(sql)).rows);
type Person = (typeof cast)[keyof typeof cast];

/** An invoke of the message extension, as Teams sends it from a chat that the bot is not in. */
async function invoke(person: Person, name: string, value: object): Promise<{ status: number; body: unknown }> {
  const seat = world.chat.as(person);
  const said = await seat.say('hi');
  world.clock.move({ seconds: 2 });
  const activity: Json = {
    ...said.activity,
    ...{ id: randomUUID(), type: 'invoke', name, value, text: undefined },
    conversation: {
      id: '19:somewhere@thread.v2',
      conversationType: 'groupChat',
      isGroup: true,
      tenantId: person.tenantId,
    },
    from: { id: personMri(person.oid), aadObjectId: person.oid, name: person.name },
  };
  return world.chat.repeat({ ...said, activity });
}

const dialog = z.looseObject({
  task: z.looseObject({
    value: z.looseObject({ card: z.looseObject({ content: z.record(z.string(), z.unknown()) }) }),
  }),
});
const cardOf = (body: unknown) => dialog.parse(body).task.value.card.content;

/** Presses a button of a dialog: all that it knows is Action.Submit. */
function submit(person: Person, card: Json, title: string, typed: Record<string, string> = {}) {
  const action = findAction(card, title);
  expect(action.type).toBe('Action.Submit');
  const data = { ...action.data, ...(action.associatedInputs ? inputsOf(card, typed) : {}) };
  return invoke(person, 'composeExtension/submitAction', { commandId: 'ask', data });
}

const message = (content: string) => ({ commandId: 'ask', messagePayload: { body: { contentType: 'html', content } } });

describe('a message becomes a request', () => {
  test('its words are shown for editing, and only what is sent is kept', async () => {
    const first = await invoke(
      cast.teacher,
      'composeExtension/fetchTask',
      message('<p>Attendance of <b>J</b> is poor, narwhal &amp; more</p>'),
    );
    expect(first.status).toBe(200);
    expect(text(first.body)).toContain('Attendance of J is poor, narwhal & more');
    expect(text(first.body)).not.toContain('Action.Execute');
    expect(await rows(`select 1 from request_draft where typed::text like '%narwhal%'`)).toEqual([]);
    const who = await submit(cast.teacher, cardOf(first.body), 'Next', { what: 'Attendance is poor.' });
    const found = await submit(cast.teacher, cardOf(who.body), 'Search', { find: 'macr' });
    const what = await submit(cast.teacher, cardOf(found.body), 'Choose J.M., S3');
    const sent = await submit(cast.teacher, cardOf(what.body), 'Send');
    expect(text(sent.body)).toMatch(/VS-[0-9A-Z]{6}/);
    expect(await rows(`select what, need from support_request where what like '%is poor%'`)).toEqual([
      { what: 'Attendance is poor.', need: 'attendance' },
    ]);
    await world.deliver();
    expect(text(await world.chat.as(cast.teacher).cards())).toMatch(/Request VS-/);
  });

  test('words of concern are held, and Yes keeps nothing', async () => {
    const first = await invoke(cast.teacher, 'composeExtension/fetchTask', message('Her dad hits her, albatross'));
    expect(text(first.body)).toContain('Is a child at risk of harm');
    const numbers = await submit(cast.teacher, cardOf(first.body), 'Yes, or not sure');
    expect(text(numbers.body)).toContain('Tell police or social work now');
    expect(await rows(`select 1 from request_draft where typed::text like '%albatross%'`)).toEqual([]);
    expect(await rows(`select entrance, answer from concern_notice order by at`)).toEqual([
      { entrance: 'chat-extension', answer: 'shown' },
      { entrance: 'chat-extension', answer: 'yes-or-not-sure' },
    ]);
  });

  test('somebody whom no list names is refused in words', async () => {
    const refused = await invoke(cast.unbound, 'composeExtension/fetchTask', message('Hello'));
    expect(text(refused.body)).toContain('does not know you yet');
  });
});

describe('search in the compose box', () => {
  const search = (words: string) => ({ commandId: 'find', parameters: [{ name: 'search', value: words }] });

  test('finds own requests by reference or need, and guidance by its words', async () => {
    const own = await invoke(cast.teacher, 'composeExtension/query', search('VS-'));
    expect(text(own.body)).toMatch(/Request VS-[0-9A-Z]{6}/);
    const guidance = await invoke(cast.teacher, 'composeExtension/query', search('timetable'));
    expect(text(guidance.body)).toContain('When they may be used');
    const nothing = await invoke(cast.teacher, 'composeExtension/query', search('xylophone'));
    expect(text(nothing.body)).toContain('Nothing is found');
    expect(text([own, guidance])).not.toMatch(/Jamie|Macrae|J\.M\./);
  });

  test("does not find another's", async () => {
    const theirs = await invoke(cast.classTeacher, 'composeExtension/query', search('VS-'));
    expect(text(theirs.body)).not.toMatch(/VS-[0-9A-Z]{6}/);
  });
});

describe('the designated manager', () => {
  const decide = (value: string) =>
    rows(`update authority_setting set value = '"${value}"' where key = 'requests.designated-manager'`);
  const welcome = async () => {
    world.clock.move({ seconds: 2 });
    const teacher = world.chat.as(cast.teacher);
    await teacher.say('hi');
    return { teacher, form: (await teacher.newest()).activityId };
  };
  const managers = async (words: string) => {
    const cards = await world.chat.as(cast.designatedManager).cards();
    return cards.filter(({ card }) => text(card).includes(words)).at(-1);
  };

  test('is sent a copy without the learner, when the council says so', async () => {
    await world.chat.as(cast.designatedManager).say('hi');
    await decide('copied');
    const { teacher, form } = await welcome();
    await askFor(teacher, form, jamie, { need: 'transition', what: 'Visits before August.' });
    await world.deliver();
    const copy = await managers('Copied to you');
    expect(text(copy?.card)).not.toMatch(/J\.M\.|Jamie|Visits/);
    const about = await world.chat.as(cast.designatedManager).press(copy?.activityId ?? '', 'Who is it about?');
    expect(text(about.card)).toContain('J.M., S3');
  });

  test('has it before the virtual school, when requests go through them: sent on, it is the asker’s request', async () => {
    await decide('through');
    const { teacher, form } = await welcome();
    const sent = await askFor(teacher, form, jamie, { need: 'wellbeing', what: 'Quieter since October, gannet.' });
    expect(text(sent.card)).toContain('With your designated manager');
    expect(await rows(`select 1 from support_request where what like '%gannet%'`)).toEqual([]);
    await world.deliver();
    const manager = world.chat.as(cast.designatedManager);
    const waiting = await managers('A request waits for you');
    expect(text(waiting?.card)).not.toMatch(/J\.M\.|Jamie|gannet/);
    const story = await manager.press(waiting?.activityId ?? '', 'Show it');
    expect(text(story.card)).toContain('gannet');
    const pressed = await manager.press(waiting?.activityId ?? '', 'Send on');
    await world.chat.repeat(pressed, { newId: true });
    await world.deliver();
    const made = await rows<{ asker: string }>(
      `select asker_id as asker from support_request where what like '%gannet%'`,
    );
    expect(made).toEqual([{ asker: cast.teacher.personId }]);
    expect(text(await teacher.cards())).toContain('has sent it on');
  });

  test('may say not this time and why; the asker reads it, and there is no request', async () => {
    const { teacher, form } = await welcome();
    await askFor(teacher, form, jamie, { need: 'digital', what: 'A dongle, puffin.' });
    await world.deliver();
    const manager = world.chat.as(cast.designatedManager);
    const waiting = await managers('It waits until you send it on');
    const activityId = waiting?.activityId ?? '';
    await manager.press(activityId, 'Show it');
    await manager.press(activityId, 'Not this time', { why: 'We have one in the office.' });
    await world.deliver();
    expect(text(await teacher.cards())).toContain('We have one in the office.');
    expect(await rows(`select 1 from support_request where what like '%puffin%'`)).toEqual([]);
    expect(await rows(`select 1 from request_waiting where typed::text like '%puffin%'`)).toEqual([]);
  });
});
