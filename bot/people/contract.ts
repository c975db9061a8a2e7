import { z } from 'zod';
import { roles } from '../access/roles.js';

export const me = z.object({
  person: z.object({ id: z.uuid(), name: z.string() }),
  authority: z.object({ id: z.uuid(), name: z.string() }),
  roles: z.array(z.enum(roles)),
  /** Verbs of bot/access/roles.ts that this person may do; the tab hides what is not here, the service refuses it. */
  may: z.array(z.string()),
  virtualSchool: z.object({ name: z.string(), telephone: z.string().nullable() }),
  /** The council's own child protection numbers; null while the council has not set them. */
  protection: z.object({ police: z.string(), socialWork: z.string(), outOfHours: z.string() }).nullable(),
  /** Other authorities that the same sign-in serves. */
  others: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type Me = z.infer<typeof me>;

export const chooseAuthority = z.object({ authorityId: z.uuid() });

export const personSearch = z.object({
  search: z.string().trim().max(60).default(''),
  role: z.enum(roles).optional(),
  schoolId: z.uuid().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

export const personRow = z.object({
  id: z.uuid(),
  name: z.string(),
  jobTitle: z.string().nullable(),
  email: z.string().nullable(),
  telephone: z.string().nullable(),
  roles: z.array(z.object({ role: z.enum(roles), school: z.string().nullable(), team: z.string().nullable() })),
  bound: z.boolean(),
  leavesOn: z.string().nullable(),
});
export type PersonRow = z.infer<typeof personRow>;
export const personList = z.object({ items: z.array(personRow), total: z.number().int() });

export const settingRow = z.object({
  key: z.string(),
  group: z.string(),
  title: z.string(),
  explains: z.string(),
  /** JSON Schema of the value, for the editor. */
  schema: z.unknown(),
  value: z.unknown(),
  set: z.boolean(),
  refusesWhileUnset: z.boolean(),
  changedAt: z.string().nullable(),
  changedBy: z.string().nullable(),
});
export type SettingRow = z.infer<typeof settingRow>;
export const settingList = z.object({ items: z.array(settingRow) });
export const changeSetting = z.object({ value: z.unknown() });

export const deliveryRow = z.object({
  id: z.uuid(),
  job: z.string(),
  reference: z.string().nullable(),
  attempts: z.number().int(),
  code: z.string().nullable(),
  createdAt: z.string(),
});
export const deliveryList = z.object({ dead: z.array(deliveryRow), waiting: z.number().int() });
export type DeliveryList = z.infer<typeof deliveryList>;

export const errorAnswer = z.object({ code: z.string(), message: z.string(), where: z.string().optional() });

/** One line of the live stream: something changed; ask again for what you show of it. */
export const liveEvent = z.object({ kind: z.string(), id: z.string(), seq: z.number().int(), feed: z.string() });
export type LiveEvent = z.infer<typeof liveEvent>;
