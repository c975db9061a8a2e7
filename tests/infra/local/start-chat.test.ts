import { expect, test } from '@jest/globals';
import { createChats } from '../../../infra/local/start-chat.js';

/** A bridge that starts nothing, and fails for whom it is told to. */
function fakeBridge(failing: readonly string[] = []) {
  const log: string[] = [];
  return {
    log,
    open: async ({
      person,
      users,
      port = 0,
    }: {
      person: { name: string };
      users: readonly unknown[];
      port?: number;
    }) => {
      log.push(`open ${person.name} with ${users.length}`);
      if (failing.includes(person.name)) throw new Error('The Playground did not start.');
      return { url: `http://127.0.0.1:${port}`, pid: 1, stop: async () => void log.push(`stop ${person.name}`) };
    },
  };
}
const rest = { dataDir: '/nowhere', ports: { chat: 1, team: 2 } };

test('whoever sits down gets a Playground of their own, after the last one has ended', async () => {
  const bridge = fakeBridge();
  const chats = createChats({ bridge, ...rest });
  await Promise.all([chats.sit('chat', 'teacher'), chats.sit('chat', 'schoolHead')]);
  expect(bridge.log).toEqual(['open Ailsa Murray with 5', 'stop Ailsa Murray', 'open Folasade Balogun with 5']);
  expect(chats.state('chat')).toEqual({ person: 'schoolHead', url: 'http://127.0.0.1:1', why: null });
  await chats.stop();
  expect(bridge.log.at(-1)).toBe('stop Folasade Balogun');
});

test('a Playground that does not start says why, and the next may', async () => {
  const chats = createChats({ bridge: fakeBridge(['Ailsa Murray']), ...rest });
  expect(await chats.sit('chat', 'teacher')).toEqual({
    ...{ person: 'teacher', url: null },
    why: 'The Playground did not start.',
  });
  expect((await chats.sit('chat', 'schoolHead')).url).not.toBeNull();
});

test('nobody else sits there', async () => {
  const bridge = fakeBridge();
  await expect(createChats({ bridge, ...rest }).sit('team', 'teacher')).rejects.toThrow();
  expect(bridge.log).toEqual([]);
});
