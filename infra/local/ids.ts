import { createHash } from 'node:crypto';

function bytes(random: () => number, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

function asGuid(sixteen: Buffer): string {
  const hex = sixteen.toString('hex');
  const variant = ((parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function guid(random: () => number): string {
  return asGuid(bytes(random, 16));
}

/** The same words give the same GUID after every start. */
export function guidOf(words: string): string {
  return asGuid(createHash('sha256').update(words).digest().subarray(0, 16));
}

/** Long, opaque and safe in a URL, as Exchange's are. */
export function eventId(random: () => number): string {
  return `AAkALg${bytes(random, 66).toString('base64url')}AAA=`;
}

export function eventIdOf(words: string): string {
  return `AAkALg${createHash('sha512').update(words).digest().toString('base64url')}AAA=`;
}

/** The global object id that every copy of one meeting shares. */
export function calendarUid(random: () => number): string {
  return `040000008200E00074C5B7101A82E008${bytes(random, 24).toString('hex').toUpperCase()}`;
}
