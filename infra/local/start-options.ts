import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartPorts {
  /** Start page, sign-in, Graph and connector: one server. */
  readonly page: number;
  readonly server: number;
  /** The two Playgrounds. */
  readonly chat: number;
  readonly team: number;
}

export interface StartOptions {
  readonly open: boolean;
  /** Absolute. */
  readonly dataDir: string;
  /** The server is started again when its code is saved, and says more. */
  readonly dev: boolean;
  readonly ports: StartPorts;
}

const usual: StartPorts = { page: 4600, server: 3978, chat: 56150, team: 56151 };

/** `npm start -- [--no-open] [--port <base>] [--data <folder>] [--dev]`. Throws a sentence for what it does not understand. */
export function parseStart(args: readonly string[], directory: string): StartOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string' },
      data: { type: 'string', default: '.data' },
      dev: { type: 'boolean', default: false },
    },
  });
  return {
    open: !values['no-open'],
    dataDir: resolve(directory, values.data),
    dev: values.dev,
    ports: values.port === undefined ? usual : portsFrom(values.port),
  };
}

function portsFrom(text: string): StartPorts {
  const base = Number(text);
  if (!Number.isInteger(base) || base < 1024 || base > 65_000)
    throw new TypeError('--port takes a whole number from 1024 to 65000: the first of four ports.');
  return { page: base, server: base + 1, chat: base + 2, team: base + 3 };
}
