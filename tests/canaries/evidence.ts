import { readings, readingsOf } from './readings.js';
import type { Token } from './tokens.js';

/** Something that left, or was kept: where it was met, and every byte of it. */
export interface Piece {
  /** 'connector', 'graph', 'log', 'api', 'chat', 'live', 'database', … */
  readonly surface: string;
  /** Who was answered, on surfaces that answer somebody. */
  readonly who?: string;
  /** Route, table.column, method and path: enough to find it again. */
  readonly where: string;
  readonly content: string | Uint8Array;
}

export interface Sighting {
  readonly token: Token;
  readonly surface: string;
  readonly who: string;
  readonly where: string;
}

/** Where each token was met, once for each place. */
export function sightings(pieces: readonly Piece[], tokens: readonly Token[]): Sighting[] {
  const seen = new Map<string, Sighting>();
  for (const { surface, who = '', where, content } of pieces) {
    const read = typeof content === 'string' ? readings(content) : readingsOf(content);
    for (const text of read) {
      const lower = text.toLowerCase();
      if (!lower.includes('zq')) continue; // every token begins so
      for (const token of tokens)
        if (lower.includes(token.value.toLowerCase()))
          seen.set([token.value, surface, who, where].join('\n'), { token, surface, who, where });
    }
  }
  return [...seen.values()];
}

export const describeSighting = ({ token, surface, who, where }: Sighting): string =>
  `${token.column} of ${token.of} in ${surface}${who ? ` to ${who}` : ''}: ${where}`;
