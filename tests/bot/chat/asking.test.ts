import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ChatSeat } from '../../../infra/local/chat-client.js';
import { cast, castLearners } from '../../../infra/local/demo/cast.js';
import { strathlinn, teams } from '../../../infra/local/demo/places.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { askFor, jamie } from '../../support/asking.js';
import { asOwner } from '../../support/builders.js';

let world: TestApp;
let teacher: ChatSeat;
const channel = { channelId: teams.strathlinn.channelId };

beforeAll(async () => {
  world = await startTestApp();
  teacher = world.chat.as(cast.teacher);
  await quiet();
});
afterAll(() => world.close());

/** The made-up requests that are late speak up in the channel; here they are out of the way. */
const quiet = () =>
  asOwner(world.database, strathlinn.authorityId, (client) =>
    client.query(
      `update support_request set state = 'closed', due_at = null where state not in ('closed', 'withdrawn')`,
    ),
  );

const rows = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  asOwner(world.database, strathlinn.authorityId, async (client) => (await client.query<Row>(sql, values)).rows);
const text = (card: unknown) => JSON.stringify(card);

/** The published pace is seven a second; a person is slower. */
async function say(words: string, seat: ChatSeat = teacher) {
  world.clock.move({ seconds: 2 });
  return seat.say(words);
}

async function welcome(seat: ChatSeat = teacher): Promise<string> {
  await say('hi', seat);
  return (await seat.newest()).activityId;
}

test('the welcome has its four buttons, the exclusion line and the child protection line', async () => {
  await welcome();
  const { card } = await teacher.newest();
  for (const words of ['Ask for support', 'Something has changed', 'Who do I speak to?', 'My requests'])
    expect(text(card)).toContain(words);
  expect(text(card)).toContain('sending home, being considered today');
  expect(text(card)).toContain('Do not use this chat');
});

describe('a typed sentence', () => {
  test('offers the form with need and urgency chosen, and its words in it', async () => {
    await say("Jamie's no been in since Monday, need a hand the day");
    const { activityId, card } = await teacher.newest();
    expect(text(card)).toContain('I took this from what you wrote');
    expect(text(card)).not.toContain('since Monday');
    await teacher.press(activityId, 'Search', { find: 'macr' });
    const step = await teacher.press(activityId, 'Choose J.M., S3');
    expect(text(step.card)).toContain('since Monday');
    const sent = await teacher.press(activityId, 'Send');
    expect(text(sent.card)).toMatch(/VS-[0-9A-Z]{6}/);
    const [request] = await rows<{ need: string; urgency: string }>(
      `select need, urgency from support_request where what like '%since Monday%'`,
    );
    expect(request).toEqual({ need: 'attendance', urgency: 'today' });
  });

  test('that is not followed is answered with what can be done, and kept nowhere', async () => {
    await say('lovely marmoset weather');
    expect(text((await teacher.newest()).card)).toContain('I did not follow that.');
    expect(await rows(`select 1 from request_draft where typed::text like '%marmoset%'`)).toEqual([]);
  });

  test('edited in Teams, the form has the new words; deleted, none; sent, the thread says so', async () => {
    const said = await say('We need training about attachment');
    const edit = (type: string, words: string, of = said) => {
      world.clock.move({ seconds: 2 });
      return world.chat.repeat({ ...of, activity: { ...of.activity, type, text: words } });
    };
    await edit('messageUpdate', 'We need training about loss');
    expect(text((await teacher.newest()).card)).toContain('the form has the new words');
    const [draft] = await rows<{ what: string }>(`select typed->>'what' as what from request_draft`);
    expect(draft?.what).toBe('We need training about loss');
    await edit('messageUpdate', 'he told me his dad hits him, pelican');
    expect(text((await teacher.newest()).card)).toContain('Is a child at risk of harm');
    expect(await rows(`select 1 from request_draft where typed::text like '%pelican%'`)).toEqual([]);
    await edit('messageDelete', '');
    expect(text((await teacher.newest()).card)).toContain('erased from the form');
    const second = await say('We need training about grief please');
    const form = (await teacher.newest()).activityId;
    await teacher.press(form, 'Not about one learner');
    await teacher.press(form, 'My class or school');
    await teacher.press(form, 'Send', { what: 'We need training about grief please' });
    await edit('messageDelete', '', second);
    expect(text((await teacher.newest()).card)).toContain('keeps what was sent');
    expect(await rows(`select 1 from activity where kind = 'request.source-deleted'`)).toHaveLength(1);
    const kinds = await rows<{ kind: string }>(
      `select entrance as kind from concern_notice where entrance = 'chat-edit'`,
    );
    expect(kinds).toEqual([{ kind: 'chat-edit' }]);
  });
});

describe('exclusion or sending home is being considered', () => {
  test('whom to telephone and to speak to come before any form, and duty is told without the learner', async () => {
    await world.chat.as(cast.virtualSchoolHead).say('hi');
    await say("they're going to exclude him the day");
    const { activityId, card } = await teacher.newest();
    for (const words of ['Sending home is an exclusion', '01632 960199', 'their social worker', 'family or carer'])
      expect(text(card)).toContain(words);
    const told = await teacher.press(activityId, 'Ask duty to call me');
    expect(text(told.card)).toContain('Duty was told at');
    expect(text(told.card)).toContain('within 20 minutes');
    await world.deliver();
    const board = await world.chat.as(cast.officer).cards(channel);
    const alert = board.find(({ card: one }) => text(one).includes('considered today'));
    expect(text(alert?.card)).toContain('Ardmore Academy');
    for (const word of ['Jamie', 'J.M.', cast.teacher.name]) expect(text(alert?.card)).not.toContain(word);
  });

  test('unanswered, the ladder climbs once a step; answered, it stops and the asker sees who has it', async () => {
    const head = world.chat.as(cast.virtualSchoolHead);
    world.clock.move({ minutes: 21 });
    await world.deliver();
    await world.deliver();
    const own = (await head.cards()).filter(({ card }) => text(card).includes('asks to be called now'));
    expect(own.length).toBe(1);
    const climbed = () =>
      rows<{ n: number }>(`select count(*)::int as n from activity where kind = 'exclusion.climbed'`);
    expect(await climbed()).toEqual([{ n: 1 }]);
    const taken = await head.press(own[0]?.activityId ?? '', 'I will call them');
    expect(text(taken.card)).toContain(`Call ${cast.teacher.name}`);
    world.clock.move({ minutes: 45 });
    await world.deliver();
    expect(await climbed()).toEqual([{ n: 1 }]);
    await say('exclusion');
    expect(text((await teacher.newest()).card)).toContain(`${cast.virtualSchoolHead.name} has it`);
    const late = await world.chat
      .as(cast.officer)
      .press(own[0]?.activityId ?? '', 'I will call them')
      .catch(() => null);
    expect(text(late?.card ?? '')).not.toContain(`Call ${cast.teacher.name}`);
  });
});

describe('something has changed', () => {
  test('is kept as told, once, beside the records', async () => {
    const activityId = await welcome();
    await teacher.press(activityId, 'Something has changed');
    await teacher.press(activityId, 'Search', { find: 'macr' });
    await teacher.press(activityId, 'Choose J.M., S3');
    const again = await teacher.press(activityId, 'Tell the virtual school', { kind: 'home' });
    expect(text(again.card)).toContain('Say what has changed');
    const input = { kind: 'home', what: 'Stays with his aunt now.', since: '2026-11-20' };
    const told = await teacher.press(activityId, 'Tell the virtual school', input);
    await world.chat.repeat(told, { newId: true });
    expect(text(told.card)).toContain('told, not yet in the records');
    expect(await rows(`select kind, since_on::text as since, learner_id as who from change_told`)).toEqual([
      { kind: 'home', since: '2026-11-20', who: castLearners.jamie.learnerId },
    ]);
    expect(await rows(`select kind from activity where aggregate_kind = 'change'`)).toEqual([{ kind: 'change.told' }]);
    expect(await rows(`select home from learner where learner_id = $1`, [castLearners.jamie.learnerId])).not.toEqual(
      [],
    );
  });

  test('words of concern hold it; No keeps them, Yes keeps nothing', async () => {
    const activityId = await welcome();
    await teacher.press(activityId, 'Something has changed');
    await teacher.press(activityId, 'Not in my list');
    const typed = { initials: 'A.B.', class: '2C', kind: 'home', what: 'Left, he does not feel safe there, heron.' };
    const held = await teacher.press(activityId, 'Tell the virtual school', typed);
    expect(text(held.card)).toContain('Is a child at risk of harm');
    expect(await rows(`select 1 from change_told where what like '%heron%'`)).toEqual([]);
    await teacher.press(activityId, 'No, carry on');
    expect(await rows(`select learner_initials as i from change_told where what like '%heron%'`)).toEqual([
      { i: 'A.B.' },
    ]);
  });
});

describe('who do I speak to', () => {
  test('names social worker, designated manager and ours, for a learner the asker sees, and is audited', async () => {
    const activityId = await welcome();
    await teacher.press(activityId, 'Who do I speak to?');
    await teacher.press(activityId, 'Search', { find: 'macr' });
    const shown = await teacher.press(activityId, 'Choose J.M., S3');
    expect(text(shown.card)).toContain(cast.socialWorker.name);
    expect(text(shown.card)).toContain(cast.designatedManager.name);
    const audits = await rows(`select verb from audit_entry where verb = 'learner.who-to-speak-to'`);
    expect(audits.length).toBe(1);
  });
});

describe('feedback', () => {
  test('is asked for once it was answered, and kept', async () => {
    const sent = await askFor(teacher, await welcome(), jamie, { need: 'digital', what: 'A laptop is needed.' });
    const reference = /VS-[0-9A-Z]{6}/.exec(text(sent.card))?.[0] ?? '';
    await world.deliver();
    const [request] = await rows<{ id: string }>(`select request_id as id from support_request where reference = $1`, [
      reference,
    ]);
    await rows(`update support_request set state = 'answered', version = version + 1 where reference = $1`, [
      reference,
    ]);
    const card = (await teacher.cards()).find(({ card: one }) => text(one).includes(reference));
    const own = await teacher.press(card?.activityId ?? '', 'Refresh');
    expect(text(own.card)).toContain('Did it help?');
    const thanks = await teacher.press(card?.activityId ?? '', 'Tell us', {
      helped: 'partly',
      changed: 'Work is handed in.',
    });
    expect(text(thanks.card)).toContain('Thank you for telling us');
    expect(text(thanks.card)).not.toContain('Did it help?');
    const kept = await rows(`select helped, changed from request_feedback where request_id = $1`, [request?.id]);
    expect(kept).toEqual([{ helped: 'partly', changed: 'Work is handed in.' }]);
  });
});
