/**
 * What people read comes from the catalogues in bot/language: there it is read as a whole, kept plain and translated. In the
 * tab and on cards this rule finds words that stand in the code.
 */

/** Attributes and card fields whose value a person reads or hears. */
const shown = new Set([
  ...['title', 'label', 'placeholder', 'alt', 'aria-label', 'aria-description', 'aria-roledescription', 'hint'],
  ...['text', 'fallbackText', 'speak', 'altText', 'errorMessage', 'summary', 'children', 'content', 'subtitle'],
  ...['validationMessage', 'primaryText', 'secondaryText', 'header'],
]);

const word = /\p{L}{2,}/u;
/** A catalogue's key, such as 'composer.ask'. */
const key = /^[a-z][\w-]*(?:\.[\w-]+)+$/i;
/** A capital and a later space, or two plain words and a full stop: a sentence or a name, never a code or a CSS class. */
const sentence = /^\s*\p{Lu}[\p{L}’']*[ ,]\s*\p{L}|\p{L}{2,} \p{L}+.*[.?!…]\s*$/u;

/** The texts of a literal or template, without its holes. */
function textOf(node) {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TemplateLiteral') return node.quasis.map((part) => part.value.cooked ?? '').join(' ');
  return null;
}

/** An error's message is for the log's reader, and an import is no text. */
function isForMachines(node) {
  const parent = node.parent;
  if (parent.type.startsWith('Import') || parent.type.startsWith('Export') || parent.type.startsWith('TS')) return true;
  if (parent.type === 'Property' && parent.key === node) return true;
  if (parent.type === 'MemberExpression' || parent.type === 'TaggedTemplateExpression') return true;
  if (parent.type === 'BinaryExpression' && /^[!=]==?$/.test(parent.operator)) return true;
  return parent.type === 'NewExpression' && parent.callee.type === 'Identifier' && /Error$/.test(parent.callee.name);
}

function nameOf(node) {
  if (node.type === 'JSXAttribute') return node.name.type === 'JSXIdentifier' ? node.name.name : '';
  if (node.type === 'Property' && !node.computed) return node.key.name ?? String(node.key.value);
  return '';
}

export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      words:
        'Words that people read stand in a catalogue (bot/language/en/…): add a key there and say it with say(‘the.key’). Found: “{{text}}”.',
    },
  },
  create(context) {
    const report = (node, text) =>
      context.report({ node, messageId: 'words', data: { text: text.trim().replace(/\s+/g, ' ').slice(0, 60) } });
    const check = (node) => {
      const text = textOf(node);
      if (text === null || key.test(text) || isForMachines(node)) return;
      const holder = node.parent.type === 'JSXExpressionContainer' ? node.parent.parent : node.parent;
      const isChild =
        node.parent.type === 'JSXExpressionContainer' &&
        holder.type.startsWith('JSX') &&
        holder.type !== 'JSXAttribute';
      if (sentence.test(text) || ((isChild || shown.has(nameOf(holder))) && word.test(text))) report(node, text);
    };
    return {
      JSXText(node) {
        if (word.test(node.value)) report(node, node.value);
      },
      Literal: check,
      TemplateLiteral: check,
    };
  },
};
