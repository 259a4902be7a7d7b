/** Bodies that are no portfolio, change, reset or movement of cash: each field wrong in type, size, sign and precision, and unknown ones. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { notExact } from '../../testing/wrong-values.ts';

let app: TestApp;
let trader: PaperTrader;
let id: string;
let before: unknown;
let mine: number;
beforeAll(async () => {
  app = await startTestApp();
  trader = await paperTrader(app, 'trader');
  id = await trader.open();
  before = await everything();
  mine = await count();
});
afterAll(async () => {
  // None of it left anything behind.
  expect([await everything(), await count()]).toEqual([before, mine]);
  await app.close();
});

async function everything() {
  return (await trader.client.get(`portfolios/${id}`)).body;
}
async function count() {
  return (await trader.client.get('portfolios?limit=500')).as<{ items: unknown[] }>().items.length;
}

const notText = [null, 1, true, [], ['x'], {}];
const notWord = [...notText, '', 'x'];
const notFee = [...notExact, '-0.01', -1, '1000000.01'];
const notCash = [...notExact, '-1', '-0.01', -1, '0.001', '1000000000000.01', '99999999999999999999'];
const notMoved = [...notCash, '0', '0.00', 0, '-0'];
const names = [...notText, '', ' ', '\t\n', 'x'.repeat(101)];
const zones = [...notText, '', 'Mars/Olympus', '+01:00', 'UTC+1', 'x'.repeat(65)];
const settings: readonly (readonly [path: string, values: readonly unknown[]])[] = [
  ['', [null, 1, 'x', true, [], [{}]]],
  ['fillModel', [...notWord, 'Instant']],
  ['slippageBasisPoints', [null, '1', 0.5, -1, 1001, true, [1], {}]],
  ['tradingHours', [...notWord, 'never']],
  ['fees', [null, 1, '1', [], true]],
  ['fees.fixed', notFee],
  ['fees.basisPoints', [null, '1', -0.01, 1000.01, 0.001, true, [1], {}]],
  ['fees.minimum', notFee],
];

/** The body with a value put at a dotted path. */
function put(body: object, path: string, value: unknown): object {
  const [first = '', ...others] = path.split('.');
  const inside = (body as Readonly<Record<string, object | undefined>>)[first];
  return { ...body, [first]: others.length === 0 ? value : put(inside ?? {}, others.join('.'), value) };
}

const create = { name: 'Never', kind: 'paper' };
type Case = readonly [method: 'post' | 'patch', url: string, body: object, path: string, value: unknown];
const cases = (
  method: 'post' | 'patch',
  url: string,
  body: object,
  fields: readonly (readonly [string, readonly unknown[]])[],
): readonly Case[] => fields.flatMap(([path, values]) => values.map((value) => [method, url, body, path, value] as const));
const inSettings = settings.map(([path, values]) => [path === '' ? 'settings' : `settings.${path}`, values] as const);

test.each([
  ...cases('post', 'portfolios', create, [
    ['name', names],
    ['description', [...notText, 'x'.repeat(2_001)]],
    ['kind', [...notWord, 'Paper', 'real']],
    ['cashMode', [...notWord, 'none', 'implied']],
    ['baseCurrency', [...notText, '', 'usd', 'US', 'ZZZ', 'DOLLARS', 'U$D']],
    ['timeZone', zones],
    ['costMethod', [...notWord, 'FIFO', 'specific']],
    ['startingCash', notCash],
    ...inSettings,
  ]),
  ...cases('post', 'portfolios', { ...create, baseCurrency: 'JPY' }, [['startingCash', ['0.5', 100.5]]]),
  ...cases('post', 'portfolios', { ...create, kind: 'tracked' }, [['settings', [{}, { fillModel: 'instant' }]]]),
  ...cases('post', 'portfolios', { ...create, kind: 'tracked', cashMode: 'implied' }, [['startingCash', ['1', 0]]]),
  ...cases('patch', 'portfolios/:id', {}, [
    ['name', names],
    ['description', [...notText, 'x'.repeat(2_001)]],
    ['timeZone', zones],
    ['costMethod', [...notWord, 'FIFO']],
    ['archived', [null, 1, 0, 'true', '', [], {}]],
    ...inSettings,
  ]),
  ...cases('post', 'portfolios/:id/reset', {}, [['startingCash', notCash]]),
  ...cases('post', 'portfolios/:id/clone', {}, [['name', names]]),
  ...cases('post', 'portfolios/:id/cash', { type: 'deposit', amount: '1' }, [
    ['type', [...notWord, 'Deposit', 'interest']],
    ['amount', notMoved],
    ['currency', [...notText, '', 'usd', 'ZZZ', 'DOLLARS']],
  ]),
  ...cases('post', 'portfolios/:id/cash', { type: 'withdrawal', amount: '1' }, [['amount', notMoved]]),
  ...cases('post', 'portfolios/:id/cash', { type: 'deposit', amount: '1', currency: 'JPY' }, [['amount', ['0.5']]]),
])('%s %s %j: %s cannot be %j', async (method, url, body, path, value) => {
  const answer = await trader.client[method](url.replace(':id', id), put(body, path, value));
  expect([answer.status, answer.code, answer.as<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([422, 'invalid_value', path]);
});

test.each([
  ['post', 'portfolios', { kind: 'paper' }, 'name'],
  ['post', 'portfolios', { name: 'Never' }, 'kind'],
  ['post', 'portfolios/:id/cash', { amount: '1' }, 'type'],
  ['post', 'portfolios/:id/cash', { type: 'deposit' }, 'amount'],
] as const)('%s %s %j lacks %s', async (method, url, body, path) => {
  const answer = await trader.client[method](url.replace(':id', id), body);
  expect([answer.code, answer.as<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual(['invalid_value', path]);
});

test.each([
  ...['id', 'userId', 'epoch', 'isDefault', 'cash', 'creditLimit', 'createdAt', 'Name'].map(
    (field) => ['post', 'portfolios', create, field] as const,
  ),
  // The rest of a portfolio is settled when it is opened.
  ...['kind', 'cashMode', 'baseCurrency', 'startingCash', 'cash', 'id', 'archivedAt'].map(
    (field) => ['patch', 'portfolios/:id', {}, field] as const,
  ),
  ...['settings.shorting', 'settings.fees.rate'].flatMap((field) => [
    ['post', 'portfolios', create, field] as const,
    ['patch', 'portfolios/:id', {}, field] as const,
  ]),
  ['post', 'portfolios/:id/reset', {}, 'epoch'],
  ['post', 'portfolios/:id/clone', {}, 'startingCash'],
  ['post', 'portfolios/:id/cash', { type: 'deposit', amount: '1' }, 'balance'],
] as const)('%s %s %j knows no field %s', async (method, url, body, path) => {
  const answer = await trader.client[method](url.replace(':id', id), put(body, path, '1'));
  expect([answer.status, answer.code, answer.as<{ errors: { path: string }[] }>().errors[0]?.path]).toEqual([422, 'unknown_field', path]);
});

test.each([
  ['post', 'portfolios', { ...create, name: 'a\u0000b' }],
  ['post', 'portfolios', { ...create, description: '\u0000' }],
  ['post', 'portfolios', { ...create, timeZone: 'UTC\u0000' }],
  ['patch', 'portfolios/:id', { name: 'a\u0000b' }],
  ['patch', 'portfolios/:id', { description: '\u0000' }],
  ['post', 'portfolios/:id/clone', { name: 'a\u0000b' }],
] as const)('%s %s %j: what PostgreSQL cannot keep is refused', async (method, url, body) => {
  expect((await trader.client[method](url.replace(':id', id), body)).code).toBe('invalid_value');
});

test.each([[[]], ['text'], [5], [true]])('%j is no body', async (body) => {
  const headers = { 'content-type': 'application/json' };
  const options = { payload: JSON.stringify(body), headers };
  for (const url of ['portfolios', `portfolios/${id}/reset`, `portfolios/${id}/clone`, `portfolios/${id}/cash`])
    expect((await trader.client.post(url, undefined, options)).code).toBe('invalid_value');
  expect((await trader.client.patch(`portfolios/${id}`, undefined, options)).code).toBe('invalid_value');
});
