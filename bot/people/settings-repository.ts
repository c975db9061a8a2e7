import type { Trx } from '../db/database.js';

export interface SettingInForce {
  readonly key: string;
  readonly value: unknown;
  readonly recorded_at: Date;
  readonly author: string | null;
}

/** The row in force on that date: the latest effective date, and of one date the latest word. */
export async function getSetting(
  trx: Trx,
  authorityId: string,
  key: string,
  on: string,
): Promise<{ value: unknown } | undefined> {
  return trx
    .selectFrom('authority_setting')
    .select('value')
    .where('authority_id', '=', authorityId)
    .where('key', '=', key)
    .where('effective_on', '<=', on)
    .orderBy('effective_on', 'desc')
    .orderBy('recorded_at', 'desc')
    .orderBy('setting_id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Every key that has a row in force on that date, with who set it and when. */
export async function listSettingsInForce(trx: Trx, authorityId: string, on: string): Promise<SettingInForce[]> {
  return trx
    .selectFrom('authority_setting as s')
    .leftJoin('person as p', (join) =>
      join.onRef('p.authority_id', '=', 's.authority_id').onRef('p.person_id', '=', 's.author_id'),
    )
    .distinctOn('s.key')
    .select(['s.key', 's.value', 's.recorded_at', 'p.name as author'])
    .where('s.authority_id', '=', authorityId)
    .where('s.effective_on', '<=', on)
    .orderBy('s.key')
    .orderBy('s.effective_on', 'desc')
    .orderBy('s.recorded_at', 'desc')
    .orderBy('s.setting_id', 'desc')
    .execute();
}

export async function insertSetting(
  trx: Trx,
  row: {
    authority_id: string;
    setting_id: string;
    key: string;
    value: unknown;
    effective_on: string;
    author_id: string | null;
    recorded_at: Date;
  },
): Promise<void> {
  await trx
    .insertInto('authority_setting')
    .values({ ...row, value: JSON.stringify(row.value) })
    .execute();
}

export async function replaceOfficeHours(
  trx: Trx,
  authorityId: string,
  days: readonly { weekday: number; opens: string; closes: string }[],
): Promise<void> {
  await trx.deleteFrom('office_hours').where('authority_id', '=', authorityId).execute();
  if (days.length === 0) return;
  await trx
    .insertInto('office_hours')
    .values(days.map((day) => ({ authority_id: authorityId, ...day })))
    .execute();
}
