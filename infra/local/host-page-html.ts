/** Somebody whom the host page can be. */
export interface HostedPerson {
  readonly key: string;
  /** As the switch shows them: "A. Murray, PT Pupil Support". */
  readonly label: string;
  readonly tenantId: string;
  readonly oid: string;
}

/** What the page's script is told. */
export interface HostPageData {
  readonly tabUrl: string;
  readonly people: readonly HostedPerson[];
}

export const themes = ['default', 'dark', 'contrast'] as const;
export const widths = ['full', '360', '720'] as const;

const options = (values: readonly string[]) => values.map((value) => `<option>${value}</option>`).join('');

/** The page without its script. Everything in it is ours, apart from names, which are passed as data and set as text. */
export function hostPageHtml(tabUrl: string, people: readonly HostedPerson[]): string {
  const data: HostPageData = { tabUrl, people };
  return `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Golden Thread in a local Teams</title>
    <style>
      html, body { height: 100%; margin: 0; font: 14px/1.4 system-ui, sans-serif; }
      body { display: grid; grid-template-rows: auto minmax(0, 1fr); background: #e8ebfa; }
      header { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; padding: 4px 12px; background: #3b3e66; color: #fff; }
      header label { display: flex; gap: 6px; align-items: center; }
      select { font: inherit; max-width: 18rem; }
      main { display: grid; justify-items: center; min-height: 0; }
      iframe { border: 0; width: 100%; height: 100%; background: #fff; }
    </style>
  </head>
  <body>
    <header aria-label="Local Teams">
      <strong>Local Teams</strong>
      <label>Person <select id="person"></select></label>
      <label>Theme <select id="theme">${options(themes)}</select></label>
      <label>Width <select id="width">${options(widths)}</select></label>
    </header>
    <main aria-label="The tab in Teams"><iframe id="tab" title="Golden Thread" allow="clipboard-write"></iframe></main>
    <script id="data" type="application/json">${JSON.stringify(data).replace(/</g, '\\u003c')}</script>
    <script type="module" src="/host/host-page.js"></script>
  </body>
</html>
`;
}
