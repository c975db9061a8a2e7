import { createHash, timingSafeEqual } from 'node:crypto';

/** What is kept of a subscription's clientState: enough to recognise it in a notification, not enough to forge one. */
export function clientStateHash(clientState: string): string {
  return createHash('sha256').update(clientState).digest('hex');
}

/** In the same time whatever differs. */
export function isClientState(clientState: string, hash: string): boolean {
  const [given, expected] = [Buffer.from(clientStateHash(clientState), 'hex'), Buffer.from(hash, 'hex')];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
