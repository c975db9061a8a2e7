import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The server for the image: dist/server/main.js and cli.js, with the migrations beside them. Packages stay in node_modules. */
export default defineConfig({
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir: at('dist/server'),
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      // Microsoft 365 on this machine is not in the image: the console asks for it only where no database is named.
      external: /infra\/local\//,
      input: { main: at('bot/main.ts'), cli: at('bot/cli.ts'), 'workbook-thread': at('bot/files/workbook-thread.ts') },
      // One folder: what reads a file beside itself finds it there.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
  plugins: [
    {
      name: 'migrations',
      closeBundle: () => cpSync(at('bot/db/migrations'), at('dist/server/migrations'), { recursive: true }),
    },
  ],
});
