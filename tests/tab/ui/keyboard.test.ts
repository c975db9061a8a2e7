import { describe, expect, test } from '@jest/globals';
import { requestCommands, requestKeys } from '../../../tab/requests/request-keys.js';
import { commandFor } from '../../../tab/ui/keyboard.js';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false },
  ...held,
});

describe('the keys of Requests', () => {
  test.each([
    ['j', 'next'],
    ['k', 'previous'],
    ['Enter', 'open'],
    ['a', 'assign'],
    ['g', 'give'],
    ['x', 'tick'],
    ['c', 'log'],
    ['r', 'reply'],
    ['/', 'search'],
    ['Escape', 'back'],
    ['?', 'help'],
    ['z', null],
  ])('%s means %s', (key, command) => {
    expect(commandFor(requestKeys, press(key), false)).toBe(command);
  });

  test('every command has one key, and no key two commands', () => {
    expect(requestKeys.map(({ command }) => command).sort()).toEqual([...requestCommands].sort());
    expect(new Set(requestKeys.map(({ key }) => key)).size).toBe(requestKeys.length);
  });

  test('nothing is commanded while somebody types, or with Ctrl, Alt or Cmd held', () => {
    expect(commandFor(requestKeys, press('a'), true)).toBeNull();
    expect(commandFor(requestKeys, press('a', { ctrlKey: true }), false)).toBeNull();
    expect(commandFor(requestKeys, press('a', { metaKey: true }), false)).toBeNull();
    expect(commandFor(requestKeys, press('a', { altKey: true }), false)).toBeNull();
  });
});
