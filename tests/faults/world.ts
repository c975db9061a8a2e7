import type { Temporal } from 'temporal-polyfill';
import type { ChatClient } from '../../infra/local/chat-client.js';
import type { Connector } from '../../infra/local/connector.js';
import type { DemoCouncil } from '../../infra/local/demo/demo.js';
import type { Microsoft365 } from '../../infra/local/microsoft365.js';

/**
 * The product and what stands around it, in whichever way it runs: in this process on a virtual clock, or as a process that
 * can be killed. The crowd and the counting know no more than this.
 */
export interface World {
  /** The server's origin. */
  readonly url: string;
  readonly chat: ChatClient;
  readonly microsoft365: Microsoft365;
  readonly connector: Connector;
  readonly demo: DemoCouncil;
  /** Sees every row: row level security binds neither the counting nor what it compares with. */
  readonly superuserUrl: string;
  now(): Temporal.Instant;
  /** A little of real time; product time goes on meanwhile, and what waits is delivered. */
  moment(): Promise<void>;
  /** Product time jumps on, as a clock that was put forward. */
  pass(minutes: number): void;
}

/** What the far side does wrong while the crowd is at work. */
export function spoil(world: World, share: number): void {
  const { faults, notifications } = world.microsoft365;
  const kinds = ['429', '503', '504-after', 'cut', 'cut-after', 'slow'] as const;
  for (const surface of ['graph', 'connector'] as const) faults.set(surface, { rate: share, kinds, slowMs: 40 });
  notifications.setFaults({ duplicate: share, late: share, reorder: share, lose: share, lateMs: 500 });
}

export function mend(world: World): void {
  world.microsoft365.faults.clear();
  world.microsoft365.notifications.setFaults({});
}
