/**
 * Proves that every boundary rule still bites.
 *
 * A rule that stops matching reports nothing, which looks exactly like obedience. So each row builds a small tree with one import in
 * it, and says which rule must answer (or none). A rule that is deleted fails its row; a rule without a row fails the last test.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { afterEach, beforeEach, expect, test } from 'vitest';

interface Rule {
  readonly name: string;
  readonly from: { readonly path?: string };
  readonly to: { readonly path?: string };
}

const require = createRequire(import.meta.url);
const config = require('../.dependency-cruiser.cjs') as { readonly forbidden: readonly Rule[]; readonly options: object };

const engine = 'packages/engine/src';
const server = 'apps/server/src';
const orders = `${server}/features/orders`;
const web = 'apps/web/src';

type Row = readonly [importer: string, imported: string, rule: string | null];

const floorRows: readonly Row[] = engineFloors().flatMap((floor, position, floors) => {
  const above = floors[position + 1];
  if (above === undefined) return [];
  return [
    [`${engine}/${floor}/one.ts`, `${engine}/${above}/index.ts`, 'engine-floors'],
    [`${engine}/${above}/one.ts`, `${engine}/${floor}/index.ts`, null],
  ] satisfies Row[];
});

const rows: readonly Row[] = [
  ...floorRows,
  [`${engine}/money/money.ts`, `${engine}/quality/index.ts`, 'engine-floors'],
  [`${engine}/ledger/posting.ts`, `${engine}/money/index.ts`, null],
  [`${engine}/ledger/posting.ts`, `${engine}/money/money.ts`, 'engine-by-the-front-door'],
  [`${engine}/money/money.ts`, `${engine}/money/rounding.ts`, null],
  [`${engine}/money/money.ts`, 'packages/contract/src/index.ts', 'engine-stands-alone'],
  [`${engine}/money/money.ts`, 'node_modules/pg/index.js', 'engine-stands-alone'],
  [`${engine}/money/money.test.ts`, 'node_modules/fast-check/index.js', null],
  ['packages/contract/src/index.ts', `${engine}/money/index.ts`, 'contract-knows-no-one'],
  ['packages/sdk/src/index.ts', 'packages/contract/src/index.ts', null],
  ['packages/sdk/src/index.ts', `${engine}/money/index.ts`, 'sdk-knows-contract-only'],
  ['packages/sdk/src/index.ts', `${server}/app.ts`, 'packages-never-know-apps'],

  [`${orders}/place-order.ts`, `${server}/features/portfolios/index.ts`, null],
  [`${orders}/place-order.ts`, `${server}/features/portfolios/portfolio-store.ts`, 'server-features-by-the-front-door'],
  [`${orders}/place-order.ts`, `${orders}/order-store.ts`, null],
  [`${orders}/place-order.ts`, 'node_modules/fastify/index.js', 'only-routes-know-http'],
  [`${orders}/place-order.ts`, 'node_modules/@fastify/cookie/index.js', 'only-routes-know-http'],
  [`${orders}/order-routes.ts`, 'node_modules/fastify/index.js', null],
  [`${orders}/order-channel.ts`, 'node_modules/ws/index.js', null],
  [`${orders}/order-socket.ts`, 'node_modules/ws/index.js', null],
  [`${server}/features/stream-hub/stream-client.ts`, 'node_modules/ws/index.js', null],
  [`${orders}/place-order.ts`, 'node_modules/pg/index.js', 'only-stores-know-sql'],
  [`${orders}/place-order.ts`, 'node_modules/kysely/index.js', 'only-stores-know-sql'],
  [`${orders}/order-store.ts`, 'node_modules/pg/index.js', null],
  [`${server}/platform/db/pool.ts`, 'node_modules/pg/index.js', null],
  [`${server}/providers/mail/smtp-mail.ts`, 'node_modules/pg/index.js', 'only-stores-know-sql'],
  [`${server}/compat/tickers-api/ticker-routes.ts`, 'node_modules/pg/index.js', 'only-stores-know-sql'],
  [`${server}/compat/tickers-api/ticker-store.ts`, 'node_modules/kysely/index.js', 'only-stores-know-sql'],
  [`${server}/compat/tickers-api/ticker-routes.ts`, `${server}/features/quotes/index.ts`, null],
  [`${server}/compat/tickers-api/ticker-routes.ts`, `${server}/features/quotes/quote-store.ts`, 'wiring-by-the-front-door'],
  [`${server}/app.ts`, `${orders}/order-desk.ts`, 'wiring-by-the-front-door'],
  [`${server}/compat/tickers-api/ticker-routes.ts`, `${server}/compat/watchlist-api/index.ts`, 'compat-doors-do-not-meet'],
  [`${orders}/place-order.ts`, `${server}/compat/tickers-api/index.ts`, 'features-know-no-door'],
  [`${server}/platform/db/pool.ts`, `${orders}/index.ts`, 'platform-knows-no-feature'],
  [`${server}/providers/mail/smtp-mail.ts`, `${orders}/index.ts`, 'platform-knows-no-feature'],
  [`${orders}/place-order.ts`, `${server}/testing/fixed-clock.ts`, 'tests-stay-in-tests'],
  [`${orders}/place-order.test.ts`, `${server}/testing/fixed-clock.ts`, null],
  [`${server}/app.ts`, 'packages/sdk/src/index.ts', 'server-knows-engine-and-contract'],

  [`${web}/features/orders/order-ticket.tsx`, `${engine}/orders/index.ts`, null],
  [`${web}/features/orders/order-ticket.tsx`, `${engine}/ledger/index.ts`, 'web-knows-little-of-the-engine'],
  [`${web}/features/orders/order-ticket.tsx`, `${web}/features/portfolios/holdings-table.tsx`, 'web-features-do-not-meet'],
  [`${web}/features/orders/order-ticket.tsx`, `${web}/features/orders/use-orders.ts`, null],
  [`${web}/features/orders/order-ticket.tsx`, `${web}/pages/portfolio-page.tsx`, 'web-features-know-no-page'],
  [`${web}/pages/portfolio-page.tsx`, `${web}/features/portfolios/holdings-table.tsx`, null],
  [`${web}/ui/amount.tsx`, `${web}/features/orders/order-ticket.tsx`, 'web-ui-knows-no-feature'],
  ['e2e/sign-in.ts', `${web}/shell/routes.ts`, 'journeys-see-the-outside'],

  [`${orders}/place-order.ts`, `${orders}/missing.ts`, 'nothing-unresolved'],
  [`${orders}/place-order.ts`, 'packages/engine/dist/money/index.js', 'nothing-through-dist'],
  [`${orders}/order-store.ts`, 'node_modules/pg/dist/index.js', null],
];

/** These need more than one import to be broken, and have a test each. */
const provenBelow = ['no-cycles', 'no-orphans', 'declared-dependencies-only'];

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bounds-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test.each(rows)('%s importing %s answers %s', async (importer, imported, rule) => {
  const declared = imported.startsWith('node_modules/') ? [packageName(imported)] : [];
  write('package.json', JSON.stringify({ name: 'house', dependencies: Object.fromEntries(declared.map((name) => [name, '1'])) }));
  if (rule !== 'nothing-unresolved') write(imported, 'export const thing = 1;');
  write(importer, `import { thing } from '${specifier(importer, imported)}'; export const use = thing;`);

  const broken = await rulesBroken([importer], ['no-orphans']);

  expect(broken).toEqual(rule === null ? [] : expect.arrayContaining([rule]));
});

test('two files that import each other are a cycle, unless one needs only types, or needs the other only later', async () => {
  write('packages/sdk/src/index.ts', "import { b } from './b.ts'; export const a = b;");
  write('packages/sdk/src/b.ts', "import { a } from './index.ts'; export const b = () => a;");
  expect(await rulesBroken(['packages/sdk/src'])).toEqual(['no-cycles']);

  write('packages/sdk/src/b.ts', "import type { a } from './index.ts'; export const b = (): typeof a => 1;");
  expect(await rulesBroken(['packages/sdk/src'])).toEqual([]);

  write('packages/sdk/src/b.ts', "export const b = () => import('./index.ts');");
  expect(await rulesBroken(['packages/sdk/src'])).toEqual([]);
});

test('a file nobody imports is an orphan, and a test, a page or a worker is not', async () => {
  for (const name of ['lonely.ts', 'some.test.ts', 'home-page.tsx', 'report-worker.ts']) write(`${web}/${name}`, 'export const thing = 1;');

  expect(await rulesBroken([web])).toEqual(['no-orphans']);
});

test('a package that package.json does not name may not be imported', async () => {
  write('package.json', JSON.stringify({ name: 'house', dependencies: {} }));
  write('node_modules/guest/index.js', 'export const thing = 1;');
  write(`${server}/platform/clock.ts`, "import { thing } from 'guest'; export const use = thing;");

  expect(await rulesBroken([`${server}/platform/clock.ts`])).toEqual(['declared-dependencies-only']);
});

test('a file may hand a type of the database on, which is no SQL', async () => {
  write('package.json', JSON.stringify({ name: 'house', dependencies: { pg: '1' } }));
  write('node_modules/pg/index.js', 'export class Client {}');
  write(`${orders}/place-order.ts`, "import type { Client } from 'pg'; export type Use = Client;");

  expect(await rulesBroken([`${orders}/place-order.ts`])).toEqual([]);
});

test('every rule has a row that breaks it', () => {
  const proven = new Set([...rows.map(([, , rule]) => rule), ...provenBelow]);

  expect(config.forbidden.map(({ name }) => name).filter((name) => !proven.has(name))).toEqual([]);
});

test('every module of the engine stands on a floor', () => {
  const folder = join(import.meta.dirname, '..', engine);
  const modules = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'index.ts')),
  );

  expect(modules.map(({ name }) => name).filter((name) => !engineFloors().includes(name))).toEqual([]);
});

/** The floors from the ground up, as the rules have them: each rule is about one floor, the first about all above the ground. */
function engineFloors(): string[] {
  const [ground] = config.forbidden.filter(({ name }) => name === 'engine-floors');
  const name = (path = '') => path.replace(/^.*\/src\//, '').replace(/[()/]/g, '');
  return [name(ground?.from.path), ...name(ground?.to.path).split('|')];
}

function write(path: string, text: string): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  if (!path.startsWith('node_modules/')) return;
  const main = path.slice(`node_modules/${packageName(path)}/`.length);
  writeFileSync(join(root, 'node_modules', packageName(path), 'package.json'), JSON.stringify({ name: packageName(path), main }));
}

function packageName(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function specifier(from: string, to: string): string {
  if (to.startsWith('node_modules/')) return packageName(to);
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}

async function rulesBroken(paths: string[], ignored: readonly string[] = []): Promise<string[]> {
  const { output } = await cruise(paths, {
    ...config.options,
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: config.forbidden as never },
  });
  if (typeof output === 'string') throw new Error(output);
  return output.summary.violations.map(({ rule }) => rule.name).filter((name) => !ignored.includes(name));
}
