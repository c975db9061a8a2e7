import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from '@jest/globals';
import { card, type CardJson } from '../../bot/chat/cards/card.js';
import { everyCard } from '../support/every-card.js';
import { contractFile } from './contract-file.js';

const validate = schema(contractFile('adaptivecards/adaptive-card-1.5.0.json'));

/** As published the schema's own id does not compile; null where the contract is not beside this checkout. */
function schema(file: unknown): ValidateFunction | null {
  if (typeof file !== 'object' || file === null) return null;
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  return ajv.compile(Object.fromEntries(Object.entries(file).filter(([name]) => !['id', '$schema'].includes(name))));
}

/** `msteams` is Teams' own addition, at any depth. */
function withoutTeams(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTeams);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (name === 'msteams' ? [] : [[name, withoutTeams(inner)]])),
  );
}

function isValid(one: CardJson): boolean {
  return validate === null || validate(withoutTeams(one));
}

test('every card in every state is an Adaptive Card 1.5', () => {
  const wrong = everyCard('A. Murray').filter(({ draw }) => !isValid(draw()));
  expect([...new Set(wrong.map(({ maker, name }) => `${maker} (${name})`))]).toEqual([]);
});

test('a card that is none is found', () => {
  const good = card({ title: 'A card', summary: 'A card', body: [] });
  expect(isValid({ ...good, msteams: { width: 'Full' } })).toBe(true);
  if (validate === null) return;
  expect(isValid({ ...good, body: [{ type: 'TextBlock', text: 'Hello', size: 'enormous' }] })).toBe(false);
  expect(isValid({ ...good, body: [{ type: 'Marquee', text: 'Hello' }] })).toBe(false);
  expect(isValid({ ...good, colour: 'red' })).toBe(false);
});
