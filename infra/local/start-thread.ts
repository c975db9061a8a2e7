/** What the live thread shows, newest first. Nothing in it names a learner: ids, codes, references and counts. */
export const lineKinds = ['activity', 'commit', 'outbox', 'graph', 'card', 'connector', 'token'] as const;
export type LineKind = (typeof lineKinds)[number];

export interface Line {
  /** Rises by one a line. */
  readonly n: number;
  /** An instant, by the local clock. */
  readonly at: string;
  readonly kind: LineKind;
  readonly title: string;
  /** True for what went wrong or was refused. */
  readonly failed: boolean;
  readonly details: readonly (readonly [name: string, value: string])[];
}

export type NewLine = Omit<Line, 'n'>;

export interface Thread {
  add(line: NewLine): void;
  /** Newest first. */
  lines(): readonly Line[];
  onLine(listener: (line: Line) => void): () => void;
}

/** Keeps the newest `most` lines. */
export function createThread(most = 200): Thread {
  let kept: Line[] = [];
  let n = 0;
  const listeners = new Set<(line: Line) => void>();
  return {
    add(line) {
      const numbered = { ...line, n: (n += 1) };
      kept = [numbered, ...kept].slice(0, most);
      for (const listener of listeners) listener(numbered);
    },
    lines: () => kept,
    onLine(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
