/** An event's body: our own few lines, then whatever Exchange added for the online meeting. Pure. */

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

export function htmlOf(text: string): string {
  return `<div>${escapeHtml(text).replace(/\r?\n/g, '<br>')}</div>`;
}

/** How Exchange opens the join information: its class, or the rule of underscores above it. */
const blobStarts = [/<div[^>]*class="?me-email-text/i, /<div[^>]*>\s*(<[^>]+>\s*)*_{20,}/i, /_{20,}/];

/**
 * `text` in place of ours, with the join information of `current` kept: a body written without it takes the link away from
 * the meeting for good. Null when there is a link and it cannot be found: then the body is better left as it is.
 */
export function replaceOurText(current: string, text: string, joinUrl: string | null): string | null {
  if (joinUrl === null) return htmlOf(text);
  const start = blobStarts.map((mark) => current.search(mark)).find((index) => index >= 0);
  if (start === undefined) return null;
  const blob = current.slice(start).replace(/<\/body>[\s\S]*$/i, '');
  const links = [joinUrl, escapeHtml(joinUrl)];
  return links.some((link) => blob.includes(link)) ? htmlOf(text) + blob : null;
}
