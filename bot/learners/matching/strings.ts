/** How alike two texts are. Pure; compares UTF-16 units, so callers fold accents and case first. */

const ones = new Uint8Array(256);
const others = new Uint8Array(256);

/** Jaro similarity, 0 to 1. Jaro (1989); characters match within half the longer length, less one. */
export function jaro(a: string, b: string): number {
  const [la, lb] = [a.length, b.length];
  if (la === 0 || lb === 0) return la === lb ? 1 : 0;
  if (la > 255 || lb > 255) return a === b ? 1 : 0;
  ones.fill(0, 0, la);
  others.fill(0, 0, lb);
  const reach = Math.max(0, Math.floor(Math.max(la, lb) / 2) - 1);
  let matched = 0;
  for (let i = 0; i < la; i++) {
    const unit = a.charCodeAt(i);
    const end = Math.min(lb - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= end; j++) {
      if (others[j] !== 0 || b.charCodeAt(j) !== unit) continue;
      ones[i] = others[j] = 1;
      matched++;
      break;
    }
  }
  if (matched === 0) return 0;
  const moved = transposed(a, b) / 2;
  return (matched / la + matched / lb + (matched - Math.floor(moved)) / matched) / 3;
}

/** Of the characters marked as matched, how many stand in another order. */
function transposed(a: string, b: string): number {
  let [moved, j] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    if (ones[i] === 0) continue;
    while (others[j] === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) moved++;
    j++;
  }
  return moved;
}

/** Jaro-Winkler, 0 to 1: up to four first characters in common count a tenth each, above 0.7. Winkler (1990). */
export function jaroWinkler(a: string, b: string): number {
  const base = jaro(a, b);
  if (base <= 0.7) return base;
  const most = Math.min(4, a.length, b.length);
  let prefix = 0;
  while (prefix < most && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return base + prefix * 0.1 * (1 - base);
}

/** One letter added, left out, replaced, or exchanged with the next; equal texts too. */
export function withinOneEdit(a: string, b: string): boolean {
  const [la, lb] = [a.length, b.length];
  if (la - lb > 1 || lb - la > 1) return false;
  const shorter = Math.min(la, lb);
  let from = 0;
  while (from < shorter && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  let back = 0;
  while (back < shorter - from && a.charCodeAt(la - 1 - back) === b.charCodeAt(lb - 1 - back)) back++;
  const [leftA, leftB] = [la - from - back, lb - from - back];
  if (leftA <= 1 && leftB <= 1) return true;
  if (leftA !== 2 || leftB !== 2) return false;
  return a.charCodeAt(from) === b.charCodeAt(from + 1) && a.charCodeAt(from + 1) === b.charCodeAt(from);
}

/** Same characters in another order: two house numbers or years typed in the wrong sequence. */
export function isAnagram(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let [sum, squares] = [0, 0];
  for (let at = 0; at < a.length; at++) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    sum += one - other;
    squares += one * one - other * other;
  }
  // Nearly all texts differ here already, and sorting is dear.
  return sum === 0 && squares === 0 && [...a].sort().join('') === [...b].sort().join('');
}

/** FNV-1a, 32 bit. For grouping only: what falls together by chance is compared and told apart. */
export function hashText(text: string, from = 0x811c9dc5): number {
  let hash = from;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

export function mixHashes(a: number, b: number): number {
  let hash = Math.imul(a ^ (b + 0x9e3779b9 + (a << 6) + (a >>> 2)), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
