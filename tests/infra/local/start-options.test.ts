import { expect, test } from '@jest/globals';
import { browserCommand } from '../../../infra/local/start-browser.js';
import { parseStart } from '../../../infra/local/start-options.js';

test('nothing given: the usual ports, .data, and the page is opened', () => {
  expect(parseStart([], '/home/x')).toEqual({
    ...{ open: true, dev: false, dataDir: '/home/x/.data' },
    ports: { page: 4600, server: 3978, chat: 56150, team: 56151 },
  });
});

test('everything can be said', () => {
  expect(parseStart(['--no-open', '--port', '4700', '--data', '/tmp/y', '--dev'], '/home/x')).toEqual({
    ...{ open: false, dev: true, dataDir: '/tmp/y' },
    ports: { page: 4700, server: 4701, chat: 4702, team: 4703 },
  });
});

test.each([['--port', '80'], ['--port', 'x'], ['--port', '65001'], ['--production'], ['something']])(
  'what is not understood is refused: %s %s',
  (...args) => expect(() => parseStart(args, '/home/x')).toThrow(),
);

test('a page is opened by the desktop, and only where there is one', () => {
  expect(browserCommand('darwin', {})).toEqual(['open']);
  expect(browserCommand('win32', {})?.[0]).toBe('cmd');
  expect(browserCommand('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open']);
  expect(browserCommand('linux', {})).toBeNull();
});
