import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cast, castLearners } from '../../infra/local/demo/cast.js';
import { apps, kylebrae, strathlinn, teams } from '../../infra/local/demo/places.js';
import { startTestApp, type TestApp, testDay } from '../support/app.js';
import { asOwner } from '../support/builders.js';
import { type Asker, createAsker } from './calls.js';
import { answersOf, searchesFor, wordsOfNeighbours } from './lists.js';
import { follow } from './live.js';
import { formAbout, joinVerbs, learnerVerbs, press, requestVerbs } from './presses.js';
import type { Known } from './route-shapes.js';
import { describedRoutes, routes } from './routes.js';
import { happen, leaveToday, nobodyElse, type Scene, setScene } from './scene.js';
import { leaverOf, type Viewer, viewers } from './viewers.js';

/** The machine may be busy. */
const patience = 600_000;
let app: TestApp;
let scene: Scene;
let asker: Asker;
let leaver: Viewer;
let known: Known;
/** What each list answered before there was anything about those whom nobody in the team may see. */
let before: Map<Viewer, string[]>;
let after: Map<Viewer, string[]>;

const wholeTeam: readonly Viewer[] = [
  ...[viewers.virtualSchoolHead, viewers.officer, viewers.dataOfficer, viewers.reviewCoordinator],
  ...[viewers.administrator, viewers.teacher],
];

beforeAll(async () => {
  app = await startTestApp();
  leaver = leaverOf(app);
  const set = await setScene(app);
  scene = set.scene;
  await leaveToday(app.database, leaver.person.personId, testDay);
  known = await ownThings();
  asker = createAsker(app, known);
  before = await listsOf(wholeTeam);
  await set.tell();
  after = await listsOf(wholeTeam);
}, patience);
afterAll(() => app.close());

async function listsOf(some: readonly Viewer[]): Promise<Map<Viewer, string[]>> {
  const answers = new Map<Viewer, string[]>();
  for (const viewer of some) answers.set(viewer, await answersOf(asker, viewer));
  return answers;
}

/** What a call needs besides the id that it is made for: all of the caller's own council, and in order. */
function ownThings(): Promise<Known> {
  return asOwner(app.database, strathlinn.authorityId, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      'select school_id as id from person_role where person_id = $1 and school_id is not null limit 1',
      [cast.teacher.personId],
    );
    return {
      ...{ request: scene.jamie.request, learner: castLearners.jamie.learnerId, school: rows[0]?.id ?? '' },
      people: [cast.designatedManager.personId, cast.socialWorker.personId],
    };
  });
}

const all = (): Viewer[] => [...Object.values(viewers), leaver];
const colleagues = (): Viewer[] => all().filter(({ person }) => person !== cast.unbound && person !== cast.servesBoth);

test('every route of the application says whose ids it takes', async () => {
  const described = await describedRoutes(app);
  expect(described.filter((route) => !(route in routes))).toEqual([]);
  expect(Object.keys(routes).filter((route) => !described.includes(route))).toEqual([]);
});

describe('what is out of reach answers byte for byte as what does not exist', () => {
  test(
    'ids of the other council, on every route, for every role',
    async () => {
      const found: string[] = [];
      for (const viewer of all()) {
        // Whoever serves both councils may choose the other: that is no wall.
        const { authority, ...others } = scene.neighbours;
        const withAuthority = authority === undefined ? others : { ...others, authority };
        const ids = viewer.person === cast.servesBoth ? others : withAuthority;
        found.push(...(await asker.differences(viewer, ids)));
      }
      expect(found).toEqual([]);
    },
    patience,
  );

  test(
    'inside one council: no link, school, allocation or grant; relatives; leavers',
    async () => {
      const found: string[] = [];
      for (const viewer of all())
        for (const { why, learner, request, review } of viewer.hidden(scene))
          found.push(...(await asker.differences(viewer, { learner, request, review })).map((one) => `${why}: ${one}`));
      expect(found).toEqual([]);
    },
    patience,
  );

  test(
    "another school's list, and the accounts that ask to join it",
    async () => {
      const found: string[] = [];
      for (const viewer of [viewers.teacher, viewers.schoolHead, viewers.designatedManager, viewers.classTeacher])
        found.push(
          ...(await asker.differences(viewer, { school: scene.otherSchool, 'join-request': scene.joinElsewhere })),
        );
      expect(found).toEqual([]);
    },
    patience,
  );

  test(
    'somebody of two councils is told nothing but to choose; an account that nobody joined, that it is unknown',
    async () => {
      const answers = [
        await asker.ask(viewers.undecided, { method: 'GET', path: `/api/requests/${scene.jamie.request}` }),
        await asker.ask(viewers.unbound, { method: 'GET', path: `/api/requests/${scene.jamie.request}` }),
      ];
      expect(answers.map((answer) => answer.slice(0, 3))).toEqual(['409', '403']);
    },
    patience,
  );

  test(
    'the probes do reach: who may see is answered otherwise',
    async () => {
      const { learner, request, review } = scene.elsewhere;
      const seen = [
        ...(await asker.differences(viewers.virtualSchoolHead, {
          learner,
          request,
          review,
          person: cast.officer.personId,
        })),
        ...(await asker.differences(viewers.designatedManager, { school: known.school })),
      ];
      expect(seen.length).toBeGreaterThan(15);
    },
    patience,
  );
});

describe('lists, counts and searches', () => {
  test('are the same to the byte before and after something is known of a restricted learner or next door', () => {
    for (const [viewer, answers] of before) expect([viewer.who, after.get(viewer)]).toEqual([viewer.who, answers]);
  });

  test(
    'hold no id, reference, name or address of the other council, for no role',
    async () => {
      const words = wordsOfNeighbours(app, scene);
      expect(words.length).toBeGreaterThan(100);
      const found: string[] = [];
      for (const viewer of colleagues())
        for (const answer of await answersOf(asker, viewer))
          found.push(
            ...words
              .filter((word) => answer.includes(word))
              .map((word) => `${viewer.who}: ${answer.slice(0, 60)} … ${word}`),
          );
      expect(found).toEqual([]);
    },
    patience,
  );

  test(
    'and the head next door does find hers, so what was searched for is what would be seen',
    async () => {
      const words = wordsOfNeighbours(app, scene);
      const own = await answersOf(asker, { who: 'head next door', person: cast.neighbourHead, hidden: () => [] });
      expect(words.filter((word) => own.join().includes(word)).length).toBeGreaterThan(20);
    },
    patience,
  );

  test(
    'a search for what stands in a hidden record answers as a search for nothing',
    async () => {
      const { restricted, neighbour } = scene;
      const hidden = [restricted.reference, restricted.reviewReference, neighbour.reference, neighbour.reviewReference];
      const spoken = [restricted, neighbour].map(({ reference }) => `Wallword${reference.slice(-3)}`);
      const names = [...Object.values(nobodyElse), cast.neighbourHead.name];
      for (const viewer of [viewers.virtualSchoolHead, viewers.officer, viewers.dataOfficer]) {
        const nothing: string[] = [];
        for (const call of searchesFor('Nosuchword')) nothing.push(await asker.ask(viewer, call));
        for (const words of [...hidden, ...spoken, ...names])
          for (const [place, call] of searchesFor(words).entries())
            expect([words, await asker.ask(viewer, call)]).toEqual([words, nothing[place]]);
      }
    },
    patience,
  );
});

describe('what is told live', () => {
  test(
    'is within reach alone',
    async () => {
      const streams = await Promise.all(
        [viewers.officer, viewers.teacher].map(async (viewer) => ({ viewer, stream: await follow(app, viewer) })),
      );
      const visible: Readonly<Record<string, typeof scene.jamie | undefined>> = {
        [viewers.officer.who]: scene.elsewhere,
        [viewers.teacher.who]: scene.jamie,
      };
      await Promise.all(streams.map(({ stream }) => stream.until('feed')));
      await happen(app.database, kylebrae.authorityId, scene.neighbour);
      for (const about of [scene.restricted, scene.officersOwn, scene.niece, scene.elsewhere, scene.jamie])
        await happen(app.database, strathlinn.authorityId, about);
      for (const { viewer, stream } of streams) {
        await stream.until(visible[viewer.who]?.request ?? '');
        const told = stream.lines.join();
        const hidden = [...viewer.hidden(scene), scene.neighbour].flatMap(({ request, review }) => [request, review]);
        expect(told).toContain(visible[viewer.who]?.request);
        expect(hidden.filter((id) => told.includes(id))).toEqual([]);
        await stream.close();
      }
    },
    patience,
  );

  test(
    'and nothing to a leaver',
    async () => {
      const stream = await follow(app, leaver);
      await happen(app.database, strathlinn.authorityId, scene.jamie);
      if (stream.status === 200) await stream.until(scene.jamie.request);
      expect(stream.lines.join()).not.toContain(scene.jamie.request);
      await stream.close();
    },
    patience,
  );
});

describe('a press with an id that the presser may not know', () => {
  const inOwnChat = async (viewer: Viewer) => {
    const seat = app.chat.as(viewer.person);
    await seat.say('hi');
    return (await seat.newest()).activityId;
  };

  test(
    'is answered as one with an id of nothing, in the own chat',
    async () => {
      for (const viewer of all()) {
        const activityId = await inOwnChat(viewer);
        for (const verb of requestVerbs) {
          const nothing = await press(app.chat, viewer, activityId, { verb, id: randomUUID() });
          for (const { why, request } of [scene.neighbour, ...viewer.hidden(scene)])
            expect([viewer.who, why, await press(app.chat, viewer, activityId, { verb, id: request })]).toEqual([
              viewer.who,
              why,
              nothing,
            ]);
        }
        for (const verb of joinVerbs)
          expect(await press(app.chat, viewer, activityId, { verb, id: scene.joinElsewhere })).toBe(
            await press(app.chat, viewer, activityId, { verb, id: randomUUID() }),
          );
        for (const verb of learnerVerbs) {
          const nothing = await press(app.chat, viewer, activityId, { verb, id: randomUUID() });
          for (const { why, learner } of [scene.neighbour, ...viewer.hidden(scene)])
            expect([viewer.who, why, await press(app.chat, viewer, activityId, { verb, id: learner })]).toEqual([
              viewer.who,
              why,
              nothing,
            ]);
        }
        const nobody = await press(app.chat, viewer, activityId, formAbout(randomUUID()));
        for (const { why, learner } of [scene.neighbour, ...viewer.hidden(scene)])
          expect([viewer.who, why, await press(app.chat, viewer, activityId, formAbout(learner))]).toEqual([
            viewer.who,
            why,
            nobody,
          ]);
      }
    },
    patience,
  );

  test(
    'and in a channel: the own one, and that of the other council',
    async () => {
      const inKylebrae = app.chatWith(apps.kylebraeBot);
      const card = { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'A card in the channel' }] };
      const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
      const posted = (bot: string, channel: string) =>
        app.connector.post(bot, channel, { type: 'message', attachments })?.id ?? '';
      const [own, theirs] = [
        posted(apps.strathlinnBot, teams.strathlinn.channelId),
        posted(apps.kylebraeBot, teams.kylebrae.channelId),
      ];
      for (const verb of requestVerbs) {
        const nothing = await press(app.chat, viewers.officer, own, { verb, id: randomUUID() });
        for (const { request } of [scene.neighbour, scene.restricted, scene.officersOwn])
          expect(await press(app.chat, viewers.officer, own, { verb, id: request })).toBe(nothing);
        const nextDoor = await press(inKylebrae, viewers.officer, theirs, { verb, id: randomUUID() });
        for (const { request } of [scene.neighbour, scene.jamie])
          expect(await press(inKylebrae, viewers.officer, theirs, { verb, id: request })).toBe(nextDoor);
      }
    },
    patience,
  );

  test(
    'and the presses do reach: who may see is shown the request',
    async () => {
      const activityId = await inOwnChat(viewers.virtualSchoolHead);
      const carried = { verb: 'request.take', id: scene.elsewhere.request };
      await press(app.chat, viewers.virtualSchoolHead, activityId, carried);
      const read = await asker.ask(viewers.virtualSchoolHead, { method: 'GET', path: `/api/requests/${carried.id}` });
      expect(read).toContain('"state":"assigned"');
    },
    patience,
  );
});
