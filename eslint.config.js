import eslint from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import literals from './infra/checks/eslint-literals.js';

const data = ['bot/language/**', 'bot/db/{catalogue,schema}.ts'];

export default tseslint.config(
  { ignores: ['node_modules/', 'dist/', '.data/', 'coverage/', 'test-results/', 'devTools/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A number in a text is what it looks like.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Spreading a text by its characters is meant.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // `() => send()` says what happens; a body and a semicolon around it say no more.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // A port is asynchronous because one of its implementations is.
      '@typescript-eslint/require-await': 'off',
      // Parts are objects of functions that close over what they need; none of them knows `this`.
      '@typescript-eslint/unbound-method': 'off',
      // A third of the whole run, for what the compiler or a pinned library already says.
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            'CallExpression[callee.object.name="jest"][callee.property.name=/^(mock|unstable_mockModule|doMock)$/]',
          message: 'No module is mocked: put a fake in through createApp’s overrides, or speak HTTP to infra/local.',
        },
      ],
    },
  },
  {
    files: ['tab/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['tab/**/*.{ts,tsx}', 'bot/chat/cards/**/*.ts', 'bot/chat/{commands,card-actions,renderers,delivery}.ts'],
    plugins: { house: { rules: { literals } } },
    rules: { 'house/literals': 'error' },
  },
  // These speak to the person at the terminal.
  { files: ['infra/**', 'tests/**', 'manifest/**', 'bot/cli.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['tests/**'],
    rules: {
      // A describe is a list of promises, not a function to be followed.
      'max-lines-per-function': 'off',
      // What a test reads off the wire is held by what it expects of it; `any` is still not written.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  // Long because there is much of it, not because it does much.
  { files: data, rules: { 'max-lines': 'off' } },
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'require', 'module', 'console', 'Buffer', 'URL', 'setTimeout', 'clearTimeout'].map((name) => [
          name,
          'readonly',
        ]),
      ),
    },
  },
);
