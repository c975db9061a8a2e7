import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const from = (packages: string) => new RegExp(`node_modules[\\\\/](${packages})[\\\\/]`);

/**
 * What changes with a library's release stays apart from what changes with ours, so that it stays in browsers' caches. What
 * draws is apart from what signs in and asks, because the one is fetched and read while the other waits for answers.
 */
const groups = [
  // Asked for by one page only; never with the first.
  {
    name: 'charts',
    test: from('@fluentui[\\\\/](react-charts|chart-[a-z]+)|d3-[a-z-]+|internmap|delaunator'),
    priority: 2,
  },
  {
    name: 'drawing',
    test: from('@fluentui|@griffel|@floating-ui|tabster|keyborg|@swc/helpers'),
  },
  {
    name: 'pages',
    test: from(
      'react|react-dom|scheduler|use-sync-external-store|react-router|cookie|@tanstack/(react-[a-z]+|store|table-core|virtual-core)|i18next',
    ),
  },
  { name: 'asking', test: from('zod|@tanstack/query-core'), priority: 1 },
  { name: 'teams', test: from('@microsoft/teams-js') },
];

export default defineConfig({
  root: at('../tab'),
  base: '/tab/',
  plugins: [react()],
  build: {
    outDir: at('../dist/tab'),
    emptyOutDir: true,
    target: 'es2022',
    // Teams shows this page to people on school broadband: what is over this many kB after minifying deserves a look.
    chunkSizeWarningLimit: 700,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
});
