import { z } from 'zod';
import { levels, needs, urgencies } from '../../bot/requests/request.js';

/** The council's routing table while it is being changed. Pure. What is left out of a line matches everything. */

const destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queue'), name: z.string() }),
  z.object({ kind: z.literal('pool'), poolId: z.string() }),
  z.object({ kind: z.literal('person'), personId: z.string() }),
  z.object({ kind: z.literal('worker') }),
  z.object({ kind: z.literal('channel'), channelId: z.string() }),
]);
export type Destination = z.infer<typeof destination>;

const line = z.object({
  need: z.enum(needs).optional(),
  level: z.enum(levels).optional(),
  urgency: z.enum(urgencies).optional(),
  schoolId: z.string().optional(),
  clusterId: z.string().optional(),
  locality: z.string().optional(),
  to: destination,
});
export type Line = z.infer<typeof line>;

const pool = z.object({
  id: z.string(),
  name: z.string(),
  members: z.array(z.string()),
  channelId: z.string().optional(),
});
export type Pool = z.infer<typeof pool>;

const table = z.object({ pools: z.array(pool), lines: z.array(line) });
export type Table = z.infer<typeof table>;

export const emptyTable: Table = { pools: [], lines: [] };

/** The stored value; a table of the time before pools had lines alone, each to a queue by name. Null: not readable here. */
export function tableOf(value: unknown): Table | null {
  if (value === null || value === undefined) return emptyTable;
  const old = z.array(line.omit({ to: true }).extend({ to: z.string() })).safeParse(value);
  if (old.success)
    return { pools: [], lines: old.data.map((one) => ({ ...one, to: { kind: 'queue', name: one.to } as const })) };
  const read = table.safeParse(value);
  return read.success ? read.data : null;
}

/** The list with the line at `from` at `to` instead; as it is where there is no such place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const one = list[from];
  if (one === undefined || to < 0 || to >= list.length) return list;
  const rest = list.filter((_line, index) => index !== from);
  return [...rest.slice(0, to), one, ...rest.slice(to)];
}

/** Where a line leads, as the value of a choice: 'worker', 'queue', 'person <id>', … */
export function choiceOf(to: Destination): string {
  switch (to.kind) {
    case 'person':
      return `person ${to.personId}`;
    case 'pool':
      return `pool ${to.poolId}`;
    case 'channel':
      return `channel ${to.channelId}`;
    case 'worker':
    case 'queue':
      return to.kind;
  }
}

export function destinationOf(choice: string): Destination {
  const [kind = '', ...rest] = choice.split(' ');
  const id = rest.join(' ');
  if (kind === 'person') return { kind, personId: id };
  if (kind === 'pool') return { kind, poolId: id };
  if (kind === 'channel') return { kind, channelId: id };
  return kind === 'worker' ? { kind } : { kind: 'queue', name: '' };
}

/** Where a request comes from, as the value of a choice: '', 'school <id>', 'cluster <id>', 'locality <name>'. */
export function placeOf({ schoolId, clusterId, locality }: Line): string {
  if (schoolId) return `school ${schoolId}`;
  if (clusterId) return `cluster ${clusterId}`;
  return locality ? `locality ${locality}` : '';
}

export function withPlace(before: Line, choice: string): Line {
  const { schoolId: _school, clusterId: _cluster, locality: _locality, ...rest } = before;
  const [kind = '', ...more] = choice.split(' ');
  const which = more.join(' ');
  if (kind === 'school') return { ...rest, schoolId: which };
  if (kind === 'cluster') return { ...rest, clusterId: which };
  return kind === 'locality' ? { ...rest, locality: which } : rest;
}

/** The line with one of what it asks about set, or without it. */
export function withCriterion(before: Line, name: 'need' | 'level' | 'urgency', value: string): Line {
  const { [name]: _old, ...rest } = before;
  const read = line.safeParse(value === '' ? rest : { ...rest, [name]: value });
  return read.success ? read.data : before;
}

/** Lines that cannot be saved yet: they lead to a queue without a name, or to a pool that is gone. By their places. */
export function unfinished({ lines, pools }: Table): readonly number[] {
  return lines.flatMap(({ to }, index) => {
    const nameless = to.kind === 'queue' && to.name.trim() === '';
    const lost = to.kind === 'pool' && !pools.some(({ id }) => id === to.poolId);
    return nameless || lost ? [index] : [];
  });
}
