import { randomUUID } from 'node:crypto';
import type { TestApp } from '../support/app.js';
import type { Call, IdKind, Known, Probe } from './route-shapes.js';
import { routes } from './routes.js';
import type { Viewer } from './viewers.js';

export interface Asker {
  ask(viewer: Viewer, call: Call): Promise<string>;
  /** The calls of every route into which these ids fit that answer otherwise than for ids that stand for nothing. */
  differences(viewer: Viewer, ids: Readonly<Partial<Record<IdKind, string>>>): Promise<string[]>;
}

const probes = Object.values(routes).flatMap((entry) => ('noIds' in entry ? [] : entry));

export function createAsker(app: TestApp, known: Known): Asker {
  const nothing = new Map<string, Promise<string>>();

  async function ask(viewer: Viewer, { method, path, body }: Call): Promise<string> {
    const { status, text } = await app.api(viewer.person)(method, path, body);
    // The moment of asking is the asker's own, and differs from one call to the next.
    return `${status} ${text.replaceAll(/"asOf":"[^"]*"|as of,\S*/g, 'as of')}`;
  }

  /** An id that comes back is the one that was sent, whatever it stands for. */
  async function askOf(viewer: Viewer, probe: Probe, id: string): Promise<string> {
    return (await ask(viewer, probe.call(id, known))).replaceAll(id, 'the id');
  }

  /** What the viewer is told of an id that stands for nothing; asked once, since it stands for nothing every time. */
  function ofNothing(viewer: Viewer, probe: Probe): Promise<string> {
    const key = `${viewer.who} ${probes.indexOf(probe)}`;
    const asked = nothing.get(key) ?? askOf(viewer, probe, randomUUID());
    nothing.set(key, asked);
    return asked;
  }

  return {
    ask,
    async differences(viewer, ids) {
      const found: string[] = [];
      for (const probe of probes) {
        const id = ids[probe.kind];
        if (id === undefined) continue;
        const { method, path } = probe.call(id, known);
        const [theirs, none] = [await askOf(viewer, probe, id), await ofNothing(viewer, probe)];
        if (theirs !== none) found.push(`${viewer.who}: ${method} ${path}\n  ${theirs}\n  ${none}`);
      }
      return found;
    },
  };
}
