/**
 * Proves that the lint rules of the house still bite, and only where they should: each row is a file's place, a line of code, and what
 * the linter must say to it (a part of its message, or nothing). A rule that is switched off, or whose files no longer match, fails.
 */
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..');
const engine = 'packages/engine/src';
const server = 'apps/server/src';

const noClock = 'The time is handed in';
const noChance = 'Chance is handed in';
const noFloat = 'Amounts are Decimal, never number';
const exact = 'Amounts are Decimal here';
const noSleep = 'Wait for what happens';
const figures = 'ui/figures shows every number';

type Row = readonly [file: string, code: string, answer: string | null];

const rows: readonly Row[] = [
  [`${engine}/money/money.ts`, 'export enum Side { Buy }', 'union of string literals'],
  [`${engine}/money/money.ts`, 'export default 1;', 'Export by name'],
  [`${engine}/money/index.ts`, "export * from './money.ts';", 'names what it shows'],
  [`${server}/app.ts`, "export * from './config.ts';", 'names what it shows'],
  [`${server}/app.ts`, 'export interface IApp { a: 1 }', 'without an I before it'],
  [`${server}/app.ts`, 'export interface Instrument { a: 1 }', null],
  [`${server}/app.ts`, 'export const a = (b: number | null) => b!;', 'non-null'],
  [`${server}/app.ts`, 'export const a = (b: any) => b;', 'any'],
  [`${server}/app.ts`, '// @ts-ignore\nexport const a = 1;', 'ts-ignore'],
  [`${server}/config/settings.ts`, 'export const a = (b: 1, c: 2, d: 3, e: 4) => [b, c, d, e];', 'too many parameters'],
  [`${server}/config/settings.ts`, `export function a() {\n${'  a();\n'.repeat(70)}}`, 'too many lines'],
  [`${server}/app.ts`, 'export const a = 1;\n'.repeat(401), 'too many lines'],
  [`${server}/app.ts`, 'export const a = (b: number) => b == 1;', '==='],
  [`${server}/app.ts`, 'console.log(1);', 'console'],
  [`${server}/app.ts`, 'const a = 1;', 'never used'],

  [`${engine}/time/day.ts`, 'export const a = Date.now();', noClock],
  [`${engine}/time/day.ts`, 'export const a = Date.now;', noClock],
  [`${engine}/time/day.ts`, 'export const a = new Date();', noClock],
  [`${engine}/time/day.ts`, 'export const a = new Date(0);', null],
  [`${engine}/time/day.ts`, 'export const a = performance.now();', 'time passes'],
  [`${engine}/time/day.ts`, 'export const a = Math.random();', noChance],
  [`${engine}/matching/fill-model.ts`, 'export const a = Math.random();', noChance],
  [`${engine}/performance/risk.ts`, "export const a = Number('1.1');", 'Write a number as a number'],
  [`${engine}/performance/risk.ts`, "export const a = Number('1.1');", 'Write a number as a number'],
  [`${engine}/performance/risk.ts`, "export const a = parseFloat('1.1');", noFloat],
  [`${engine}/performance/risk.ts`, "export const a = Number.parseFloat('1.1');", noFloat],
  [`${engine}/performance/risk.ts`, 'export const a = (b: number) => b.toFixed(2);', 'Format with the money module'],
  [`${engine}/performance/risk.ts`, 'export const a = (b: bigint) => Number(b);', null],
  [`${engine}/ledger/balance.ts`, 'export const a = (b: bigint) => Number(b);', exact],
  [`${engine}/money/money.ts`, "export const a = Number('1.1');", exact],
  [`${engine}/orders/order.ts`, 'export const a = (b: string) => +b;', exact],
  [`${engine}/money/decimal.ts`, 'export const a = (b: bigint) => Number(b);', null],
  [`${engine}/money/decimal.test.ts`, 'export const a = (b: bigint) => Number(b);', null],

  [`${server}/features/orders/place-order.ts`, 'export const a = Date.now();', noClock],
  [`${server}/features/orders/place-order.ts`, 'export const a = new Date();', noClock],
  [`${server}/features/orders/place-order.ts`, 'export const a = Temporal.Now.instant();', noClock],
  [`${server}/features/orders/place-order.ts`, 'export const a = Math.random();', noChance],
  [`${server}/features/orders/place-order.ts`, 'export const a = performance.now();', null],
  [`${server}/features/orders/place-order.ts`, 'export const a = process.pid;', 'The process is touched in main.ts'],
  [
    `${server}/features/orders/place-order.ts`,
    "import { pid } from 'node:process'; export const a = pid;",
    'The process is touched in main.ts',
  ],
  [`${server}/config.ts`, "export const a = process.env['A'];", 'The environment is read once'],
  [`${server}/platform/db/embedded/settings.ts`, "export const a = process.env['A'];", 'The environment is read once'],
  [`${server}/platform/db/embedded/settings.ts`, 'export const a = process.platform;', null],
  [`${server}/platform/clock.ts`, 'export const a = Date.now();', null],
  [`${server}/main.ts`, "export const a = [process.env['A'], process.pid];", null],

  ['apps/web/src/pages/home-page.tsx', 'export const a = (b: number) => b.toFixed(2);', figures],
  ['apps/web/src/pages/home-page.tsx', 'export const a = (b: number) => b.toLocaleString();', figures],
  ['apps/web/src/pages/home-page.tsx', "export const a = new Intl.NumberFormat('en');", figures],
  ['apps/web/src/ui/figures/amount.tsx', "export const a = new Intl.NumberFormat('en');", null],

  [`${engine}/money/money.test.ts`, "test.only('a', () => {});", 'A lone test'],
  [`${engine}/money/money.test.ts`, "describe.only('a', () => {});", 'A lone test'],
  [`${server}/app.db.test.ts`, "test.skip('a', () => {});", 'A test runs or is deleted'],
  [`${server}/app.db.test.ts`, "it.todo('a');", 'A test runs or is deleted'],
  [`${server}/app.db.test.ts`, "test.skipIf(true)('a', () => {});", 'A test runs or is deleted'],
  [`${server}/app.db.test.ts`, "vi.mock('./config.ts');", 'not mocked'],
  [`${server}/app.db.test.ts`, 'setTimeout(() => {}, 1);', noSleep],
  [`${server}/app.db.test.ts`, "import { setTimeout } from 'node:timers/promises'; await setTimeout(1);", noSleep],
  ['apps/web/src/ui/amount.test.tsx', "test.only('a', () => {});", 'A lone test'],
  ['e2e/sign-in.ts', "test.only('a', () => {});", 'A lone test'],
  [`${server}/app.db.test.ts`, "test('a', () => {});", null],

  ['tools/ready/say.mjs', 'export default 1;', 'Export by name'],
  ['tools/ready/say.mjs', 'console.log(1);', null],
  ['vitest.config.ts', 'export default 1;', null],
];

/** Without types, so that a row needs no file on the disk and no program around it. */
const linter = new ESLint({ cwd: repository, overrideConfig: [tseslint.configs.disableTypeChecked] });

test.each(rows)('%s: %j answers %j', async (file, code, answer) => {
  const messages = await say(linter, file, code);

  expect(messages).toEqual(answer === null ? [] : expect.arrayContaining([expect.stringContaining(answer)]));
});

test('every message of the house has a row', async () => {
  const places = [...new Set(rows.map(([file]) => file))];
  const configs = await Promise.all(places.map((file) => linter.calculateConfigForFile(join(repository, file)) as Promise<Config>));
  const messages = new Set(configs.flatMap(({ rules }) => restricted(rules)));
  const answers = rows.flatMap(([, , answer]) => answer ?? []);

  expect([...messages].filter((message) => !answers.some((answer) => message.includes(answer)))).toEqual([]);
});

/** Reads every type that tools/ reaches, which takes a while beside other tests. */
const typesWithinMs = 120_000;

test('what needs types bites too', { timeout: typesWithinMs }, async () => {
  const typed = new ESLint({ cwd: repository });
  const file = 'tools/lint.test.ts';

  expect(await say(typed, file, 'async function a() {}\na();')).toEqual([expect.stringContaining('Promises must be awaited')]);
  expect(await say(typed, file, "export function a(b: 'x' | 'y') { switch (b) { case 'x': return 1; default: return 2; } }")).toEqual([
    expect.stringContaining('Switch is not exhaustive'),
  ]);
  expect(await say(typed, file, "import { ESLint } from 'eslint'; export const a = (b: ESLint) => b;")).toEqual([
    expect.stringContaining('only used as types'),
  ]);
});

interface Config {
  readonly rules: Readonly<Record<string, readonly [number, ...({ readonly message?: string } | undefined)[]]>>;
}

function restricted(rules: Config['rules']): string[] {
  return ['no-restricted-syntax'].flatMap((name) =>
    (rules[name] ?? []).flatMap((entry) => (typeof entry === 'object' ? (entry.message ?? []) : [])),
  );
}

/** What the linter says; the same words twice count once, since two selectors may catch one mistake. */
async function say(eslint: ESLint, file: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath: join(repository, file) });
  return [...new Set(results.flatMap(({ messages }) => messages.map(({ message }) => message)))];
}
