import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { buildPackage } from '../../manifest/app-package.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url));
const text = read('manifest/manifest.json').toString();
const settings = read('infra/env/.env.example').toString();
const icons = new Map(['color.png', 'outline.png'].map((name) => [name, read(`manifest/${name}`)]));

/** What the build says of the manifest after one change to it. */
function refusal(change: (manifest: Record<string, unknown>) => void): string {
  const manifest = JSON.parse(text) as Record<string, unknown>;
  change(manifest);
  try {
    buildPackage({ manifest: JSON.stringify(manifest), settings, icons });
    return 'built';
  } catch (error) {
    return String(error);
  }
}
const part = (manifest: Record<string, unknown>, name: string) =>
  (Array.isArray(manifest[name]) ? manifest[name].at(name === 'staticTabs' ? 1 : 0) : manifest[name]) as Record<
    string,
    unknown
  >;

test('the package holds the filled manifest and both icons', () => {
  const { zip } = buildPackage({ manifest: text, settings, icons });
  const files = unzipSync(zip);
  expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png']);
  const manifest = Buffer.from(files['manifest.json'] ?? []).toString();
  expect(manifest).not.toContain('${{');
  expect(JSON.parse(manifest)).toMatchObject({
    manifestVersion: '1.30',
    supportsChannelFeatures: 'tier1',
    validDomains: ['golden-thread.example.org'],
  });
  expect(Buffer.from(files['color.png'] ?? []).equals(read('manifest/color.png'))).toBe(true);
});

test('the same content is the same bytes, whenever it is built', () => {
  const one = buildPackage({ manifest: text, settings, icons });
  const other = buildPackage({ manifest: text, settings, icons: new Map([...icons].reverse()) });
  expect(Buffer.from(one.zip).equals(Buffer.from(other.zip))).toBe(true);
});

test('every setting that is missing is named', () => {
  const without = settings.replace(/^BOT_ID=.*$/m, '').replace(/^(TAB_DOMAIN)=.*$/m, '$1=');
  expect(() => buildPackage({ manifest: text, settings: without, icons })).toThrow(
    /missing: (BOT_ID, TAB_DOMAIN|TAB_DOMAIN, BOT_ID)/,
  );
});

test('a value cannot end the text that it stands in', () => {
  const odd = settings.replace(/^DEVELOPER_NAME=.*$/m, 'DEVELOPER_NAME=A "quoted" council');
  const { manifest } = buildPackage({ manifest: text, settings: odd, icons });
  expect(JSON.parse(manifest)).toMatchObject({ developer: { name: 'A "quoted" council' } });
});

describe('refused by the schema', () => {
  test.each<[string, (manifest: Record<string, unknown>) => void, RegExp]>([
    ['a key nobody knows', (manifest) => (manifest['shout'] = true), /additional propert.*shout|shout/i],
    ['a scope nobody knows', (manifest) => (part(manifest, 'bots')['scopes'] = ['everybody']), /bots\/0\/scopes/],
    ['a name too long', (manifest) => (part(manifest, 'name')['short'] = 'x'.repeat(31)), /name\/short/],
    ['a description too long', (manifest) => (part(manifest, 'description')['short'] = 'x'.repeat(81)), /description/],
    ['a bot that is no GUID', (manifest) => (part(manifest, 'bots')['botId'] = 'bot'), /botId/],
  ])('%s', (_, change, says) => {
    expect(refusal(change)).toMatch(says);
  });
});

describe('refused by our own rules', () => {
  test.each<[string, (manifest: Record<string, unknown>) => void, RegExp]>([
    [
      'team scope without channel features',
      (manifest) => delete manifest['supportsChannelFeatures'],
      /supportsChannel/,
    ],
    [
      'a static tab for teams',
      (manifest) => (part(manifest, 'staticTabs')['scopes'] = ['team']),
      /personal scope only/,
    ],
    ['a tab without an address', (manifest) => delete part(manifest, 'staticTabs')['contentUrl'], /has a contentUrl/],
    ['http', (manifest) => (part(manifest, 'staticTabs')['contentUrl'] = 'http://${{TAB_DOMAIN}}/'), /are https/],
    [
      'a tab on another host',
      (manifest) => (part(manifest, 'staticTabs')['contentUrl'] = 'https://elsewhere.example/'),
      /exactly the hosts/,
    ],
    ['a wildcard', (manifest) => (manifest['validDomains'] = ['${{TAB_DOMAIN}}', '*.example.org']), /wildcard/],
    ['one registration for both', (manifest) => (part(manifest, 'bots')['botId'] = '${{API_CLIENT_ID}}'), /two regis/],
    [
      'another resource',
      (manifest) => (part(manifest, 'webApplicationInfo')['resource'] = 'api://${{API_CLIENT_ID}}'),
      /webApplicationInfo\.resource/,
    ],
    [
      'reading every message of a channel',
      (manifest) =>
        (manifest['authorization'] = {
          permissions: { resourceSpecific: [{ name: 'ChannelMessage.Read.Group', type: 'Application' }] },
        }),
      /no resource-specific permission/,
    ],
    ['icons swapped', (manifest) => (manifest['icons'] = { color: 'outline.png', outline: 'color.png' }), /192 by 192/],
  ])('%s', (_, change, says) => {
    expect(refusal(change)).toMatch(says);
  });
});
