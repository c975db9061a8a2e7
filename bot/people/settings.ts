import { z } from 'zod';
import type { Context } from '../context.js';
import type { Trx } from '../db/database.js';
import { AppError } from '../errors.js';
import { dateIn } from '../time.js';
import { getSetting, replaceOfficeHours } from './settings-repository.js';

/**
 * What a council decides is a setting: declared beside the feature that obeys it, explained, dated, and refusing while
 * unset where harm could follow from a guess (product.md I). Every feature exports its own from <feature>/settings.ts and
 * the composition root hands all of them to the settings service as one array.
 */
export interface Setting<T, Unset = never> {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly explains: string;
  readonly schema: z.ZodType<T>;
  readonly refusesWhileUnset: boolean;
  /** What holds while the council has said nothing. Throws AppError('setting-unset') when nothing may. */
  whileUnset(): T | Unset;
  /** Runs in the transaction of a change, for what must be in step with it. */
  changed(ctx: Context, trx: Trx, value: T): Promise<void>;
}

interface Declared<T> {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly explains: string;
  readonly schema: z.ZodType<T>;
  readonly changed?: (ctx: Context, trx: Trx, value: T) => Promise<void>;
}

export function defineSetting<T>(
  declared: Declared<T> &
    ({ readonly refusesWhileUnset: true } | { readonly refusesWhileUnset?: false; readonly default: T }),
): Setting<T>;
export function defineSetting<T>(declared: Declared<T> & { readonly refusesWhileUnset?: false }): Setting<T, null>;
export function defineSetting<T>(
  declared: Declared<T> & { readonly refusesWhileUnset?: boolean; readonly default?: T },
): Setting<T, null> {
  const { key, group, title, explains, schema } = declared;
  return {
    ...{ key, group, title, explains, schema, refusesWhileUnset: declared.refusesWhileUnset === true },
    whileUnset() {
      if (declared.refusesWhileUnset) throw new AppError('setting-unset', { where: key });
      return declared.default ?? null;
    },
    changed: declared.changed ?? (() => Promise.resolve()),
  };
}

/**
 * The value in force today, or what holds while unset. A stored value that the present schema no longer takes counts as
 * unset: better to refuse than to work by a rule that nobody set. Throws AppError('setting-unset').
 */
export async function readSetting<T, Unset>(trx: Trx, ctx: Context, setting: Setting<T, Unset>): Promise<T | Unset> {
  const row = await getSetting(trx, ctx.actor.authorityId, setting.key, dateIn(ctx.clock.now()));
  const parsed = row ? setting.schema.safeParse(row.value) : null;
  return parsed?.success ? parsed.data : setting.whileUnset();
}

const telephone = z.string().trim().min(3).max(30);
const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const virtualSchoolSetting = defineSetting({
  key: 'people.virtual-school',
  group: 'Who we are',
  title: 'Your virtual school',
  explains: 'The name and telephone number that school staff and social workers see on every card and page.',
  schema: z.object({ name: z.string().trim().min(1).max(80), telephone: telephone.nullable() }),
});

export const childProtectionSetting = defineSetting({
  key: 'people.child-protection',
  group: 'Child protection',
  title: 'Whom to telephone about a child at risk of harm',
  explains:
    "The council's own numbers, shown wherever somebody could type a concern. No request is taken until they are set.",
  schema: z.object({ police: telephone, socialWork: telephone, outOfHours: telephone }),
  refusesWhileUnset: true,
});

const officeHoursSetting = defineSetting({
  key: 'people.office-hours',
  group: 'Who we are',
  title: 'Office hours',
  explains: 'When somebody is there to answer. Due times are counted, and review times looked for, inside these hours.',
  schema: z
    .array(z.object({ weekday: z.number().int().min(1).max(7), opens: wallTime, closes: wallTime }))
    .max(7)
    .refine((days) => new Set(days.map(({ weekday }) => weekday)).size === days.length, 'each weekday once')
    .refine((days) => days.every(({ opens, closes }) => opens < closes), 'opens before it closes'),
  // The rows are what queries join with; the setting is who decided them, and since when.
  changed: (ctx, trx, days) => replaceOfficeHours(trx, ctx.actor.authorityId, days),
});

const titlesSetting = defineSetting({
  key: 'people.titles',
  group: 'Who we are',
  title: 'What you call people and places',
  explains: 'Titles differ between councils; these are the words that cards and pages use.',
  schema: z.object({
    virtualSchoolHead: z.string().trim().min(1).max(60),
    designatedManager: z.string().trim().min(1).max(60),
    cluster: z.string().trim().min(1).max(40),
  }),
  default: {
    virtualSchoolHead: 'Virtual school head teacher',
    designatedManager: 'Designated manager',
    cluster: 'Cluster',
  },
});

export const listConfirmedBySetting = defineSetting({
  key: 'people.list-confirmed-by',
  group: 'Who we are',
  title: 'Last day for confirming school lists',
  explains:
    'Each August designated managers confirm who works in their school. After this day (month-day, such as 09-30) unconfirmed access stops.',
  schema: z.string().regex(/^(08|09|10|11|12)-(0[1-9]|[12]\d|3[01])$/),
  default: '09-30',
});

export const peopleSettings = [
  virtualSchoolSetting,
  childProtectionSetting,
  officeHoursSetting,
  titlesSetting,
  listConfirmedBySetting,
] as const;
