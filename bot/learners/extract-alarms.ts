import type { ExtractCounts } from './extract.js';

/** What makes somebody look twice before an extract is taken, with the numbers. Pure; the words are in the catalogue. */
export interface Alarm {
  readonly kind: 'fewer' | 'rejected' | 'changed';
  readonly now: number;
  readonly of: number;
  readonly percent: number;
}

export interface AlarmLimits {
  readonly fewerPercent: number;
  readonly rejectedPercent: number;
  readonly changedPercent: number;
}

/** `before`: records that the source is known to hold. A first extract has nothing to be compared with. */
export function alarmsOf(
  counts: ExtractCounts,
  { before, complete }: { readonly before: number; readonly complete: boolean },
  limits: AlarmLimits,
): Alarm[] {
  const good = counts.added + counts.changed + counts.unchanged;
  const alarm = (kind: Alarm['kind'], now: number, share: { of: number; part: number }, limit: number): Alarm[] => {
    const percent = share.of > 0 ? (share.part / share.of) * 100 : 0;
    return share.part > 0 && percent >= limit ? [{ kind, now, of: share.of, percent: Math.round(percent) }] : [];
  };
  return [
    ...(complete ? alarm('fewer', good, { of: before, part: before - good }, limits.fewerPercent) : []),
    ...alarm('rejected', counts.rejected, { of: counts.read, part: counts.rejected }, limits.rejectedPercent),
    ...alarm('changed', counts.changed, { of: before, part: counts.changed }, limits.changedPercent),
  ];
}
