import { z } from 'zod';
import { exportIsDue, type AuditHead } from '../../access/audit-head.js';
import { exportHead, sealEntries, type ExportParts } from '../../access/audit-seal.js';
import type { Handler } from '../handler.js';
import type { RecurringTimer } from '../workers.js';

const payload = z.object({ v: z.literal(1) });

export const auditSealTimer: RecurringTimer = { job: 'audit.seal', payload: { v: 1 }, key: 'audit.seal' };

const everyMs = 5_000;
// Until a head is exported, a tail can be cut off without a trace. After it, it cannot.
const exportEveryMs = 60_000;
// The recent entries are looked at every time, entries of any age at a process's first run and then every five minutes.
const fullEvery = 60;
const mostAtOnce = 1_000;

interface Remembered {
  runs: number;
  exported: AuditHead | undefined;
}

/** Chains the entries of an authority every few seconds and exports the signed head when the chain has grown. */
export function auditSealHandler(parts: ExportParts): Handler<z.infer<typeof payload>> {
  const remembered = new Map<string, Remembered>();

  async function recall(authorityId: string): Promise<Remembered> {
    const known = remembered.get(authorityId);
    if (known) return known;
    const fresh = { runs: 0, exported: (await parts.store.list(authorityId)).at(-1) };
    remembered.set(authorityId, fresh);
    return fresh;
  }

  return {
    payload,
    async run(ctx, _payload, job) {
      const own = await recall(ctx.actor.authorityId);
      const { sealed, end } = await sealEntries(ctx, { full: own.runs % fullEvery === 0, limit: mostAtOnce });
      const more = sealed === mostAtOnce;
      if (!more) own.runs += 1;
      if (exportIsDue(own.exported, end.seq, ctx.clock.now(), exportEveryMs))
        own.exported = (await exportHead(ctx, parts, end)) ?? own.exported;
      job.scheduleNext?.(ctx.clock.now().add({ milliseconds: more ? 0 : everyMs }));
    },
  };
}
