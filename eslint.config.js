/**
 * What a path cannot say: no clock, chance or float in the engine, no lone or skipped test, sizes, one way to export. Each rule has a
 * row in tools/lint.test.ts that breaks it. `no-restricted-syntax` is one rule, and the last that matches a file replaces the others,
 * so each group of files is given its whole list.
 */
import tseslint from 'typescript-eslint';

const house = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export by name: one thing, one name everywhere.' },
  { selector: 'ExportAllDeclaration', message: 'A front door names what it shows.' },
  { selector: 'TSInterfaceDeclaration[id.name=/^I[A-Z]/]', message: 'A thing has its own name, without an I before it.' },
];
const anyTest = '/^(it|test|describe)$/';
const tests = [
  { selector: `MemberExpression[object.name=${anyTest}][property.name='only']`, message: 'A lone test hides the others.' },
  {
    selector: `MemberExpression[object.name=${anyTest}][property.name=/^(skip|todo|skipIf|runIf|fails)$/]`,
    message: 'A test runs or is deleted.',
  },
  {
    selector: "CallExpression[callee.object.name='vi'][callee.property.name=/^(mock|doMock)$/]",
    message: 'Hand a fake in; our own code is not mocked.',
  },
  { selector: "CallExpression[callee.name='setTimeout']", message: 'Wait for what happens, not for time to pass.' },
  { selector: "ImportDeclaration[source.value='node:timers/promises']", message: 'Wait for what happens, not for time to pass.' },
];
const clock = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'The time is handed in: take a Clock.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The time is handed in: take a Clock.' },
  { selector: "CallExpression[callee.name='Date']", message: 'The time is handed in: take a Clock.' },
  { selector: "MemberExpression[object.name='Temporal'][property.name='Now']", message: 'The time is handed in: take a Clock.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Chance is handed in: take a seeded source.' },
];
const stopwatch = [{ selector: "MemberExpression[object.name='performance']", message: 'The engine does not even know that time passes.' }];
const floats = [
  { selector: "CallExpression[callee.name='parseFloat']", message: 'Amounts are Decimal, never number.' },
  { selector: "MemberExpression[object.name='Number'][property.name='parseFloat']", message: 'Amounts are Decimal, never number.' },
  { selector: "CallExpression[callee.property.name='toFixed']", message: 'Format with the money module.' },
  {
    selector: "CallExpression[callee.name='Number'] > Literal.arguments",
    message: 'Write a number as a number, and an amount as a Decimal.',
  },
];
const exactOnly = [
  { selector: "CallExpression[callee.name='Number']", message: 'Amounts are Decimal here; leave them by toNumber of the money module.' },
  { selector: "UnaryExpression[operator='+']", message: 'Amounts are Decimal here; leave them by toNumber of the money module.' },
];
const shownNumbers = [
  { selector: 'CallExpression[callee.property.name=/^(toFixed|toLocaleString)$/]', message: 'ui/figures shows every number.' },
  { selector: "MemberExpression[object.name='Intl'][property.name='NumberFormat']", message: 'ui/figures shows every number.' },
];

const syntax = (...groups) => ({ 'no-restricted-syntax': ['error', ...groups.flat()] });
const engine = 'packages/engine/src';
const server = 'apps/server/src';
const anyTestFile = '**/*.test.{ts,tsx}';
/** Where amounts are exact to the last digit. The others also compute statistics, which are numbers. */
const exactFloors = ['money', 'ledger', 'lots', 'orders', 'matching', 'portfolio'].map((floor) => `${engine}/${floor}/**/*.ts`);
/** Where a Decimal becomes a number, and where units of the last place are counted. */
const exactToNumber = [`${engine}/money/decimal.ts`, `${engine}/portfolio/allocation.ts`];
/** Where the server meets the machine it runs on. Everything else has the time, the environment and the process handed in. */
const machineRoom = [
  `${server}/main.ts`,
  `${server}/platform/clock.ts`,
  `${server}/platform/db/embedded/**/*.ts`,
  `${server}/platform/observe/**/*.ts`,
  `${server}/command-line/**/*.ts`,
  `${server}/config/development-secret.ts`,
  `${server}/**/*-worker.ts`,
  `${server}/testing/**/*.ts`,
];
const environmentReaders = [`${server}/main.ts`, `${server}/command-line/**/*.ts`, `${server}/testing/**/*.ts`];

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/node_modules/**', '**/generated/**', '**/testdata/**', 'coverage/**', '.holdfast/**', 'apps/web/public/**'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: false }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/require-await': 'off',
      // Our functions do not use `this`, so handing one on loses nothing; classes are few and stay whole.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/prefer-as-const': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'max-params': ['error', 3],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      ...syntax(house),
    },
  },
  { files: [`${engine}/**/*.ts`], rules: syntax(house, clock, stopwatch, floats) },
  { files: exactFloors, ignores: exactToNumber, rules: syntax(house, clock, stopwatch, floats, exactOnly) },
  {
    files: [`${server}/**/*.ts`],
    rules: {
      ...syntax(house, clock),
      'no-restricted-globals': ['error', { name: 'process', message: 'The process is touched in main.ts; have what you need handed in.' }],
      'no-restricted-imports': ['error', { paths: [{ name: 'node:process', message: 'The process is touched in main.ts.' }] }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'The environment is read once, into config.ts.' },
      ],
    },
  },
  { files: machineRoom, rules: { ...syntax(house), 'no-restricted-globals': 'off', 'no-restricted-imports': 'off' } },
  { files: environmentReaders, rules: { 'no-restricted-properties': 'off' } },
  {
    files: [`${server}/command-line/**/*.ts`, `${server}/testing/**/*.ts`, 'bench/**/*.ts', 'e2e/**/*.ts', 'tools/**'],
    rules: { 'no-console': 'off' },
  },
  { files: ['apps/web/src/**/*.{ts,tsx}'], ignores: ['apps/web/src/ui/figures/**'], rules: syntax(house, shownNumbers) },
  {
    files: [anyTestFile, '**/*-suite.ts', 'e2e/**/*.ts'],
    rules: {
      ...syntax(house, tests),
      'max-lines-per-function': 'off',
      'no-restricted-globals': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  // Tables of cases read best as rows, and a test may say in what surroundings a process starts.
  { files: [anyTestFile], rules: { 'max-params': 'off', 'no-restricted-properties': 'off' } },
  // Their makers ask for a default export.
  { files: ['**/*.config.{ts,js}'], rules: { 'no-restricted-syntax': 'off' } },
  // Run before anything is installed or compiled, or by tools that read them as they are: no types to check.
  { files: ['**/*.{js,mjs,cjs}', '*.config.ts'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
