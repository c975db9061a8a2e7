import { createApp } from './app.js';
import { ConfigError, readConfig } from './config.js';

/** Start: read the configuration, build, listen, stop cleanly. A second signal ends at once. */
async function main(): Promise<void> {
  const app = await createApp(readConfig(process.env));
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void app.close().then(() => process.exit(0));
    });
  }
  await app.listen();
}

main().catch((error: unknown) => {
  // Before there is a log: a configuration error names its setting, anything else only its kind.
  process.stderr.write(
    `${error instanceof ConfigError || error instanceof Error ? error.message : 'could not start'}\n`,
  );
  process.exit(1);
});
