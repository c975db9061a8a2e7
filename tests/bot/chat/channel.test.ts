import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DeliveryError, type Member, type Ports } from '../../../bot/context.js';
import { cast } from '../../../infra/local/demo/cast.js';
import { apps, strathlinn, teams } from '../../../infra/local/demo/places.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { asOwner } from '../../support/builders.js';
import { askFor } from '../../support/asking.js';

/** What the roster answers, when a test wants it otherwise than it is. */
let roster: ((member: Member | null) => Member | null) | null = null;
let asked = 0;
const withRoster = (ports: Ports): Ports => ({
  ...ports,
  notifier: {
    ...ports.notifier,
    async member(target, memberId) {
      asked += 1;
      const found = await ports.notifier.member(target, memberId);
      return roster ? roster(found) : found;
    },
  },
});

let world: TestApp;
beforeAll(async () => {
  world = await startTestApp(() => ({ ports: withRoster }));
});
afterAll(() => world.close());

const channel = { channelId: teams.strathlinn.channelId };
const seat = (person: Parameters<TestApp['chat']['as']>[0]) => world.chat.as(person);
/** Nothing of the roster that was kept still holds. */
const later = () => world.clock.move({ minutes: 2 });

/** A request of the teacher's, with its card in the channel. */
async function asksFor(): Promise<{ activityId: string; id: string }> {
  later();
  const teacher = seat(cast.teacher);
  await teacher.say('hi');
  const { activityId } = await teacher.newest();
  await askFor(
    teacher,
    activityId,
    { level: 'school' },
    { need: 'attendance', urgency: 'this-week', what: 'Mornings.' },
  );
  await world.deliver();
  const posted = await seat(cast.officer).newest(channel);
  const id = /"id":"([0-9a-f-]{36})"/.exec(JSON.stringify(posted.card))?.[1] ?? '';
  return { activityId: posted.activityId, id };
}
const standing = async (id: string) =>
  asOwner(world.database, strathlinn.authorityId, async (client) => {
    const { rows } = await client.query<{ state: string; version: number; name: string | null }>(
      `select r.state, r.version, p.name from support_request r left join person p on p.person_id = r.assignee_id where r.request_id = $1`,
      [id],
    );
    return rows[0];
  });
const text = (value: unknown) => JSON.stringify(value);

describe('giving and asking from the channel’s card', () => {
  test('the form is the presser’s alone; the card that everybody sees changes when it is given', async () => {
    const { activityId, id } = await asksFor();
    const officer = seat(cast.officer);
    const form = await officer.press(activityId, 'Give to…');
    expect(text(form.card)).toContain(cast.virtualSchoolHead.name);
    expect(text(world.connector.activity(activityId)?.versions.at(-1))).not.toContain(cast.virtualSchoolHead.name);
    await officer.press(activityId, 'Give', { assignee: cast.virtualSchoolHead.personId });
    expect(await standing(id)).toMatchObject({ state: 'assigned', name: cast.virtualSchoolHead.name });
    await world.deliver();
    expect(text(world.connector.activity(activityId)?.versions.at(-1))).toContain(cast.virtualSchoolHead.name);
  });

  test('a question goes to the asker’s own chat and not to the channel; the reply shows as a reply, without its words', async () => {
    const { activityId, id } = await asksFor();
    const officer = seat(cast.officer);
    await officer.press(activityId, 'Ask a question');
    await officer.press(activityId, 'Send', { body: 'Which mornings are best?' });
    expect(await standing(id)).toMatchObject({ state: 'waiting-on-school', name: cast.officer.name });
    await world.deliver();
    expect(text(await officer.cards(channel))).not.toContain('Which mornings');
    const teacher = seat(cast.teacher);
    const told = await teacher.newest();
    expect(text(told.card)).toContain('has a question for you');
    const shown = await teacher.press(told.activityId, 'Show it');
    expect(text(shown.card)).toContain('Which mornings are best?');
    await teacher.press(told.activityId, 'Reply', { body: 'Mondays go well.' });
    await world.deliver();
    const card = text(world.connector.activity(activityId)?.versions.at(-1));
    expect(card).toContain('The school replied');
    expect(card).not.toContain('Mondays');
    expect(await standing(id)).toMatchObject({ state: 'in-progress' });
  });

  test('two give at once: one does, the other is shown how it stands now', async () => {
    const { activityId, id } = await asksFor();
    const [one, two] = [seat(cast.officer), seat(cast.virtualSchoolHead)];
    await one.press(activityId, 'Give to…');
    await two.press(activityId, 'Give to…');
    const answers = await Promise.all([
      one.press(activityId, 'Give', { assignee: cast.officer.personId }),
      two.press(activityId, 'Give', { assignee: cast.virtualSchoolHead.personId }),
    ]);
    expect((await standing(id))?.version).toBe(2);
    expect(answers.filter(({ card }) => text(card).includes('already moved on'))).toHaveLength(1);
  });

  test('words that could be a concern are held, and nobody’s question is kept', async () => {
    const { activityId, id } = await asksFor();
    const officer = seat(cast.officer);
    await officer.press(activityId, 'Ask a question');
    const held = await officer.press(activityId, 'Send', { body: 'Was he hit at home by his uncle?' });
    expect(text(held.card)).toContain('Is a child at risk of harm');
    expect(await standing(id)).toMatchObject({ state: 'submitted' });
  });

  test('a client that cannot replace a card is answered privately, never on the card that everybody sees', async () => {
    const { activityId } = await asksFor();
    const versions = world.connector.activity(activityId)?.versions.length;
    const before = world.connector.targeted().length;
    await seat(cast.officer).press(activityId, 'Give to…', {}, { asSubmit: true });
    expect(world.connector.activity(activityId)?.versions).toHaveLength(versions ?? 0);
    expect(world.connector.targeted().slice(before)).toMatchObject([{ oid: cast.officer.oid }]);
  });
});

describe('who may press', () => {
  const refusedFor = async (answer: typeof roster) => {
    const { activityId, id } = await asksFor();
    later();
    roster = answer;
    const { card } = await seat(cast.officer).press(activityId, 'Take');
    roster = null;
    return { said: text(card), state: (await standing(id))?.state };
  };
  const found: Member = { name: 'Somebody', objectId: cast.officer.oid, tenantId: cast.officer.tenantId, guest: false };
  test.each<[string, Member | null, string]>([
    ['somebody who is not in the channel', null, 'That is not here'],
    ['a guest', { ...found, guest: true }, 'Your role does not include this'],
    ['another account behind the same id', { ...found, objectId: cast.teacher.oid }, 'That is not here'],
    ['somebody of another tenant', { ...found, tenantId: cast.neighbourHead.tenantId }, 'That is not here'],
  ])('%s is refused and nothing moves', async (_who, member, words) => {
    const { said, state } = await refusedFor(() => member);
    expect(said).toContain(words);
    expect(state).toBe('submitted');
  });

  test('when it cannot be checked the answer is no', async () => {
    const { said, state } = await refusedFor(() => {
      throw new DeliveryError('retry', { status: 503 });
    });
    expect(said).toContain('could not be checked just now');
    expect(state).toBe('submitted');
  });

  test('it is asked once a minute, not at every press', async () => {
    const { activityId } = await asksFor();
    later();
    asked = 0;
    const officer = seat(cast.officer);
    await officer.press(activityId, 'Give to…');
    await officer.press(activityId, 'Back');
    expect(asked).toBe(1);
    later();
    await officer.press(activityId, 'Give to…');
    expect(asked).toBe(2);
  });
});

describe('binding', () => {
  const bound = async () => world.app.directory.requestsChannels(strathlinn.authorityId);
  test('the head binds the channel by a name, and lets it go; an officer may do neither', async () => {
    later();
    await seat(cast.officer).say('unbind this channel', channel);
    expect(await bound()).toHaveLength(1);
    await seat(cast.virtualSchoolHead).say('bind this channel as North team', channel);
    expect(await bound()).toMatchObject([{ name: 'North team', conversationId: channel.channelId }]);
    await seat(cast.virtualSchoolHead).say('unbind this channel', channel);
    expect(await bound()).toEqual([]);
    const known = await world.app.directory.conversation(apps.strathlinnBot, channel.channelId);
    expect(known?.authorityId).toBeNull();
    await seat(cast.virtualSchoolHead).say('bind this channel', channel);
    expect(await bound()).toHaveLength(1);
  });
});
