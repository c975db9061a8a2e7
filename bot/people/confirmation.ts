/** When school lists are confirmed, and from when an unconfirmed role no longer counts. Pure. Source: product.md I. */

/** 1 August of the session that the date is in: what was confirmed before it is last year's. */
export function sessionStart(on: string): string {
  const year = Number(on.slice(0, 4));
  return on.slice(5) >= '08-01' ? `${year}-08-01` : `${year - 1}-08-01`;
}

/**
 * The session whose unconfirmed roles are to be stopped on that day, or null while there is still time. `by` is the
 * council's last day for confirming, 'MM-DD', from August to December.
 */
export function stopsUnconfirmed(on: string, by: string): { readonly since: string } | null {
  const since = sessionStart(on);
  return on > `${since.slice(0, 4)}-${by}` ? { since } : null;
}
