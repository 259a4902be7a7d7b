/** Proves that each check of the tidy-up finds what it is for, and leaves the neighbour that looks like it alone. */
import { describe, expect, test } from 'vitest';
import { allowsNode } from './allows-node.ts';
import { checks } from './checks.ts';
import { checkLeftovers } from './leftovers.ts';
import { checkLockFile } from './lock-file.ts';
import { checkNames } from './names.ts';
import { checkCommands } from './promises.ts';
import { checkFrontDoors, checkMigrations, checkShapes } from './shapes.ts';
import type { Check, Tree } from './tree.ts';

function tree(files: Readonly<Record<string, string>>): Tree {
  return { paths: Object.keys(files), read: (path) => files[path] ?? '' };
}

function says(check: Check, files: Readonly<Record<string, string>>): string[] {
  return check(tree(files)).map(({ path, line, says: words }) => `${path}${line === undefined ? '' : `:${line}`} ${words}`);
}

const server = 'apps/server/src';

describe('names', () => {
  test.each([
    [`${server}/placeOrder.ts`, '', '"placeOrder" is not in kebab-case'],
    [`${server}/Orders/place.ts`, '', '"Orders" is not in kebab-case'],
    [`${server}/order-utils.ts`, '', '"utils" says nothing'],
    [`${server}/helpers/order.ts`, '', '"helpers" says nothing'],
    [`${server}/data.ts`, '', '"data" says nothing'],
    [`${server}/base/order.css`, '', '"base" says nothing'],
    [`${server}/order.ts`, 'export class OrderManager {}', '"manager" in "OrderManager"'],
    [`${server}/order.ts`, 'export async function processOrderImpl() {}', '"impl" in "processOrderImpl"'],
    [`${server}/order.ts`, 'export const info = 1;', '"info" in "info"'],
  ])('%s with %j is refused', (path, text, words) => {
    expect(says(checkNames, { [path]: text })).toEqual([expect.stringContaining(words)]);
  });

  test.each([
    [`${server}/place-order.db.test.ts`, ''],
    [`${server}/market-data/quote.ts`, 'export const marketData = 1;'],
    [`${server}/common-passwords.ts`, 'export const COMMON_PASSWORDS = 1;'],
    [`${server}/generated/someSchema.ts`, 'export interface Info {}'],
    ['packages/engine/tsconfig.base.json', ''],
    ['docs/Data.md', ''],
  ])('%s with %j is fine', (path, text) => {
    expect(says(checkNames, { [path]: text })).toEqual([]);
  });
});

describe('leftovers', () => {
  test.each([
    ['a.ts', '// TODO: more'],
    ['README.md', 'FIXME'],
    ['a.ts', "  // import { a } from './a.ts';"],
    ['a.ts', '// const a = 1;'],
    ['a.ts', '// return a;'],
    ['a.ts', '// if (a) {'],
    ['a.ts', '// }'],
    ['a.ts', '// book.add(order);'],
    ['a.ts', '// eslint-disable-next-line no-console'],
    ['a.ts', '// @ts-ignore'],
    ['a.ts', "const a = '/work/place';"],
    ['docs/a.md', 'see `/root/notes`'],
    ['a.ts', "fetch('http://192.168.1.7/')"],
    ['deploy/a.yml', 'http://10.0.0.1:80'],
    ['.npmrc', 'registry=https://packages.example/'],
    ['package-lock.json', '      "resolved": "https://packages.example/a.tgz",'],
    ['docs/a.md', 'Written by Claude'],
  ])('%s with %j is refused', (path, text) => {
    expect(says(checkLeftovers, { [path]: `first\n${text}\n` })).toEqual([expect.stringMatching(`^${path}:2 `)]);
  });

  test.each([
    ['a.ts', '// Returns are daily, so that two markets can be compared.'],
    ['a.ts', '// The order is if (and only if) the cash covers it.'],
    ['a.ts', " *     const book = openLotBook('fifo');"],
    ['a.ts', '// eslint-disable-next-line no-console -- the command line speaks to people.'],
    ['a.ts', "const a = 'https://network/';"],
    ['a.test.ts', "expect(isPublic('http://192.168.1.7/')).toBe(false)"],
    ['a.ts', "rate('XXX')"],
    ['package-lock.json', '      "resolved": "packages/engine",'],
    ['a.png', 'TODO'],
  ])('%s with %j is fine', (path, text) => {
    expect(says(checkLeftovers, { [path]: text })).toEqual([]);
  });
});

describe('shapes', () => {
  test('a file ends with a newline', () => {
    expect(says(checkShapes, { 'a.ts': 'one', 'b.md': 'one', 'c.md': 'one\n', 'd.png': 'one', 'e.md': '' })).toEqual([
      'a.ts does not end with a newline.',
      'b.md does not end with a newline.',
    ]);
  });

  test('code has at most 400 lines that are not empty, lists 800, prose as many as it likes', () => {
    const lines = (count: number) => 'a\n\n'.repeat(count);

    expect(says(checkShapes, { 'a.ts': lines(400), 'b.sql': lines(800), 'c.md': lines(900) })).toEqual([]);
    expect(says(checkShapes, { 'a.mjs': lines(401), 'b.css': lines(801) })).toEqual([
      'a.mjs has 401 lines and may have 400: which idea can leave?',
      'b.css has 801 lines and may have 800: which idea can leave?',
    ]);
    expect(says(checkShapes, { 'a.csv': `${'1'.repeat(1_000_000)}\n` })).toEqual(['a.csv has 1000001 characters: is it meant to be here?']);
  });

  test('a module of the engine begins with what it is about', () => {
    const door = 'packages/engine/src/lots/index.ts';

    expect(says(checkFrontDoors, { [door]: '/** Lots. */' })).toEqual([]);
    expect(says(checkFrontDoors, { [door]: "export { a } from './a.ts';" })).toEqual([expect.stringContaining('does not begin')]);
  });

  test('migrations are numbered without a gap', () => {
    const folder = `${server}/platform/db/migrations`;

    expect(says(checkMigrations, { [`${folder}/0002-b.sql`]: '', [`${folder}/0001-a.sql`]: '' })).toEqual([]);
    expect(says(checkMigrations, { [`${folder}/0001-a.sql`]: '', [`${folder}/0003-b.sql`]: '' })).toHaveLength(1);
    expect(says(checkMigrations, { [`${folder}/0001-a.sql`]: '', [`${folder}/0001-b.sql`]: '' })).toHaveLength(1);
  });
});

describe('commands that documents name', () => {
  const known = {
    'package.json': JSON.stringify({ scripts: { start: '', 'test:db': '', admin: '' } }),
    'apps/web/package.json': JSON.stringify({ scripts: { tokens: '' } }),
  };

  test.each(['npm start', 'npm run test:db', '`npm run admin -- create EMAIL`', 'npm ci', 'npm install', 'npm run tokens -w apps/web'])(
    '%s exists',
    (text) => {
      expect(says(checkCommands, { ...known, 'README.md': text })).toEqual([]);
    },
  );

  test.each([
    'npm test',
    'npm run nothing',
    'npm run test:other',
    'npm run tokens',
    'npm run start -w apps/web',
    'RUN npm run --silent gone',
  ])('%s does not', (text) => {
    expect(says(checkCommands, { ...known, 'docs/a.md': text })).toHaveLength(1);
  });
});

describe('the lock file', () => {
  const lock = (packages: object) => ({ 'package-lock.json': JSON.stringify({ packages }) });

  test('a package for a newer Node only is refused', () => {
    expect(says(checkLockFile, lock({ 'node_modules/a': { engines: { node: '>=22' } } }))).toEqual([
      'package-lock.json node_modules/a needs Node >=22, and we promise 20.19.',
    ]);
    expect(says(checkLockFile, lock({ 'node_modules/a': { engines: { node: '>=20' } }, 'node_modules/b': { engines: ['node'] } }))).toEqual(
      [],
    );
  });

  test('a package whose parts for other platforms are not locked is refused', () => {
    const whole = {
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0' } },
      'node_modules/a-linux': {},
    };

    expect(says(checkLockFile, lock(whole))).toEqual([expect.stringContaining('a 1.0.0 lacks a-darwin')]);
    expect(says(checkLockFile, lock({ ...whole, 'apps/server/node_modules/a-darwin': {} }))).toEqual([]);
  });

  test.each([
    ['>=18', true],
    ['>= 20.19.0', true],
    ['>=20.20', false],
    ['^20.19.0 || >=22.12.0', true],
    ['^18.0.0 || ^22', false],
    ['^20', true],
    ['~20.19', true],
    ['~20.18', false],
    ['20.x', true],
    ['20 || 22', true],
    ['21', false],
    ['*', true],
    ['', true],
    ['>=18 <21', true],
    ['>=14.0.0 <20', false],
    ['>20', false],
    ['>20.18', true],
    ['<=20', true],
    ['18 - 20', true],
    ['v20.19.0', true],
  ])('Node 20.19.0 in the range %j: %j', (range, allowed) => {
    expect(allowsNode(range, [20, 19, 0])).toBe(allowed);
  });
});

test('every check of this folder is run', () => {
  expect(checks).toEqual([checkNames, checkLeftovers, checkShapes, checkFrontDoors, checkMigrations, checkCommands, checkLockFile]);
});
