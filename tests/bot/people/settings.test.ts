import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { settingList } from '../../../bot/people/contract.js';
import {
  childProtectionSetting,
  defineSetting,
  peopleSettings,
  readSetting,
  type Setting,
} from '../../../bot/people/settings.js';
import { changeSetting, listSettings, type SettingRegistry } from '../../../bot/people/settings-service.js';
import { requestSettings } from '../../../bot/requests/settings.js';
import { cast } from '../../../infra/local/demo/cast.js';
import { kylebrae } from '../../../infra/local/demo/places.js';
import { type CouncilUnderTest, councilUnderTest, loading } from '../../support/demo-council.js';

const colour = defineSetting({
  key: 'test.colour',
  group: 'Test',
  title: 'Colour',
  explains: '',
  schema: z.string().max(10),
});
const shape = { ...{ group: 'Test', title: 'Size', explains: '' }, schema: z.number().int() };
const size = defineSetting({ ...shape, key: 'test.size', default: 4 });
const must = defineSetting({ ...shape, key: 'test.must', refusesWhileUnset: true });
const registry: SettingRegistry = [...peopleSettings, ...requestSettings, colour, size, must];

let council: CouncilUnderTest;
beforeAll(async () => {
  council = await councilUnderTest();
}, loading);
afterAll(() => council.close());

const read = <T, U>(setting: Setting<T, U>, ctx = council.as(cast.teacher)) =>
  ctx.db.transact(ctx.actor, ctx.clock, (trx) => readSetting(trx, ctx, setting));
const change = (key: string, value: unknown, who: { personId: string } = cast.administrator) =>
  changeSetting(council.as(who), registry, { key, value });

describe('a setting', () => {
  test('unset: nothing, its default, or a refusal that names it', async () => {
    expect(await read(colour)).toBeNull();
    expect(await read(size)).toBe(4);
    await expect(read(must)).rejects.toMatchObject({ code: 'setting-unset', detail: { where: 'test.must' } });
  });

  test('once set holds from that day, for this council alone', async () => {
    await change('test.must', 7);
    expect(await read(must)).toBe(7);
    await expect(read(must, council.as(cast.neighbourHead, kylebrae.authorityId))).rejects.toThrow('setting-unset');
    await change('test.must', 8);
    expect(await read(must)).toBe(8);
    council.clock.advance({ hours: -24 });
    await expect(read(must)).rejects.toThrow('setting-unset');
    council.clock.advance({ hours: 24 });
  });

  test('a value that the present schema no longer takes counts as unset', async () => {
    await change('test.colour', 'red');
    const stricter = { ...colour, schema: z.enum(['blue']) };
    expect(await read(stricter)).toBeNull();
  });

  test('is changed by those who may, in the shape it has, under a key it has', async () => {
    await expect(change('test.size', 5, cast.officer)).rejects.toThrow('forbidden');
    await expect(change('test.size', 'five')).rejects.toMatchObject({ code: 'invalid', detail: { where: 'value' } });
    await expect(change('test.nothing', 5)).rejects.toThrow('not-found');
    const bad = { police: '101', socialWork: '', outOfHours: '1' };
    await expect(change(childProtectionSetting.key, bad)).rejects.toMatchObject({
      detail: { where: 'value.socialWork' },
    });
  });

  test('tells who changed it and when, and is heard of by activity and audit', async () => {
    const row = await change('test.size', 5);
    expect(row).toMatchObject({ key: 'test.size', value: 5, set: true, changedBy: cast.administrator.name });
    const ctx = council.as(cast.virtualSchoolHead);
    const heard = await ctx.db.transact(ctx.actor, ctx.clock, async (trx) => ({
      activity: await trx.selectFrom('activity').select('data').where('kind', '=', 'setting.changed').execute(),
      audit: await trx.selectFrom('audit_entry').select('fields').where('verb', '=', 'setting.change').execute(),
    }));
    expect(heard.activity).toContainEqual({ data: { key: 'test.size' } });
    expect(heard.audit).toContainEqual({ fields: ['test.size'] });
  });

  test('office hours are in step for queries', async () => {
    await change('people.office-hours', [{ weekday: 1, opens: '09:00', closes: '12:00' }]);
    const ctx = council.system();
    const rows = await ctx.db.transact(ctx.actor, ctx.clock, (trx) =>
      trx.selectFrom('office_hours').select(['weekday', 'opens', 'closes']).execute(),
    );
    expect(rows).toEqual([{ weekday: 1, opens: '09:00', closes: '12:00' }]);
    const twice = [1, 1].map((weekday) => ({ weekday, opens: '09:00', closes: '12:00' }));
    await expect(change('people.office-hours', twice)).rejects.toThrow('invalid');
  });

  test('all of them are listed with the schema for the editor', async () => {
    const items = await listSettings(council.as(cast.dataOfficer), registry);
    settingList.parse({ items });
    expect(items.map(({ key }) => key)).toEqual(registry.map(({ key }) => key));
    expect(items[0]).toMatchObject({ set: true, schema: { type: 'object' } });
    await expect(listSettings(council.as(cast.teacher), registry)).rejects.toThrow('forbidden');
  });
});
