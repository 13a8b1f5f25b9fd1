import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import { arrowsRule } from './scripts/lib/arrows.mjs'

const typescript = ['src/**/*.ts', 'nodes/**/*.ts', 'test/**/*.ts']

/** `node.on('input', …)`, however it is spelt: a handler that rejects ends the Node-RED process, so there is one. */
const listening = '/^(on|once|addListener|prependListener|prependOnceListener)$/'
const inputListeners = ['property.name', 'property.value'].flatMap((method) =>
  ['value', 'quasis.0.value.cooked'].map((event) => ({
    selector: `CallExpression[callee.${method}=${listening}][arguments.0.${event}="input"]`,
    message: 'Only nodes/kit/runner.ts listens to the input: give the work to a Runner.',
  })),
)

export default defineConfig(
  { ignores: ['dist/', 'resources/', '.cache/', 'coverage/', '**/fixtures/'] },
  // A comment that switches a rule off is itself a warning, and `npm run lint` allows none.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.cjs', 'test/**/*.js'],
    languageOptions: { sourceType: 'commonjs', globals: globals.node },
  },
  {
    files: ['src/sandbox/browser/*.js'],
    languageOptions: { sourceType: 'script', globals: globals.browser },
  },
  {
    files: ['nodes/kit/page/*.js', 'nodes/*/page.js'],
    languageOptions: {
      sourceType: 'script',
      globals: { ...globals.browser, healthGateways: 'readonly' },
    },
  },
  {
    // It is what the scripts that follow it on a page use.
    files: ['nodes/kit/page/page.js'],
    languageOptions: { globals: { healthGateways: 'off' } },
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^healthGateways$' }] },
  },
  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { house: { rules: { arrows: arrowsRule } } },
    rules: {
      'house/arrows': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      // A protocol's field name in quotes reads as what it is: `parameters['oauth_token']`.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // `const { dropped, ...kept } = object` is the plain way to leave a property out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // An empty text counts as not set: `name || fallback` says that.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // A number in a message says what it should say.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // It asks for `x!`, which no-non-null-assertion forbids.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // `() => clearTimeout(timer)` is the plain way to write it.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['nodes/**/*.ts'],
    ignores: ['nodes/kit/runner.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...inputListeners],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A test that is wrong about a value being there fails, and says where.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
)
