import { z } from 'zod';

/** Who opens a record that is closed to them knows the child: the number and the birth date, both, or there is no record. */
export const openRecord = z.object({
  scn: z.string().trim().min(9).max(20),
  /** 'YYYY-MM-DD' */
  bornOn: z.iso.date(),
  /** A sentence that a head and an information officer will read. */
  reason: z.string().trim().min(10).max(1000),
});
export type OpenRecord = z.infer<typeof openRecord>;

export const openedRecord = z.object({ learnerId: z.uuid(), endsAt: z.iso.datetime({ offset: true }) });

/** What the head and the information officer read: who, when and why, never whose record unless they may see the learner. */
export const openedRecordList = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      by: z.object({ id: z.uuid(), name: z.string() }),
      reason: z.string(),
      startedAt: z.iso.datetime({ offset: true }),
      endsAt: z.iso.datetime({ offset: true }),
      open: z.boolean(),
    }),
  ),
});
export type OpenedRecordList = z.infer<typeof openedRecordList>;
