/**
 * A line of comma-separated text that a spreadsheet shows and never works out. Pure. Cells that begin with what starts a
 * formula, after spaces or quotes too, get an apostrophe before them. Source: OWASP "CSV injection", with LF as added in
 * August 2025 (reference performance-reliability-security C3).
 */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map(cell).join(',')}\r\n`;
}

function cell(text: string): string {
  const safe = /^[\s"']*[=+\-@\t\r\n|%]/.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const plainNumber = /^[+-]?\d+(\.\d+)?$/;
