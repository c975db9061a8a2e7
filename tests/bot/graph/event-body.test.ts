import { expect, test } from '@jest/globals';
import { htmlOf, replaceOurText } from '../../../bot/graph/event-body.js';

const join =
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_1%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%7d&x=1';
const escaped = join.replace('&', '&amp;');

test('words are escaped', () => expect(htmlOf('a < b & "c"\nd')).toBe('<div>a &lt; b &amp; &quot;c&quot;<br>d</div>'));

test.each([
  [
    'its class',
    `<html><body><div>old</div><div class="me-email-text" lang="en"><a href="${escaped}">Join</a></div></body></html>`,
  ],
  [
    'a rule of underscores',
    `<html><body><div>old</div><div style="x"><span>${'_'.repeat(80)}</span></div><a href="${escaped}">Join</a></body></html>`,
  ],
])('join information known by %s is kept', (_how, current) => {
  const kept = replaceOurText(current, 'new', join);
  expect(kept).toContain(escaped);
  expect(kept).toMatch(/^<div>new<\/div><div/);
  expect(kept).not.toContain('old');
  expect(kept).not.toContain('</body>');
});

test('when the link is not found, the body is left alone', () => {
  expect(replaceOurText('<html><body>something else</body></html>', 'new', join)).toBeNull();
});

test('without an online meeting there is nothing to keep', () => {
  expect(replaceOurText('<html><body>old</body></html>', 'new', null)).toBe('<div>new</div>');
});
