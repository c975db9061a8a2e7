import { describe, expect, test } from '@jest/globals';
import { chatDoor, serviceUrl } from '../../support/chat-door.js';

const door = chatDoor();
const { attempt, servedAt } = door;

test.each([serviceUrl, 'https://smba.trafficmanager.net/emea/', 'https://smba.trafficmanager.net/teams'])(
  'a service at %s passes',
  async (url) => {
    expect(await attempt(servedAt(url))).toMatchObject({ ok: true, activity: { serviceUrl: url } });
  },
);

test.each([
  'https://evil.trafficmanager.net/uk/',
  'https://smba.trafficmanager.net.evil.com/uk/',
  'https://xsmba.trafficmanager.net/uk/',
  'https://a.smba.trafficmanager.net/uk/',
  'https://smba.trafficmanager.net@evil.com/uk/',
  'https://evil.com@smba.trafficmanager.net/uk/',
  'https://smba.trafficmanager.net\\@evil.com/uk/',
  'https://evil.com/https://smba.trafficmanager.net/uk/',
  'https://evil.com#smba.trafficmanager.net/uk/',
  'https://smba.trafficmanager.net./uk/',
  'https://SMBA.trafficmanager.net/uk/',
  'https://smba.trafficmanager.net:8443/uk/',
  'https://smba.trafficmanager.net:443/uk/',
  'http://smba.trafficmanager.net/uk/',
  'ftp://smba.trafficmanager.net/uk/',
  'https://smba.trafficmanager.net/',
  'https://smba.trafficmanager.net/uk/../../admin/',
  'https://smba.trafficmanager.net/uk/?next=https://evil.com',
  'https://52.112.0.1/uk/',
  'https://[::1]/uk/',
  'https://2130706433/uk/',
  'https://127.0.0.1/uk/',
  'http://127.0.0.1:3979/connector/',
  'https://localhost/uk/',
  'http://169.254.169.254/metadata/',
  'javascript:alert(1)',
  'smba.trafficmanager.net/uk/',
])('a service at %s is refused, though a good token names it too', async (url) => {
  expect(await attempt(servedAt(url))).toEqual({ ok: false, status: 403, reason: 'service-url-refused' });
});

describe('in local mode', () => {
  const localServiceOrigins = ['http://127.0.0.1:3979'];
  test.each([
    ['http://127.0.0.1:3979/connector/', true],
    [serviceUrl, true],
    ['http://127.0.0.1:3980/connector/', false],
    ['https://127.0.0.1:3979/connector/', false],
    ['http://localhost:3979/connector/', false],
    ['http://a@127.0.0.1:3979/connector/', false],
  ])('a service at %s passes: %p', async (url, passes) => {
    const answer = await attempt({ ...servedAt(url), with: { localServiceOrigins } });
    expect(answer.ok).toBe(passes);
  });

  test.each([
    'http://10.0.0.1:3979',
    'https://127.0.0.1:3979',
    'https://evil.example',
    'http://127.0.0.1:3979/path',
    'http://localhost:3979',
  ])('an extra origin of %s is refused at start', (origin) => {
    expect(() => door.guard({ localServiceOrigins: [origin] })).toThrow('127.0.0.1');
  });
});
