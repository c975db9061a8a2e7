'use strict';
// What is added to the Playground's own page (playground-preload.cjs). By itself it is never narrower than 600 px, covers
// half of a narrow window with its log, and always opens on the personal chat. The selectors go by its structure, because
// its class names are made anew with every release; where they no longer fit, the page is as Microsoft made it.
const content = '#root > div > div > div > div > div:nth-child(2)';

const style = `
@media (max-width: 930px) {
  #root [role='toolbar'], ${content} > div:nth-child(3) { display: none !important; }
  #root h1 { width: auto !important; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  ${content} > div:nth-child(2), ${content} > div:nth-child(2) div { min-width: 0 !important; max-width: 100% !important; }
  #root div:has(> .ac-preview-panel) { width: auto !important; }
  #root div:has(> div > .ac-preview-panel) { padding-left: 4px !important; padding-right: 4px !important; }
}`;

/** '#Requests' at the end of the address opens the channel of that name. */
const script = `
const wanted = decodeURIComponent(location.hash.slice(1));
const patience = Date.now() + 20000;
(function open() {
  const places = [...document.querySelectorAll('#root [role=treeitem]')];
  const place = places.find((one) => (one.getAttribute('aria-label') || '').endsWith('- ' + wanted));
  if (place) place.click();
  else if (wanted && patience > Date.now()) setTimeout(open, 200);
})();`;

/** The Playground's index.html with ours in its head. */
exports.dress = (html) =>
  html
    .replace('</head>', () => `<style>${style}</style></head>`)
    .replace('</body>', () => `<script>${script}</script></body>`);
