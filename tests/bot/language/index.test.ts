import { expect, test } from '@jest/globals';
import { speaker } from '../../../bot/language/index.js';

const en = {
  hello: 'Hello {{name}}',
  thing_one: '{{count}} thing',
  thing_other: '{{count}} things',
  only: 'English only',
} as const;

test('holes are filled with what was given, unescaped', () => {
  expect(speaker({ en })('hello', { name: '<O’Neil & Sons>' })).toBe('Hello <O’Neil & Sons>');
});

test('one and many', () => {
  const say = speaker({ en });
  expect([say('thing', { count: 1 }), say('thing', { count: 2 }), say('thing', { count: 0 })]).toEqual([
    ...['1 thing', '2 things', '0 things'],
  ]);
});

test('another language says what it has and leaves the rest in English', () => {
  const say = speaker({ en, gd: { hello: 'Halò {{name}}' } }, 'gd');
  expect([say('hello', { name: 'Catrìona' }), say('only')]).toEqual(['Halò Catrìona', 'English only']);
});
