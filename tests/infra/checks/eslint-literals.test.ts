import { describe, expect, test } from '@jest/globals';
import { Linter, type Rule } from 'eslint';

const file = new URL('../../../infra/checks/eslint-literals.js', import.meta.url).href;
const { default: literals } = (await import(file)) as { default: Rule.RuleModule };

/** The texts that the rule finds in a piece of a page or a card. */
function found(code: string): string[] {
  const messages = new Linter().verify(code, {
    plugins: { house: { rules: { literals } } },
    rules: { 'house/literals': 'error' },
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
  });
  return messages.map(({ message }) => /“(.*)”/.exec(message)?.[1] ?? message);
}

describe('words that people read are found in the code', () => {
  test.each([
    ['between tags', '<p>Hello there</p>', 'Hello there'],
    ['one word', '<Button>Send</Button>', 'Send'],
    ['in braces', "<p>{'Nothing here'}</p>", 'Nothing here'],
    ['as a template', '<p>{`You have ${n} requests`}</p>', 'You have requests'],
    ['in an attribute', '<input aria-label="Search" />', 'Search'],
    ['in an attribute’s braces', "<Field label={'Name'} />", 'Name'],
    ['on a card', "card({ title: 'Request', body: [] })", 'Request'],
    ['on a button', "execute('Take it over', data)", 'Take it over'],
    ['as a sentence', "const text = 'this is not yours to see.'", 'this is not yours to see.'],
  ])('%s', (_where, code, text) => {
    expect(found(code)).toEqual([text]);
  });
});

describe('what is for machines is left alone', () => {
  test.each([
    ["import x from 'A Package'"],
    ["say('request.take')"],
    ["const words = { label: 'composer.ask' }"],
    ['<div className="row wide" key="first-one" />'],
    ["throw new Error('The page has no root')"],
    ["if (kind === 'Some Kind') run()"],
    ["const style = { display: 'flex', gap: '4px 8px' }"],
    ["element.addEventListener('keydown', run)"],
    ['<p>{count}</p>'],
    ['<p> · </p>'],
  ])('%s', (code) => {
    expect(found(code)).toEqual([]);
  });
});
