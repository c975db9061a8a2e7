/**
 * Which numbers of a feed were seen, when lower ones may appear after higher ones. Every look goes back to `floor`, and the
 * floor follows what was seen so many looks ago. A number that takes longer than that to appear is missed; at a look a
 * second and thirty looks that is a transaction of half a minute, and none of ours waits for a network.
 */
export interface FeedWindow {
  /** Numbers up to here are not looked at any more. */
  readonly floor: string;
  readonly seen: readonly string[];
  /** The highest number seen, or where it began. */
  readonly top: string;
  /** Marks one look's numbers as seen; answers those that were new. */
  look<T extends { readonly feed: string }>(found: readonly T[]): T[];
}

export function createFeedWindow(began: { floor: string; seen: readonly string[] }, looksBack: number): FeedWindow {
  const seenAt = new Map<string, number>(began.seen.map((feed) => [feed, 0]));
  let looks = 0;
  let floor = BigInt(began.floor);
  let top = began.seen.reduce((highest, feed) => (BigInt(feed) > highest ? BigInt(feed) : highest), floor);
  return {
    get floor() {
      return floor.toString();
    },
    get seen() {
      return [...seenAt.keys()];
    },
    get top() {
      return top.toString();
    },
    look(found) {
      looks += 1;
      const fresh = found.filter(({ feed }) => !seenAt.has(feed) && BigInt(feed) > floor);
      for (const { feed } of fresh) {
        seenAt.set(feed, looks);
        if (BigInt(feed) > top) top = BigInt(feed);
      }
      for (const [feed, at] of seenAt) if (at <= looks - looksBack && BigInt(feed) > floor) floor = BigInt(feed);
      for (const feed of seenAt.keys()) if (BigInt(feed) <= floor) seenAt.delete(feed);
      return fresh;
    },
  };
}
