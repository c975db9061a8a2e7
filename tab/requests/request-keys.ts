import type { Key } from '../ui/keyboard.js';

export const requestCommands = [
  'next',
  'previous',
  'open',
  'assign',
  'give',
  'tick',
  'reply',
  'log',
  'search',
  'back',
  'help',
] as const;
export type RequestCommand = (typeof requestCommands)[number];

/** The keys of Requests. Enter on a focused row is the browser's own way to follow a link. */
export const requestKeys: readonly Key<RequestCommand>[] = [
  { command: 'next', key: 'j' },
  { command: 'previous', key: 'k' },
  { command: 'open', key: 'Enter' },
  { command: 'assign', key: 'a' },
  { command: 'give', key: 'g' },
  { command: 'tick', key: 'x' },
  { command: 'reply', key: 'r' },
  { command: 'log', key: 'c' },
  { command: 'search', key: '/' },
  { command: 'back', key: 'Escape' },
  { command: 'help', key: '?' },
];
