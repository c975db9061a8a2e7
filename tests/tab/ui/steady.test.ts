import { describe, expect, test } from '@jest/globals';
import { absorb, begin, changesIn, type Version } from '../../../tab/ui/steady.js';

const row = (id: string, version = 1): Version => ({ id, version });
const rows = (...ids: string[]) => ids.map((id) => row(id));
const now = (list: Version[], more: { complete?: boolean; own?: string } = {}) => ({
  rows: list,
  complete: more.complete ?? true,
  own: more.own ?? null,
});
const shown = (steady: { rows: readonly Version[] }) => steady.rows.map(({ id }) => id).join('');

describe('a list that changes under the reader', () => {
  test('keeps its order when the service would give another', () => {
    const steady = absorb(begin(rows('a', 'b', 'c')), now(rows('c', 'a', 'b')));
    expect(shown(steady)).toBe('abc');
    expect(changesIn(steady)).toBe(0);
  });

  test('marks a row whose version moved on, and shows it as it is now', () => {
    const steady = absorb(begin(rows('a', 'b')), now([row('a', 2), row('b')]));
    expect(steady.rows[0]).toEqual(row('a', 2));
    expect(steady.marks.get('a')).toBe('changed');
    expect(changesIn(steady)).toBe(1);
  });

  test('the mark stays until the list is brought up to date', () => {
    const once = absorb(begin(rows('a', 'b')), now([row('a', 2), row('b')]));
    const again = absorb(once, now([row('a', 2), row('b')]));
    expect(again.marks.get('a')).toBe('changed');
    expect(changesIn(begin(again.rows))).toBe(0);
  });

  test('what the reader has open is no news to them', () => {
    expect(changesIn(absorb(begin(rows('a', 'b')), now([row('a', 2), row('b')], { own: 'a' })))).toBe(0);
  });

  test('a row that left the view stays where it was, marked', () => {
    const steady = absorb(begin(rows('a', 'b', 'c')), now(rows('a', 'c')));
    expect(shown(steady)).toBe('abc');
    expect(steady.marks.get('b')).toBe('moved');
  });

  test('a new row waits; it is only counted', () => {
    const steady = absorb(begin(rows('a', 'b')), now(rows('x', 'a', 'y', 'b')));
    expect(shown(steady)).toBe('ab');
    expect(steady.fresh).toBe(2);
  });

  test('a further page is added at the end, unmarked', () => {
    const steady = absorb(begin(rows('a', 'b')), now(rows('a', 'b', 'c', 'd')));
    expect(shown(steady)).toBe('abcd');
    expect(steady.fresh + changesIn(steady)).toBe(0);
  });

  test('a row pushed onto a page not read yet has not left the view', () => {
    const steady = absorb(begin(rows('a', 'b', 'c')), now(rows('x', 'a', 'b'), { complete: false }));
    expect(shown(steady)).toBe('abc');
    expect(changesIn(steady)).toBe(0);
    expect(steady.fresh).toBe(1);
  });

  test('begins anew when nothing of it is left', () => {
    expect(shown(absorb(begin(rows('a')), now(rows('b', 'c'))))).toBe('bc');
    expect(shown(absorb(begin([]), now(rows('b'))))).toBe('b');
  });
});
