import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;
let portfolioId: string;

beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  portfolioId = (await app.as(ada).post('portfolios', { name: 'Nest egg', kind: 'tracked', baseCurrency: 'USD' })).as<{ id: string }>().id;
});
afterAll(() => app.close());

interface Shown {
  readonly id: string;
  readonly symbol: string | null;
  readonly status: string;
  readonly threshold: string | null;
  readonly [field: string]: unknown;
}
const created = async (body: object, user = ada): Promise<Shown> => {
  const answer = await app.as(user).post('alerts', body);
  expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
  return answer.as<Shown>();
};
const above = (threshold: string, more: object = {}) => ({ condition: 'priceAbove', symbol: 'AAPL', threshold, ...more });

test('an alert is asked, read, changed, paused, snoozed, deleted and restored', async () => {
  const alert = await created(above('1000', { note: ' Sell half ', cooldownSeconds: 60, repeat: 'recurring', channels: ['inApp'] }));
  expect(alert).toMatchObject({
    symbol: 'AAPL',
    currency: 'USD',
    threshold: '1000',
    note: 'Sell half',
    repeat: 'recurring',
    status: 'active',
    channels: ['inApp'],
    price: expect.stringMatching(/^\d+\.\d+$/) as string,
  });
  const path = `alerts/${alert.id}`;
  expect((await app.as(ada).get(path)).as<Shown>()).toEqual(alert);
  const changed = await app.as(ada).patch(path, { threshold: 1100.5, note: '', expiresAt: '2026-02-01T00:00:00.000Z' });
  expect(changed.as<Shown>()).toMatchObject({ threshold: '1100.5', note: '', expiresAt: '2026-02-01T00:00:00.000Z', cooldownSeconds: 60 });
  const paused = await app.as(ada).post(`${path}/deactivate`);
  expect(paused.as<Shown>()).toMatchObject({ status: 'paused', pausedBecause: 'owner' });
  expect((await app.as(ada).post(`${path}/activate`)).as<Shown>()).toMatchObject({ status: 'active', pausedBecause: null });
  const until = '2026-01-06T00:00:00.000Z';
  expect((await app.as(ada).post(`${path}/snooze`, { until })).as<Shown>()).toMatchObject({ snoozedUntil: until });
  expect((await app.as(ada).post(`${path}/snooze`, { until: null })).as<Shown>()).toMatchObject({ snoozedUntil: null });
  expect((await app.as(ada).delete(path)).status).toBe(204);
  expect((await app.as(ada).get(path)).status).toBe(404);
  expect((await app.as(ada).post(`${path}/restore`)).as<Shown>()).toMatchObject({ status: 'active', threshold: '1100.5' });
  expect((await app.as(ada).post(`${path}/restore`)).status).toBe(404);
  expect((await app.as(ada).get(`${path}/events`)).body).toEqual({ items: [], nextCursor: null });
});

test('activating takes off an expiry that has passed', async () => {
  const alert = await created(above('1000', { expiresAt: '2026-01-05T15:31:00.000Z' }));
  app.clock.set('2026-01-05T15:32:00.000Z');
  expect((await app.as(ada).post(`alerts/${alert.id}/activate`)).as<Shown>()).toMatchObject({ expiresAt: null });
});

test.each([
  // body, what is refused
  [{ condition: 'priceAbove', symbol: 'AAPL' }, 'threshold is required.'],
  [{ condition: 'priceAbove', threshold: '5' }, 'symbol is required.'],
  [above('0'), 'threshold must be more than 0.'],
  [above('-5'), 'threshold must be more than 0.'],
  [above('2000000000000'), 'threshold is more than 1,000,000,000,000.'],
  [above('5', { window: '1h' }), 'window is not for priceAbove.'],
  [above('5', { portfolioId: '01980a5e-7c1e-7000-8000-00000000c001' }), 'portfolioId is not for priceAbove.'],
  [above('5', { expiresAt: '2026-01-05T15:30:00.000Z' }), 'expiresAt must lie in the future.'],
  [{ condition: 'percentChange', symbol: 'AAPL', threshold: '5', window: '31d' }, 'window may be 30d at most.'],
  [
    { condition: 'percentChange', symbol: 'AAPL', threshold: '5', window: '1h', reference: '5' },
    'window does not go together with a reference price.',
  ],
  [{ condition: 'newHigh', symbol: 'AAPL', window: '4h' }, 'window is counted in days for newHigh, such as 252d.'],
  [{ condition: 'newHigh', symbol: 'AAPL', window: '9999d' }, 'window may be 3650d at most.'],
  [{ condition: 'rsiCross', symbol: 'AAPL', threshold: '100' }, 'threshold must be less than 100.'],
  [{ condition: 'portfolioValueAbove', threshold: '5' }, 'portfolioId is required.'],
  [{ condition: 'portfolioValueAbove', symbol: 'AAPL', threshold: '5' }, 'symbol is not for portfolioValueAbove.'],
] as const)('%o is refused: %s', async (body, detail) => {
  const answer = await app.as(ada).post('alerts', body);
  expect([answer.status, answer.code, answer.as<{ detail: string }>().detail]).toEqual([422, 'invalid_value', detail]);
});

test('symbols that nobody knows, or that mean several, and portfolios of others are refused', async () => {
  expect((await app.as(ada).post('alerts', above('5', { symbol: 'NOBODY' }))).code).toBe('unknown_symbol');
  const bea = await app.user('bea');
  const foreign = { condition: 'portfolioValueAbove', portfolioId, threshold: '5' };
  expect((await app.as(bea).post('alerts', foreign)).code).toBe('not_found');
  const at = new Date(app.clock.now());
  const listing = { symbol: 'TWICE', name: 'Twice', asset_class: 'stock', currency: 'USD', source: 'import', is_primary: false };
  const rows = ['NYSE', 'TSE'].map((exchange) => ({ ...listing, exchange, id: newId(app.clock.now()), created_at: at, updated_at: at }));
  await app.db.insertInto('instruments').values(rows).execute();
  await app.app.market.instruments.refresh();
  expect((await app.as(ada).post('alerts', above('5', { symbol: 'TWICE' }))).code).toBe('ambiguous_symbol');
  expect((await app.as(ada).get('alerts?symbol=TWICE')).code).toBe('ambiguous_symbol');
});

test('every condition has its own figures and defaults', async () => {
  const shown = async (body: object) => {
    const { threshold, direction, window, reference, average, period, interval, sigmas } = await created(body);
    const figures = { threshold, direction, window, reference, average, period, interval, sigmas };
    return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== null));
  };
  const on = (condition: string, more: object = {}) => ({ condition, symbol: 'MSFT', ...more });
  expect(await shown(on('percentChange', { threshold: '5' }))).toEqual({ threshold: '5', direction: 'either' });
  expect(await shown(on('percentChange', { threshold: '5', reference: 400 }))).toMatchObject({ reference: '400' });
  expect(await shown(on('averageCross'))).toEqual({ average: 'sma', period: 50, interval: '1d', direction: 'either' });
  expect(await shown(on('rsiCross', { threshold: '70' }))).toEqual({ threshold: '70', period: 14, interval: '1d', direction: 'either' });
  expect(await shown(on('newHigh'))).toEqual({ window: '252d' });
  expect(await shown(on('marketMove'))).toEqual({});
  expect(await shown(on('marketMove', { threshold: '4', sigmas: 2 }))).toEqual({ threshold: '4', sigmas: '2' });
  const mine = (condition: string, more: object) => ({ condition, portfolioId, ...more });
  expect(await created(mine('portfolioDayChange', { threshold: '2' }))).toMatchObject({
    currency: 'USD',
    symbol: null,
    direction: 'either',
  });
  expect(await created(mine('positionWeightAbove', { threshold: '0.25', symbol: 'AAPL' }))).toMatchObject({
    symbol: 'AAPL',
    threshold: '0.25',
  });
});

test('a reference price takes the place of a window, and the other way round', async () => {
  const alert = await created({ condition: 'percentChange', symbol: 'AAPL', threshold: '5', window: '4h' });
  const patch = async (body: object) => (await app.as(ada).patch(`alerts/${alert.id}`, body)).as<Shown>();
  expect(await patch({ reference: '200' })).toMatchObject({ window: null, reference: '200' });
  expect(await patch({ window: '1d' })).toMatchObject({ window: '1d', reference: null });
  const refused = await app.as(ada).patch(`alerts/${alert.id}`, { period: 20 });
  expect(refused.as<{ detail: string }>().detail).toBe('period is not for percentChange.');
  const past = await app.as(ada).post(`alerts/${alert.id}/snooze`, { until: '2020-01-01T00:00:00.000Z' });
  expect(past.as<{ detail: string }>().detail).toBe('until must lie in the future.');
});

test('the list filters, searches, sorts and pages', async () => {
  const cleo = await app.user('cleo');
  const ids: string[] = [];
  for (const [symbol, note] of [
    ['MSFT', ''],
    ['AAPL', 'for the house'],
    ['NVDA', ''],
  ] as const) {
    ids.push((await created({ condition: 'priceBelow', symbol, threshold: '1', note }, cleo)).id);
    app.clock.advance(1000);
  }
  const list = async (query: string) => {
    const { items, nextCursor } = (await app.as(cleo).get(`alerts?${query}`)).as<{ items: Shown[]; nextCursor: string | null }>();
    return { symbols: items.map(({ symbol }) => symbol).join(' '), nextCursor };
  };
  expect((await list('')).symbols).toBe('NVDA AAPL MSFT');
  expect((await list('sort=createdAt')).symbols).toBe('MSFT AAPL NVDA');
  expect((await list('sort=-lastFiredAt')).symbols).toBe('NVDA AAPL MSFT');
  for (const sort of ['symbol', '-symbol', '-createdAt', '-lastFiredAt', 'lastFiredAt']) {
    const first = await list(`sort=${sort}&limit=2`);
    const second = await list(`sort=${sort}&limit=2&cursor=${first.nextCursor ?? ''}`);
    expect(`${first.symbols} ${second.symbols}`).toBe((await list(`sort=${sort}`)).symbols);
    expect(second.nextCursor).toBeNull();
  }
  expect((await list('search=HOUSE')).symbols).toBe('AAPL');
  expect((await list('search=microsoft')).symbols).toBe('MSFT');
  expect((await list('symbol=NVDA')).symbols).toBe('NVDA');
  expect((await list('condition=priceAbove')).symbols).toBe('');
  await app.as(cleo).post(`alerts/${ids[0] ?? ''}/deactivate`);
  expect((await list('status=paused')).symbols).toBe('MSFT');
  expect((await list('status=active')).symbols).toBe('NVDA AAPL');
  expect((await app.as(cleo).get('alerts?cursor=x')).code).toBe('invalid_value');
});

test('1,000 alerts are the most', async () => {
  const dora = await app.user('dora');
  const now = app.clock.now();
  const at = new Date(now);
  const row = { user_id: dora.id, condition: 'priceAbove', instrument_key: 1, repeat: 'once', channels: ['inApp'] };
  const rows = Array.from({ length: 1_000 }, () => ({ ...row, id: newId(now), asked_at: at, created_at: at, updated_at: at }));
  await app.db.insertInto('alerts').values(rows).execute();
  const refused = await app.as(dora).post('alerts', above('5'));
  expect([refused.code, refused.as<{ detail: string }>().detail]).toEqual([
    'conflict',
    'You have 1,000 alerts, the most there can be. Delete one first.',
  ]);
});

test('what a significant move is can be said once for all', async () => {
  expect((await app.as(ada).get('alert-settings')).body).toEqual({ marketMovePercent: '5', marketMoveSigmas: '3' });
  const changed = await app.as(ada).patch('alert-settings', { marketMovePercent: '2.5' });
  expect(changed.body).toEqual({ marketMovePercent: '2.5', marketMoveSigmas: '3' });
  expect((await app.as(ada).patch('alert-settings', { marketMoveSigmas: 0 })).code).toBe('invalid_value');
  expect((await app.as(ada).get('alert-settings')).body).toEqual({ marketMovePercent: '2.5', marketMoveSigmas: '3' });
});
