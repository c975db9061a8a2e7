import { describe, expect, test } from '@jest/globals';
import { readings } from './readings.js';

describe('the search looks through', () => {
  const hiding: readonly (readonly [string, (text: string) => string])[] = [
    ['another case', (text) => text.toUpperCase()],
    ['JSON escapes', (text) => text.replace('q', '\\u0071')],
    ['percent encoding', (text) => text.replace('q', '%71')],
    ['HTML entities', (text) => text.replace('q', '&#113;').replace('x', '&#x78;')],
    ['quoted-printable', (text) => text.replace('q', '=71').replace('v', '=\r\nv')],
    ['base64', (text) => Buffer.from(text).toString('base64')],
    [
      'base64url in JSON in base64',
      (text) => Buffer.from(JSON.stringify({ at: Buffer.from(text).toString('base64url') })).toString('base64'),
    ],
    ['hexadecimal', (text) => Buffer.from(text).toString('hex')],
  ];
  test.each(hiding)('%s', (_how, hide) => {
    const text = 'what is said of Zqghixvk here';
    expect([...readings(hide(text))].some((reading) => reading.toLowerCase().includes('zqghixvk'))).toBe(true);
  });
});
