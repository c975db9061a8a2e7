import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { emptyOf, labelOf, shapeOf, withField } from '../../../tab/settings/shape.js';

const shape = (schema: z.ZodType) => shapeOf(z.toJSONSchema(schema, { io: 'input' }));

describe('the form of a setting', () => {
  test('numbers, texts, choices and yes or no', () => {
    expect(shape(z.number().int().min(0).max(60))).toEqual({ kind: 'number', least: 0, most: 60 });
    expect(shape(z.number().int())).toEqual({ kind: 'number', least: null, most: null });
    expect(shape(z.string().max(80))).toEqual({ kind: 'text', most: 80 });
    expect(shape(z.enum(['today', 'this-week']))).toEqual({ kind: 'choice', options: ['today', 'this-week'] });
    expect(shape(z.boolean())).toEqual({ kind: 'yes-no' });
  });

  test('something that may be left open', () => {
    expect(shape(z.string().max(30).nullable())).toEqual({ kind: 'maybe', of: { kind: 'text', most: 30 } });
  });

  test('a list of lines, with a weekday as a day and not as a number', () => {
    const hours = shape(z.array(z.object({ weekday: z.number().int().min(1).max(7), opens: z.string() })));
    expect(hours).toMatchObject({ kind: 'list', of: { kind: 'group', fields: [{ shape: { kind: 'weekday' } }, {}] } });
  });

  test('a record by name has a field for each name, none of them required', () => {
    const targets = shape(z.partialRecord(z.enum(['today', 'no-hurry']), z.number()));
    expect(targets).toMatchObject({
      kind: 'group',
      fields: [
        { name: 'today', label: 'Today', required: false, shape: { kind: 'number' } },
        { name: 'no-hurry', label: 'No hurry', required: false },
      ],
    });
  });

  test('what has no form is still shown and can be written', () => {
    expect(shape(z.union([z.string(), z.number()]))).toEqual({ kind: 'raw' });
    expect(shapeOf('nonsense')).toEqual({ kind: 'raw' });
  });

  test('a new line guesses nothing', () => {
    const line = shape(z.object({ to: z.string(), note: z.string().optional(), minutes: z.number() }));
    expect(emptyOf(line)).toEqual({ to: '', minutes: undefined });
  });
});

test('names as people read them', () => {
  expect([labelOf('outOfHours'), labelOf('no-hurry'), labelOf('police')]).toEqual([
    'Out of hours',
    'No hurry',
    'Police',
  ]);
});

test('an optional field that is emptied is gone, not empty', () => {
  expect(withField({ a: 1, b: 2 }, 'b', undefined)).toEqual({ a: 1 });
  expect(withField(null, 'a', 1)).toEqual({ a: 1 });
});
