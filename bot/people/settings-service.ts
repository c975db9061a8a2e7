import { z } from 'zod';
import { allow } from '../access/allow.js';
import { audit } from '../access/audit.js';
import type { Context } from '../context.js';
import { recordActivity } from '../db/activity.js';
import { AppError } from '../errors.js';
import { dateIn, fromDate, toDate } from '../time.js';
import type { SettingRow } from './contract.js';
import { insertSetting, listSettingsInForce, type SettingInForce } from './settings-repository.js';
import type { Setting } from './settings.js';

export type SettingRegistry = readonly Setting<unknown, unknown>[];

/** Every declared setting with the value in force today, in the registry's order. */
export async function listSettings(ctx: Context, registry: SettingRegistry): Promise<SettingRow[]> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'setting.read');
    const rows = await listSettingsInForce(trx, ctx.actor.authorityId, dateIn(ctx.clock.now()));
    return registry.map((setting) =>
      toSettingRow(
        setting,
        rows.find(({ key }) => key === setting.key),
      ),
    );
  });
}

/** From today on. Throws AppError: not-found for an unknown key, invalid (`where` is the field) when the schema refuses. */
export async function changeSetting(
  ctx: Context,
  registry: SettingRegistry,
  change: { readonly key: string; readonly value: unknown },
): Promise<SettingRow> {
  return ctx.db.transact(ctx.actor, ctx.clock, async (trx, reach) => {
    allow(ctx.actor, reach, 'setting.change');
    const setting = registry.find(({ key }) => key === change.key);
    if (!setting) throw new AppError('not-found');
    const parsed = setting.schema.safeParse(change.value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new AppError('invalid', {
        where: ['value', ...(issue?.path ?? [])].join('.'),
        why: issue?.code ?? 'shape',
      });
    }
    const now = ctx.clock.now();
    const authorId = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
    const row = {
      ...{ authority_id: ctx.actor.authorityId, setting_id: ctx.random.id(), key: setting.key, value: parsed.data },
      ...{ effective_on: dateIn(now), author_id: authorId, recorded_at: toDate(now) },
    };
    await insertSetting(trx, row);
    await setting.changed(ctx, trx, parsed.data);
    // One aggregate a row: an administrator reaches no authority-wide activity, so a count over earlier rows would miss some.
    const what = {
      aggregateKind: 'setting',
      aggregateId: row.setting_id,
      kind: 'setting.changed',
      version: 1,
    } as const;
    await recordActivity(ctx, trx, { ...what, learnerId: null, askerId: authorId, data: { key: setting.key } });
    const fields = { subjectKind: 'setting', subjectId: row.setting_id, fields: [setting.key] };
    await audit(ctx, trx, { verb: 'setting.change', purpose: 'council-decision', ...fields });
    const inForce = await listSettingsInForce(trx, ctx.actor.authorityId, dateIn(now));
    return toSettingRow(
      setting,
      inForce.find(({ key }) => key === setting.key),
    );
  });
}

function toSettingRow(setting: Setting<unknown, unknown>, row: SettingInForce | undefined): SettingRow {
  const { key, group, title, explains, refusesWhileUnset } = setting;
  return {
    ...{ key, group, title, explains, refusesWhileUnset, schema: z.toJSONSchema(setting.schema) },
    value: row ? upgraded(setting, row.value) : refusesWhileUnset ? null : setting.whileUnset(),
    set: row !== undefined,
    changedAt: row ? fromDate(row.recorded_at).toString() : null,
    changedBy: row?.author ?? null,
  };
}

/** In the shape that the setting has today; what its schema no longer takes is shown as it was stored, to be set anew. */
function upgraded(setting: Setting<unknown, unknown>, stored: unknown): unknown {
  const parsed = setting.schema.safeParse(stored);
  return parsed.success ? parsed.data : stored;
}
