import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What changes with a library's release stays apart from what changes with ours, so that it stays in browsers' caches. */
const groups = [
  {
    name: 'fluent',
    test: /node_modules[\\/](@fluentui|@griffel|@floating-ui|tabster|keyborg|@swc[\\/]helpers|react|react-dom|scheduler|use-sync-external-store)[\\/]/,
  },
  { name: 'libraries', test: /node_modules[\\/](zod|i18next|@tanstack|react-router|cookie)[\\/]/ },
  { name: 'teams', test: /node_modules[\\/]@microsoft[\\/]teams-js[\\/]/ },
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
