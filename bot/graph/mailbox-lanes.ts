/**
 * Exchange serves one application four calls at a time on one mailbox and answers the fifth with 429 (microsoft365.md 4.5,
 * MailboxConcurrency). Every review shares one organiser, so the fifth waits here instead; of the four, two may write.
 */
export interface MailboxLanes {
  /** Waits for its turn (first come, first served), works, and gives the turn on. */
  run<T>(mailbox: string, kind: 'read' | 'write', work: () => Promise<T>): Promise<T>;
}

interface Lane {
  total: number;
  writing: number;
  readonly waiting: { readonly kind: 'read' | 'write'; readonly go: () => void }[];
}

export function createMailboxLanes(limits: { readonly total: number; readonly writes: number }): MailboxLanes {
  const lanes = new Map<string, Lane>();

  const free = (lane: Lane, kind: 'read' | 'write') =>
    lane.total < limits.total && (kind === 'read' || lane.writing < limits.writes);

  function enter(lane: Lane, kind: 'read' | 'write'): void {
    lane.total += 1;
    if (kind === 'write') lane.writing += 1;
  }

  function leave(mailbox: string, lane: Lane, kind: 'read' | 'write'): void {
    lane.total -= 1;
    if (kind === 'write') lane.writing -= 1;
    for (;;) {
      const next = lane.waiting.findIndex((one) => free(lane, one.kind));
      const [one] = next < 0 ? [] : lane.waiting.splice(next, 1);
      if (!one) break;
      enter(lane, one.kind);
      one.go();
    }
    if (lane.total === 0) lanes.delete(mailbox);
  }

  return {
    async run(mailbox, kind, work) {
      const lane = lanes.get(mailbox) ?? { total: 0, writing: 0, waiting: [] };
      lanes.set(mailbox, lane);
      if (free(lane, kind)) enter(lane, kind);
      else await new Promise<void>((go) => lane.waiting.push({ kind, go }));
      try {
        return await work();
      } finally {
        leave(mailbox, lane, kind);
      }
    },
  };
}
