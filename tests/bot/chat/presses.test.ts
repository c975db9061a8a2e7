import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChatSeat } from '../../../infra/local/chat-client.js';
import { cast } from '../../../infra/local/demo/cast.js';
import { strathlinn } from '../../../infra/local/demo/places.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { askFor, chooseWho, jamie } from '../../support/asking.js';
import { asOwner } from '../../support/builders.js';

let world: TestApp;
let teacher: ChatSeat;
beforeAll(async () => {
  world = await startTestApp();
  teacher = world.chat.as(cast.teacher);
});
afterAll(() => world.close());

const fields = { need: 'wellbeing', urgency: 'today', what: 'Tired in class.' };
const hard = 'He says he was hit at home by his uncle';

/** The published pace is seven a second; a person is slower. */
async function sayHi() {
  world.clock.move({ seconds: 2 });
  await teacher.say('hi');
  return (await teacher.newest()).activityId;
}
/** At the step with the words, about Jamie. */
async function openForm() {
  const activityId = await sayHi();
  await teacher.press(activityId, 'request.form');
  await chooseWho(teacher, activityId, jamie);
  return activityId;
}
const stored = async (what: string) =>
  asOwner(world.database, strathlinn.authorityId, async (client) => {
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from support_request where what = $1',
      [what],
    );
    return rows[0]?.n;
  });
const anywhere = async (words: string) =>
  asOwner(world.database, strathlinn.authorityId, async (client) => {
    const tables = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from ${name} t where to_jsonb(t)::text like $1`,
        [`%${words}%`],
      );
      if (rows[0]?.n) found.push(name);
    }
    return found;
  });

describe('a phrase that could be a concern', () => {
  test('holds the form and asks; yes gives the numbers and nothing was kept', async () => {
    const form = await openForm();
    const held = await teacher.press(form, 'Send', { ...fields, what: hard });
    expect(JSON.stringify(held.card)).toContain(
      'Is a child at risk of harm that police or social work do not already know about?',
    );
    const numbers = await teacher.press(form, 'Yes, or not sure');
    const text = JSON.stringify(numbers.card);
    expect(text).toContain('Nobody has been told');
    expect(text).not.toContain('uncle');
    await world.deliver();
    expect(await anywhere('uncle')).toEqual([]);
    const notices = await asOwner(world.database, strathlinn.authorityId, (client) =>
      client.query('select entrance, answer from concern_notice order by at'),
    );
    expect(notices.rows).toEqual([
      { entrance: 'chat-form', answer: 'shown' },
      { entrance: 'chat-form', answer: 'yes-or-not-sure' },
    ]);
  });

  test('no carries on with the words that were typed, once', async () => {
    const form = await openForm();
    await teacher.press(form, 'Send', { ...fields, what: hard });
    const sent = await teacher.press(form, 'No, carry on');
    expect(JSON.stringify(sent.card)).toMatch(/VS-[0-9A-Z]{6}/);
    expect(await stored(hard)).toBe(1);
    // The positive control of the search above: here the word may be, and is seen.
    expect(await anywhere('uncle')).toEqual(['support_request']);
  });

  test('typed as a message it is held too, with the numbers, and its words go nowhere', async () => {
    await teacher.say('she told me she was beaten last night, zebra');
    const { activityId, card } = await teacher.newest();
    expect(JSON.stringify(card)).toContain('Is a child at risk of harm');
    expect(JSON.stringify(card)).toContain('01632 960101');
    const numbers = await teacher.press(activityId, 'Yes, or not sure');
    expect(JSON.stringify(numbers.card)).toContain('Tell police or social work now');
    expect(await anywhere('zebra')).toEqual([]);
  });
});

describe('a press that arrives again', () => {
  test('with the same id, and with a new one, is the same request', async () => {
    const form = await openForm();
    const sent = await teacher.press(form, 'Send', { ...fields, need: 'digital', what: 'Pressed often.' });
    const again = await Promise.all([world.chat.repeat(sent), world.chat.repeat(sent, { newId: true })]);
    const reference = /VS-[0-9A-Z]{6}/.exec(JSON.stringify(sent.card))?.[0];
    for (const one of again) expect(JSON.stringify(one.card)).toContain(reference);
    expect(await stored('Pressed often.')).toBe(1);
  });

  test('from a client that knows only Action.Submit the card is changed by update', async () => {
    const form = await openForm();
    await teacher.press(form, 'Send', { ...fields, need: 'attainment', what: 'By submit.' }, { asSubmit: true });
    expect(await stored('By submit.')).toBe(1);
    expect(JSON.stringify((await teacher.newest()).card)).toMatch(/VS-[0-9A-Z]{6}/);
  });

  test('a message delivered twice is answered once', async () => {
    const said = await teacher.say('help');
    const before = (await teacher.cards()).length;
    await world.chat.repeat(said);
    expect((await teacher.cards()).length).toBe(before);
  });
});

describe('the form', () => {
  test('says what is missing and keeps what was typed', async () => {
    const form = await openForm();
    await teacher.press(form, 'Add more', { what: '' });
    const again = await teacher.press(form, 'Send', { hoped: 'Kept words.' });
    expect(JSON.stringify(again.card)).toContain('One thing is missing: What is happening?');
    const more = await teacher.press(form, 'Add more', { what: 'Now it is there.', need: 'asn-csp' });
    expect(JSON.stringify(more.card)).toContain('Kept words.');
    const sent = await teacher.press(form, 'Send');
    expect(JSON.stringify(sent.card)).toMatch(/VS-[0-9A-Z]{6}/);
    expect(await anywhere('Kept words.')).toEqual(['support_request']);
  });

  test('back keeps what was typed, and it is offered again on hi, until it is sent', async () => {
    const form = await openForm();
    await teacher.press(form, 'Back', { what: 'Half a sentence, walrus', need: 'transition' });
    const hello = await sayHi();
    expect(JSON.stringify((await teacher.newest()).card)).toContain('Go on with what you began');
    await teacher.press(hello, 'request.form');
    const step = await chooseWho(teacher, hello, { initials: 'K.T.', class: '2B' });
    expect(JSON.stringify(step.card)).toContain('Half a sentence, walrus');
    expect(JSON.stringify(step.card)).toContain('K.T., 2B');
    const kept = await teacher.press(hello, 'Not now', {});
    expect(JSON.stringify(kept.card)).toContain('Nothing was sent.');
    await teacher.press(hello, 'Go on with what you began');
    await teacher.press(hello, 'Send');
    expect(await anywhere('walrus')).toEqual(['support_request']);
    expect(JSON.stringify((await teacher.newest()).card)).not.toContain('walrus');
  });

  test('left unsent for a day it is cleared, and the draft is gone', async () => {
    const form = await openForm();
    const held = await teacher.press(form, 'Add more', { what: 'Never sent, ocelot' });
    expect(await anywhere('ocelot')).toEqual(['request_draft']);
    world.clock.move({ hours: 25 });
    await world.deliver();
    const card = world.connector.ledger().find(({ id }) => id === form);
    expect(JSON.stringify(card?.versions.at(-1))).toContain('was not sent and has been cleared');
    expect(await anywhere('ocelot')).toEqual([]);
    // Somebody who still has it on the screen.
    const late = await teacher.press({ activityId: form, card: held.card ?? {} }, 'Send', {}, { unchecked: true });
    expect(JSON.stringify(late.card)).toContain('has been cleared');
  });

  test('four levels, and the need is read from the words when none is chosen', async () => {
    for (const level of ['school', 'cluster', 'authority'] as const) {
      const sent = await askFor(teacher, await sayHi(), { level }, { what: `We would like training, ${level}.` });
      expect(JSON.stringify(sent.card)).toContain('Advice or training for staff');
    }
    const rows = await asOwner(world.database, strathlinn.authorityId, (client) =>
      client.query<{ level: string }>(
        `select level from support_request where what like 'We would like training%' order by what`,
      ),
    );
    expect(rows.rows.map(({ level }) => level)).toEqual(['authority', 'cluster', 'school']);
  });

  test('learners are initials and stage, and only those the asker reaches', async () => {
    const form = await sayHi();
    await teacher.press(form, 'request.form');
    const { card } = await teacher.press(form, 'Search', { find: 'Macr' });
    const text = JSON.stringify(card);
    expect(text).toContain('J.M., S3');
    expect(text).not.toContain('Jamie');
    const stranger = world.chat.as(cast.classTeacher);
    await stranger.say('hi');
    const theirs = (await stranger.newest()).activityId;
    await stranger.press(theirs, 'request.form');
    const known = await stranger.press(theirs, 'Search', { find: 'Macr' });
    const unknown = await stranger.press(theirs, 'Search', { find: 'Xqzz' });
    const plain = (delivery: typeof known) =>
      JSON.stringify(delivery.card)
        .replace(/"nonce":"[^"]*"/g, '')
        .replace(/Macr|Xqzz/g, '');
    expect(plain(known)).toBe(plain(unknown));
    expect(plain(known)).toContain('Nobody in your list');
    const short = await stranger.press(theirs, 'Search', { find: 'Ma' });
    expect(JSON.stringify(short.card)).toContain('at least three letters');
  });

  test('the same need for the same learner shows the open request first', async () => {
    const before = await askFor(teacher, await sayHi(), jamie, { ...fields, need: 'post-school', what: 'First time.' });
    const reference = /VS-[0-9A-Z]{6}/.exec(JSON.stringify(before.card))?.[0] ?? '';
    const form = await sayHi();
    const again = await askFor(teacher, form, jamie, { ...fields, need: 'post-school', what: 'Second time.' });
    expect(JSON.stringify(again.card)).toContain('There is an open request already');
    expect(JSON.stringify(again.card)).toContain(reference);
    expect(await stored('Second time.')).toBe(0);
    await teacher.press(form, 'Mine is another matter: send it');
    expect(await stored('Second time.')).toBe(1);
  });
});

test('somebody whom no list names is told how to be added, and learns nothing else', async () => {
  const unbound = world.chat.as(cast.unbound);
  await unbound.say('hi');
  expect(JSON.stringify((await unbound.newest()).card)).toContain('does not know you yet');
});

test('an unknown account asks to be added; the designated manager sees the roster’s name and adds them with one press', async () => {
  const unbound = world.chat.as(cast.unbound);
  world.clock.move({ seconds: 5 });
  await unbound.say('please add me at Ardmore Academy');
  const answer = JSON.stringify((await unbound.newest()).card);
  await unbound.say('please add me at No Such School');
  expect(JSON.stringify((await unbound.newest()).card)).toBe(answer);
  const manager = world.chat.as(cast.designatedManager);
  await manager.say('people waiting');
  const waiting = await manager.newest();
  expect(JSON.stringify(waiting.card)).toContain(`${cast.unbound.name}, signed in with`);
  await manager.press(waiting.activityId, `Add ${cast.unbound.name}`);
  await unbound.say('hi');
  expect(JSON.stringify((await unbound.newest()).card)).toContain('Ask for support');
});
