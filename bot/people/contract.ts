import { z } from 'zod';
import { roles } from '../access/roles.js';
import { rejections } from './person.js';

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

const personRow = z.object({
  id: z.uuid(),
  name: z.string(),
  jobTitle: z.string().nullable(),
  email: z.string().nullable(),
  telephone: z.string().nullable(),
  roles: z.array(z.object({ role: z.enum(roles), school: z.string().nullable(), team: z.string().nullable() })),
  bound: z.boolean(),
  leavesOn: z.string().nullable(),
  version: z.number().int(),
  /** Every school role confirmed since August; null for those who hold none. */
  confirmed: z.boolean().nullable(),
});
export type PersonRow = z.infer<typeof personRow>;
export const personList = z.object({ items: z.array(personRow), total: z.number().int() });

/** From that day on they are gone: not the evening before, not the next list. */
export const leavePerson = z.object({ version: z.number().int(), leavesOn: z.iso.date() });
export const personLeft = z.object({ version: z.number().int(), leavesOn: z.string() });

/** `csv` is the list's text; `tenantId` says whose object ids it holds, when it holds any. */
export const importStaffList = z.object({ csv: z.string().min(1).max(900_000), tenantId: z.uuid().optional() });
export const importedStaffList = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** By the file's own line number; every row that is not counted above is here. */
  rejected: z.array(z.object({ line: z.number().int(), reason: z.enum(rejections) })),
  /** Columns without which nothing was read. */
  missingColumns: z.array(z.string()),
});
export type ImportedStaffList = z.infer<typeof importedStaffList>;

/** Each August: these are still ours, those are not. Whoever is in neither stays unconfirmed and is asked about again. */
export const confirmList = z.object({
  schoolId: z.uuid(),
  stillHere: z.array(z.uuid()).max(500),
  gone: z.array(z.uuid()).max(500),
});
export const listConfirmed = z.object({ confirmed: z.number().int(), ended: z.number().int() });

/** Shown once; to be handed over in person or by telephone. */
export const bindingCode = z.object({ code: z.string(), expiresAt: z.string() });

/** Somebody unknown who asked to be added: name and tenant as the directory has them. */
const joinRequestRow = z.object({
  id: z.uuid(),
  name: z.string(),
  tenant: z.string(),
  schoolId: z.uuid(),
  askedAt: z.string(),
});
export const joinRequestList = z.object({ items: z.array(joinRequestRow) });
export const decideJoin = z.object({
  outcome: z.enum(['joined', 'refused']),
  /** Somebody of the school's list whose account it is; absent: a new person, as a class teacher. */
  personId: z.uuid().optional(),
});

/** The councils that this sign-in serves; asked for when one must be chosen. */
export const authorityChoices = z.object({ items: z.array(z.object({ id: z.uuid(), name: z.string() })) });

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

const deliveryRow = z.object({
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
