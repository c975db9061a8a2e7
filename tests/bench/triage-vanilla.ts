/**
 * The least that could show a list of any length: fixed rows, only those in sight in the document, windows of a hundred from the
 * same API with the same token, no library. `window.openList()` does what pressing a view does in the tab.
 */
export const vanillaPage = (token: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Requests</title><style>
  body { margin: 0; font: 14px/1.4 system-ui }
  #list { height: 100vh; overflow: auto; position: relative }
  .row { position: absolute; left: 0; right: 0; height: 32px; display: grid; align-items: center; padding: 0 12px; box-sizing: border-box;
    grid-template-columns: 7rem 10rem 8rem 1fr 10rem 8rem 8rem; column-gap: 12px; border-bottom: 1px solid #ddd }
  .row span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
</style></head><body><div id="list" hidden><div id="body" style="position:relative"></div></div><script>
const size = 100, height = 32, list = document.getElementById('list'), body = document.getElementById('body');
let rows = [], asked = new Set(), drawn = new Map();
async function read(window) {
  if (asked.has(window)) return;
  asked.add(window);
  const answer = await fetch('/api/requests/search', { method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ${token}' },
    body: JSON.stringify({ view: 'everything', at: window * size, limit: size, total: true, counts: false }) });
  const { items, total } = await answer.json();
  rows.length = total;
  items.forEach((row, at) => (rows[window * size + at] = row));
  body.style.height = total * height + 'px';
}
const ago = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
function make(row, at) {
  const line = document.createElement('div');
  line.className = 'row';
  line.dataset.row = row.id;
  line.style.top = at * height + 'px';
  for (const text of [row.reference, row.need, row.level, row.school?.name ?? '', row.assignee?.name ?? '', row.state,
    row.dueAt ? ago.format(new Date(row.dueAt)) : '']) {
    const cell = document.createElement('span');
    cell.textContent = text;
    line.append(cell);
  }
  return line;
}
async function draw() {
  const first = Math.max(0, Math.floor(list.scrollTop / height) - 5);
  const last = Math.min(Math.max(rows.length, 1), Math.ceil((list.scrollTop + list.clientHeight) / height) + 5);
  for (let window = Math.floor(first / size); window <= Math.floor((last - 1) / size); window += 1)
    if (!asked.has(window)) void read(window).then(draw);
  for (const [at, line] of drawn) if (at < first || at >= last) { line.remove(); drawn.delete(at); }
  for (let at = first; at < last; at += 1)
    if (rows[at] && !drawn.has(at)) { const line = make(rows[at], at); drawn.set(at, line); body.append(line); }
}
list.addEventListener('scroll', draw, { passive: true });
window.openList = async () => { list.hidden = false; await draw(); };
</script></body></html>`;
