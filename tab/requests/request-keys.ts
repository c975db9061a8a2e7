import type { Key } from '../ui/keyboard.js';

export const requestCommands = ['next', 'previous', 'open', 'take', 'reply', 'search', 'back', 'help'] as const;
export type RequestCommand = (typeof requestCommands)[number];

/** The keys of Requests. Enter on a focused row is the browser's own way to follow a link. */
export const requestKeys: readonly Key<RequestCommand>[] = [
  { command: 'next', key: 'j' },
  { command: 'previous', key: 'k' },
  { command: 'open', key: 'Enter' },
  { command: 'take', key: 'a' },
  { command: 'reply', key: 'r' },
  { command: 'search', key: '/' },
  { command: 'back', key: 'Escape' },
  { command: 'help', key: '?' },
];
