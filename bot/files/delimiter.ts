/** What stands between the fields of a text file. Pure. */
export const delimiters = [',', ';', '\t', '|', '^', '~', ':'] as const;

/** The one that cuts the first lines most alike into most fields; a comma when none does. Quoted text is not counted. */
export function delimiterOf(start: string): string {
  const lines = linesOf(start).slice(0, 25);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const [first = 0] = counts;
    if (first === 0) continue;
    const alike = counts.filter((count) => count === first).length / counts.length;
    const score = alike * Math.min(first, 50);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** Lines with what is in quotes left out; the last is dropped when the text was cut inside it. */
function linesOf(start: string): string[] {
  const bare = start.replaceAll(/"(?:[^"]|"")*("|$)/g, '');
  const lines = bare.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  return lines.length > 1 ? lines.slice(0, -1) : lines;
}
