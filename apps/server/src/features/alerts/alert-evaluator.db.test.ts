import { decimal } from '@holdfast/engine/money';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { ask, listSymbol, storeBar, tick, titlesOf } from '../../testing/hand-made-market.ts';
import type { TestListing } from '../../testing/hand-made-market.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let app: TestApp;
let ada: TestUser;
let acme: TestListing;

beforeEach(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  acme = await listSymbol(app, 'ACME');
  await app.app.alerts.evaluator.start();
});
afterEach(() => app.close());

const evaluator = () => app.app.alerts.evaluator;
const asked = (body: object) => ask([app], ada, { symbol: 'ACME', ...body });
const prices = async (...values: readonly string[]): Promise<void> => {
  for (const value of values) await tick([app], acme, value);
};
const post = async (path: string, body?: object): Promise<void> => {
  expect((await app.as(ada).post(path, body)).status).toBe(200);
  await evaluator().settled();
};

test('an alert that asks once answers once: event, state and notification', async () => {
  await prices('199');
  const alert = await asked({ condition: 'crosses', threshold: '200', note: 'Sell half' });
  await prices('199.5', '201.25', '199', '202');
  expect((await app.as(ada).get(`alerts/${alert.id}/events`)).body).toMatchObject({
    items: [{ symbol: 'ACME', before: '199.5', value: '201.25', level: '200', price: '201.25', priceBefore: '199.5', direction: 'rising' }],
  });
  expect((await app.as(ada).get(`alerts/${alert.id}`)).body).toMatchObject({ status: 'fired', firedCount: 1, price: '202' });
  const rows = await app.db.selectFrom('notifications').selectAll().execute();
  expect(rows).toMatchObject([
    {
      user_id: ada.id,
      kind: 'alert',
      title: 'ACME rose to 200.00 USD or above',
      body: 'It stands at 201.25 USD, after 199.50 USD. Your note: Sell half',
      link: `/alerts/${alert.id}`,
    },
  ]);
  expect(evaluator().size).toBe(0);
});

test('a recurring alert answers again when its condition has been false, and not while it cools down', async () => {
  const often = await asked({ condition: 'priceAbove', threshold: '200', repeat: 'recurring' });
  const calm = await asked({ condition: 'priceAbove', threshold: '200', repeat: 'recurring', cooldownSeconds: 4 });
  await prices('201', '202', '199', '203', '199', '204');
  // A price a second: 203 comes three seconds after 201, 204 five.
  expect(await often.told()).toEqual(['? > 201', '199 > 203', '199 > 204']);
  expect(await calm.told()).toEqual(['? > 201', '199 > 204']);
});

test('what the owner does to an alert holds from the next price on', async () => {
  const alert = await asked({ condition: 'crossesUp', threshold: '200', repeat: 'recurring' });
  const path = `alerts/${alert.id}`;
  await prices('199');
  await post(`${path}/snooze`, { until: new Date(app.clock.now() + 2_500).toISOString() });
  await prices('201', '199', '202');
  expect(await alert.told()).toEqual(['199 > 202']);
  await post(`${path}/deactivate`);
  await prices('199', '203');
  await post(`${path}/activate`);
  await prices('204', '199', '205');
  expect(await alert.told()).toEqual(['199 > 202', '199 > 205']);
  expect((await app.as(ada).patch(path, { threshold: '300' })).status).toBe(200);
  await evaluator().settled();
  await prices('299', '301');
  expect((await app.as(ada).delete(path)).status).toBe(204);
  await evaluator().settled();
  expect(evaluator().size).toBe(0);
  await post(`${path}/restore`);
  await prices('299', '302');
  expect(await alert.told()).toEqual(['199 > 202', '199 > 205', '299 > 301', '299 > 302']);
});

test('an alert that fires 16 times within three minutes pauses itself and says so', async () => {
  const alert = await asked({ condition: 'crosses', threshold: '200', repeat: 'recurring' });
  for (let round = 0; round < 10; round += 1) await prices('199', '201');
  expect((await alert.told()).length).toBe(16);
  expect((await app.as(ada).get(`alerts/${alert.id}`)).body).toMatchObject({ status: 'paused', pausedBecause: 'storm', firedCount: 16 });
  const last = await app.db.selectFrom('notifications').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
  expect(last).toMatchObject({ severity: 'warning', body: expect.stringContaining('paused itself') as string });
});

test('between two prices the extremes of the day count', async () => {
  const alert = await asked({ condition: 'crossesUp', threshold: '200', repeat: 'recurring' });
  const day = { previousClose: null };
  await tick([app], acme, { price: '199', ...day, high: decimal('199'), low: decimal('198') });
  await tick([app], acme, { price: '199', ...day, high: decimal('205'), low: decimal('198') });
  await tick([app], acme, { price: '199', ...day, high: decimal('205'), low: decimal('198') });
  expect(await alert.told()).toEqual(['199 > 205']);
});

test('a change against the previous close, within a time, and against a price', async () => {
  const day = await asked({ condition: 'percentChange', threshold: '5' });
  const since = await asked({ condition: 'percentChange', threshold: '10', reference: '200', direction: 'up' });
  const window = await asked({ condition: 'percentChange', threshold: '3', window: '1m', direction: 'up' });
  const close = { previousClose: decimal('200') };
  await tick([app], acme, { price: '209.99', ...close });
  app.clock.advance(MINUTE_MS);
  // 210 is 5 % above 200 and 0.005 % above 209.99; 217 is 3.34 % above it; 220 is 10 % above 200.
  await tick([app], acme, { price: '210', ...close });
  await tick([app], acme, { price: '217', ...close });
  await tick([app], acme, { price: '220', ...close });
  expect(await day.told()).toEqual(['4.995 > 5']);
  expect(await window.told()).toHaveLength(1);
  expect(await since.told()).toEqual(['217 > 220']);
  expect(await titlesOf(app.db, ada)).toContain('ACME moved by 5.00 %');
});

test('the volume of the day', async () => {
  const alert = await asked({ condition: 'volumeAbove', threshold: '1000' });
  await tick([app], acme, { price: '10', volume: decimal('999') });
  await tick([app], acme, { price: '10', volume: decimal('1000') });
  expect(await alert.told()).toEqual(['999 > 1000']);
});

test('a new high of the days before, and the next one above it', async () => {
  const today = Math.floor(app.clock.now() / DAY_MS) * DAY_MS;
  for (const [days, high] of [
    [300, '500'],
    [20, '210'],
    [2, '205'],
  ] as const)
    await storeBar(app.db, acme, { at: today - days * DAY_MS, interval: '1d', high, low: '190', close: '200' });
  const alert = await asked({ condition: 'newHigh', window: '252d', repeat: 'recurring' });
  await prices('210', '211', '215', '214', '214.5', '216');
  expect(await alert.told()).toEqual(['210 > 211', '214.5 > 216']);
});

test('a significant move is 5 %, or three deviations of 20 daily returns, or what the owner says', async () => {
  const today = Math.floor(app.clock.now() / DAY_MS) * DAY_MS;
  // Returns of +1 % and -1 % in turn: a deviation of about 1.03 %, three of them 3.08 %.
  let close = 100;
  for (let day = 25; day >= 2; day -= 1) {
    close *= day % 2 === 0 ? 1.01 : 0.99;
    const text = close.toFixed(6);
    await storeBar(app.db, acme, { at: today - day * DAY_MS, interval: '1d', high: text, low: text, close: text });
  }
  const byDeviation = await asked({ condition: 'marketMove' });
  const byOwner = await asked({ condition: 'marketMove', sigmas: '100', threshold: '4' });
  await tick([app], acme, { price: '103', previousClose: decimal('100') });
  expect([await byDeviation.status(), await byOwner.status()]).toEqual(['active', 'active']);
  await tick([app], acme, { price: '103.2', previousClose: decimal('100') });
  expect([await byDeviation.status(), await byOwner.status()]).toEqual(['fired', 'active']);
  await tick([app], acme, { price: '104', previousClose: decimal('100') });
  expect(await byOwner.status()).toBe('fired');
  const kinds = await app.db.selectFrom('notifications').select('kind').execute();
  expect(kinds).toEqual([{ kind: 'marketMove' }, { kind: 'marketMove' }]);
});

test('settings of what is significant reach the alerts that follow them', async () => {
  const alert = await asked({ condition: 'marketMove' });
  expect((await app.as(ada).patch('alert-settings', { marketMovePercent: '1' })).status).toBe(200);
  await evaluator().settled();
  await tick([app], acme, { price: '101', previousClose: decimal('100') });
  expect(await alert.status()).toBe('fired');
});

test('averages and relative strength are looked at when a day is complete', async () => {
  const today = Math.floor(app.clock.now() / DAY_MS) * DAY_MS;
  const bar = (daysAgo: number, close: string) =>
    storeBar(app.db, acme, { at: today - daysAgo * DAY_MS, interval: '1d', high: close, low: close, close });
  for (const [daysAgo, close] of [
    [4, '102'],
    [3, '101'],
    [2, '100'],
    [1, '99'],
  ] as const)
    await bar(daysAgo, close);
  const average = await asked({ condition: 'averageCross', period: 2, direction: 'up' });
  const strength = await asked({ condition: 'rsiCross', period: 2, threshold: '50', direction: 'up' });
  await evaluator().lookAtBars();
  // Today grows to 105: the average of 99 and 105 is 102, 3 below the close. Nobody is told before the day is over.
  await bar(0, '105');
  await evaluator().lookAtBars();
  await evaluator().settled();
  expect(await average.told()).toEqual([]);
  app.clock.advance(DAY_MS);
  await evaluator().lookAtBars();
  await evaluator().lookAtBars();
  await evaluator().settled();
  // Yesterday: 99 - (100 + 99) / 2 = -0.5.
  expect(await average.told()).toEqual(['-0.5 > 3']);
  expect(await strength.told()).toHaveLength(1);
  expect(await titlesOf(app.db, ada)).toContain('ACME closed above its average of 2 bars');
});

test('the value of a portfolio, its day and a position in it', async () => {
  const { id } = (await app.as(ada).post('portfolios', { name: 'Nest egg', kind: 'tracked', baseCurrency: 'USD' })).as<{ id: string }>();
  const record = (fact: object) => app.as(ada).post(`portfolios/${id}/transactions`, { tradedAt: '2026-01-02', ...fact });
  expect((await record({ type: 'deposit', amount: '2000' })).status).toBe(201);
  expect((await record({ type: 'buy', symbol: 'ACME', quantity: '10', price: '100' })).status).toBe(201);
  const mine = (body: object) => ask([app], ada, { portfolioId: id, ...body });
  const value = await mine({ condition: 'portfolioValueAbove', threshold: '2100' });
  const day = await mine({ condition: 'portfolioDayChange', threshold: '4', direction: 'up' });
  const weight = await mine({ condition: 'positionWeightAbove', symbol: 'ACME', threshold: '0.55' });
  const close = { previousClose: decimal('100') };
  // 10 x 109.50 + 1,000 = 2,095: 95 of 2,000 are 4.75 % and 1,095 of it 52.3 %.
  await tick([app], acme, { price: '109.5', ...close });
  expect([await value.status(), await day.status(), await weight.status()]).toEqual(['active', 'fired', 'active']);
  await tick([app], acme, { price: '110', ...close });
  expect(await value.told()).toEqual(['2095 > 2100']);
  // 10 x 125 of 2,250 are 55.6 %.
  await tick([app], acme, { price: '125', ...close });
  expect(await weight.status()).toBe('fired');
  expect(await titlesOf(app.db, ada)).toEqual([
    'Nest egg changed by 4.75 % today',
    'Nest egg is worth 2,100.00 USD or more',
    'ACME makes up 55.00 % or more of Nest egg',
  ]);
});

test('the sweep finds what no tick told of, once', async () => {
  await prices('199');
  const alert = await asked({ condition: 'crossesUp', threshold: '200', repeat: 'recurring' });
  await evaluator().sweep();
  const from = Math.ceil(app.clock.now() / MINUTE_MS) * MINUTE_MS;
  await storeBar(app.db, acme, { at: from, interval: '1m', high: '204', low: '198', close: '199' });
  await storeBar(app.db, acme, { at: from + MINUTE_MS, interval: '1m', high: '199.5', low: '198', close: '199' });
  app.clock.set(from + 5 * MINUTE_MS);
  await evaluator().sweep();
  await evaluator().sweep();
  await evaluator().settled();
  expect(await alert.told()).toEqual(['199 > 204']);
});

test('the sweep marks what has expired, and lets go of what was deleted a day ago', async () => {
  const short = await asked({ condition: 'priceAbove', threshold: '200', expiresAt: new Date(app.clock.now() + 5_000).toISOString() });
  const gone = await asked({ condition: 'priceAbove', threshold: '200' });
  await app.as(ada).delete(`alerts/${gone.id}`);
  app.clock.advance(DAY_MS + 1);
  await prices('201');
  expect(await short.told()).toEqual([]);
  await evaluator().sweep();
  await evaluator().settled();
  expect([await short.status(), evaluator().size]).toEqual(['expired', 0]);
  expect(await app.db.selectFrom('alerts').select('id').execute()).toEqual([{ id: short.id }]);
});
