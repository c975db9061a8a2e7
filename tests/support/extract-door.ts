import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { suggestKind, suggestMapping } from '../../bot/learners/extract-mapping.js';
import type { ExtractKind } from '../../bot/learners/extract.js';
import { extractRow, uploadPartBytes } from '../../bot/learners/extract-contract.js';
import type { TestApp } from './app.js';

type Detail = z.infer<typeof extractRow>;

export interface GivenSource {
  readonly system: string;
  readonly kind?: ExtractKind;
  readonly registers?: boolean;
  readonly complete?: boolean;
  readonly codes?: readonly { readonly field: string; readonly theirs: string; readonly ours: string }[];
}

/** The import as somebody of the team does it, over HTTP; jobs run when they are waited for. */
export function extractDoor(app: TestApp, person: { readonly tenantId: string; readonly oid: string }) {
  const ask = app.api(person);
  const detail = async (method: string, path: string, body?: unknown): Promise<Detail> => {
    const answer = await ask(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return extractRow.parse(answer.body);
  };
  const door = {
    ask,
    read: (id: string) => detail('GET', `/api/extracts/${id}`),
    async upload(file: Uint8Array | string): Promise<string> {
      const bytes = typeof file === 'string' ? Buffer.from(file) : Buffer.from(file);
      const parts = Math.max(1, Math.ceil(bytes.length / uploadPartBytes));
      const begun = await ask('POST', '/api/extracts', { bytes: bytes.length, parts });
      const { id } = z.object({ id: z.string() }).parse(begun.body);
      for (let part = 0; part < parts; part += 1) {
        const content = bytes.subarray(part * uploadPartBytes, (part + 1) * uploadPartBytes).toString('base64');
        await ask('PUT', `/api/extracts/${id}/parts/${part}`, { content });
      }
      await detail('POST', `/api/extracts/${id}/complete`);
      return id;
    },
    /** Mapped as it would be suggested, and read. */
    async preview(file: string, source: GivenSource): Promise<Detail> {
      const id = await door.upload(file);
      const [head = '', ...lines] = file.split(/\r?\n/);
      const sample = { headings: head.split(','), rows: lines.slice(0, 50).map((line) => line.split(',')) };
      const kind = source.kind ?? suggestKind(sample.headings);
      const mapping = suggestMapping(kind, sample, '2026-11-23');
      const { version } = await door.read(id);
      await detail('POST', `/api/extracts/${id}/mapping`, {
        version,
        source: {
          system: source.system,
          kind,
          registers: source.registers ?? false,
          complete: source.complete ?? false,
        },
        mapping: { ...mapping, codes: source.codes ?? [] },
      });
      await app.deliver();
      return door.read(id);
    },
    async move(id: string, name: 'import' | 'cancel' | 'undo', more: object = {}): Promise<Detail> {
      const { version } = await door.read(id);
      await detail('POST', `/api/extracts/${id}/${name}`, { version, ...more });
      await app.deliver();
      return door.read(id);
    },
    async take(file: string, source: GivenSource): Promise<Detail> {
      const { id } = await door.preview(file, source);
      return door.move(id, 'import', { acceptAlarms: true });
    },
  };
  return door;
}
