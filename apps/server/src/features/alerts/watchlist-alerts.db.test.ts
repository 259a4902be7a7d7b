import { decimal, formatDecimal } from '@holdfast/engine/money';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { ask, listSymbol, storeBar, tick, titlesOf } from '../../testing/hand-made-market.ts';
import type { TestListing } from '../../testing/hand-made-market.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let first: TestApp;
let ada: TestUser;
let listings: Readonly<Record<'ACME' | 'BOLT' | 'COIL', TestListing>>;
let listId: string;
const others: TestApp[] = [];

async function begin(options: Parameters<typeof startTestApp>[0]): Promise<void> {
  first = await startTestApp(options);
  ada = await first.user('ada', 'premium');
  const [ACME, BOLT, COIL] = [await listSymbol(first, 'ACME'), await listSymbol(first, 'BOLT'), await listSymbol(first, 'COIL')];
  listings = { ACME, BOLT, COIL };
  listId = await listOf('Parts', 'ACME', 'BOLT');
}
beforeEach(() => begin({}));
afterEach(async () => {
  for (const app of others.splice(0)) await app.close();
  await first.close();
});

type Symbol = keyof typeof listings;
const client = () => first.as(ada);
const evaluator = () => first.app.alerts.evaluator;

async function listOf(name: string, ...symbols: readonly string[]): Promise<string> {
  const { id } = (await client().post('watchlists', { name })).as<{ id: string }>();
  await client().post(`watchlists/${id}/items`, { items: symbols.map((symbol) => ({ symbol })) });
  return id;
}
/** Prices in the order in which they come: "ACME 199". */
async function prices(apps: readonly TestApp[], ...shown: readonly string[]): Promise<void> {
  for (const one of shown) {
    const [symbol, price] = one.split(' ') as [Symbol, string];
    await tick(apps, listings[symbol], price);
  }
}
async function asked(body: object, apps: readonly TestApp[] = [first]) {
  const { id } = await ask(apps, ada, { watchlistId: listId, ...body });
  const shown = async () => (await client().get(`alerts/${id}`)).as<Shown>();
  return { id, path: `alerts/${id}`, shown, told: () => toldOf(id) };
}
interface Shown {
  readonly id: string;
  readonly status: string;
  readonly firedCount: number;
  readonly members: object | null;
}
/** What an alert told, oldest first. */
async function toldOf(id: string): Promise<readonly string[]> {
  const rows = await first.db
    .selectFrom('alert_events as e')
    .innerJoin('alerts as a', 'a.id', 'e.alert_id')
    .innerJoin('instruments as i', 'i.key', 'a.instrument_key')
    .select(['i.symbol', 'e.before', 'e.value', 'e.price'])
    .where('a.parent_id', '=', id)
    .orderBy('e.id')
    .execute();
  const shown = (value: string | null) => (value === null ? '?' : formatDecimal(decimal(value)));
  return rows.map(({ symbol, before, value, price }) => `${symbol} ${shown(before)} > ${shown(value)} at ${shown(price)}`);
}
const change = async (work: Promise<{ readonly status: number }>): Promise<void> => {
  expect((await work).status).toBeLessThan(300);
  await evaluator().settled();
};
/** Two servers on one database, which hear of each other through it. */
async function beginTwo(): Promise<TestApp> {
  await first.close();
  await begin({ postgresBus: true });
  return another();
}
async function another(): Promise<TestApp> {
  const app = await startTestApp({ beside: first, postgresBus: true });
  others.push(app);
  return app;
}
async function watching(...apps: readonly TestApp[]): Promise<readonly TestApp[]> {
  for (const app of apps) await app.app.alerts.evaluator.start();
  return apps;
}

test('each instrument of the list answers at its own edge, and the event names it and its price', async () => {
  await watching(first);
  await prices([first], 'ACME 199', 'BOLT 205', 'COIL 199');
  const alert = await asked({ condition: 'crossesUp', threshold: '200', repeat: 'recurring', note: 'Look' });
  expect(await alert.shown()).toMatchObject({
    symbol: null,
    watchlistId: listId,
    watchlistName: 'Parts',
    currency: null,
    members: { active: 2, fired: 0, paused: 0 },
  });
  // BOLT is above already, and has to be below first. COIL is not in the list.
  await prices([first], 'ACME 199.5', 'ACME 201', 'BOLT 206', 'COIL 201', 'BOLT 199', 'BOLT 202', 'ACME 203');
  expect(await alert.told()).toEqual(['ACME 199.5 > 201 at 201', 'BOLT 199 > 202 at 202']);
  expect(await alert.shown()).toMatchObject({ status: 'active', firedCount: 2, lastFiredAt: expect.any(String) as string });
  const page = (query: string) => client().get(`${alert.path}/events?limit=1${query}`);
  const newest = (await page('')).as<{ items: object[]; nextCursor: string }>();
  expect(newest.items).toMatchObject([{ symbol: 'BOLT', before: '199', value: '202', price: '202', direction: 'rising' }]);
  expect((await page(`&cursor=${newest.nextCursor}`)).body).toMatchObject({ items: [{ symbol: 'ACME' }], nextCursor: null });
  const rows = await first.db.selectFrom('notifications').select(['title', 'body', 'link']).orderBy('id').execute();
  expect(rows).toMatchObject([
    {
      title: 'ACME rose to 200.00 USD or above',
      body: 'It stands at 201.00 USD, after 199.50 USD. Your note: Look',
      link: `/${alert.path}`,
    },
    { title: 'BOLT rose to 200.00 USD or above', link: `/${alert.path}` },
  ]);
});

test('an instrument that is added is looked at at once, and one that is removed no more', async () => {
  await watching(first);
  await prices([first], 'ACME 199', 'COIL 199');
  const alert = await asked({ condition: 'crossesUp', threshold: '200', repeat: 'recurring' });
  await change(client().post(`watchlists/${listId}/items`, { items: [{ symbol: 'COIL' }] }));
  await change(client().delete(`watchlists/${listId}/items/ACME`));
  await prices([first], 'ACME 201', 'COIL 199.5', 'COIL 201');
  expect(await alert.told()).toEqual(['COIL 199.5 > 201 at 201']);
  // It comes back above the line: that is no crossing. What it told before stays.
  await change(client().delete(`watchlists/${listId}/items/COIL`));
  await change(client().post(`watchlists/${listId}/items`, { items: [{ symbol: 'ACME' }, { symbol: 'COIL' }] }));
  await prices([first], 'ACME 202', 'COIL 202', 'COIL 199', 'COIL 203');
  expect(await alert.told()).toEqual(['COIL 199.5 > 201 at 201', 'COIL 199 > 203 at 203']);
  // The older door of the same list.
  await change(client().delete(`/api/v1/watchlists/watchlists/${listId}/remove_stock/?symbol=COIL`));
  await prices([first], 'COIL 199', 'COIL 204');
  expect(await alert.told()).toHaveLength(2);
});

test('asked once, each instrument answers once; activating asks about those again', async () => {
  await watching(first);
  const alert = await asked({ condition: 'priceAbove', threshold: '200' });
  await prices([first], 'ACME 201', 'ACME 199', 'ACME 202');
  expect(await alert.shown()).toMatchObject({ status: 'active', members: { active: 1, fired: 1, paused: 0 } });
  await change(client().post(`${alert.path}/activate`));
  expect(await alert.shown()).toMatchObject({ members: { active: 2, fired: 0 } });
  await prices([first], 'ACME 203', 'BOLT 204');
  expect(await alert.told()).toEqual(['ACME ? > 201 at 201', 'ACME 201 > 203 at 203', 'BOLT ? > 204 at 204']);
});

test('one instrument that fires too often pauses itself, and not the others', async () => {
  await watching(first);
  const alert = await asked({ condition: 'crosses', threshold: '200', repeat: 'recurring' });
  await prices([first], 'BOLT 199');
  for (let round = 0; round < 10; round += 1) await prices([first], 'ACME 199', 'ACME 201');
  expect(await alert.told()).toHaveLength(16);
  expect(await alert.shown()).toMatchObject({ status: 'active', firedCount: 16, members: { active: 1, paused: 1 } });
  await prices([first], 'BOLT 201');
  expect((await alert.told()).at(-1)).toBe('BOLT 199 > 201 at 201');
});

test('what the owner does to the alert holds for all of its instruments', async () => {
  await watching(first);
  await prices([first], 'ACME 199', 'BOLT 199');
  const alert = await asked({ condition: 'crossesUp', threshold: '200', repeat: 'recurring' });
  await change(client().post(`${alert.path}/deactivate`));
  await prices([first], 'ACME 201', 'ACME 199');
  expect(await alert.shown()).toMatchObject({ status: 'paused', members: { active: 0, paused: 2 } });
  await change(client().post(`${alert.path}/activate`));
  await change(client().patch(alert.path, { threshold: '300', cooldownSeconds: 3600 }));
  await prices([first], 'ACME 201', 'ACME 301', 'ACME 299', 'ACME 302', 'BOLT 199.5', 'BOLT 301');
  expect(await alert.told()).toEqual(['ACME 201 > 301 at 301', 'BOLT 199.5 > 301 at 301']);
  await change(client().post(`${alert.path}/snooze`, { until: new Date(first.clock.now() + DAY_MS).toISOString() }));
  await change(client().patch(alert.path, { cooldownSeconds: 0 }));
  await prices([first], 'BOLT 299', 'BOLT 303');
  expect(await alert.told()).toHaveLength(2);
  await change(client().delete(alert.path));
  expect(evaluator().size).toBe(0);
  await change(client().delete(`watchlists/${listId}/items/BOLT`));
  await change(client().post(`${alert.path}/restore`));
  await change(client().post(`${alert.path}/snooze`, { until: null }));
  expect(evaluator().size).toBe(1);
  await prices([first], 'ACME 299', 'ACME 304', 'BOLT 299', 'BOLT 304');
  expect((await alert.told()).at(-1)).toBe('ACME 299 > 304 at 304');
  expect(await alert.told()).toHaveLength(3);
});

test('the alerts on a list go with it, and a member is nobody’s alert to read or to change', async () => {
  await watching(first);
  const alert = await asked({ condition: 'marketMove' });
  const member = await first.db.selectFrom('alerts').select('id').where('parent_id', '=', alert.id).executeTakeFirstOrThrow();
  for (const path of [`alerts/${member.id}`, `alerts/${member.id}/events`]) expect((await client().get(path)).status).toBe(404);
  for (const verb of ['activate', 'deactivate', 'restore']) expect((await client().post(`alerts/${member.id}/${verb}`)).status).toBe(404);
  expect((await client().delete(`alerts/${member.id}`)).status).toBe(404);
  await change(client().delete(`watchlists/${listId}`));
  expect(evaluator().size).toBe(0);
  expect((await client().get(alert.path)).status).toBe(404);
  expect(await first.db.selectFrom('alerts').select('id').execute()).toEqual([]);
});

test('the sweep finds what no tick told of, expires with the alert, and keeps what left the list with its events', async () => {
  await watching(first);
  await prices([first], 'ACME 199', 'BOLT 199');
  const alert = await asked({ condition: 'crossesUp', threshold: '200', repeat: 'recurring' });
  await evaluator().sweep();
  const from = Math.ceil(first.clock.now() / MINUTE_MS) * MINUTE_MS;
  await storeBar(first.db, listings.BOLT, { at: from, interval: '1m', high: '204', low: '198', close: '199' });
  first.clock.set(from + 5 * MINUTE_MS);
  await evaluator().sweep();
  await evaluator().sweep();
  await evaluator().settled();
  expect(await alert.told()).toEqual(['BOLT 199 > 204 at 199']);
  await change(client().delete(`watchlists/${listId}/items/BOLT`));
  await change(client().patch(alert.path, { expiresAt: new Date(first.clock.now() + MINUTE_MS).toISOString() }));
  first.clock.advance(2 * DAY_MS);
  await evaluator().sweep();
  const states = await first.db.selectFrom('alerts').select('status').where('deleted_at', 'is', null).distinct().execute();
  expect(states).toEqual([{ status: 'expired' }]);
  expect([evaluator().size, await alert.told()]).toEqual([0, ['BOLT 199 > 204 at 199']]);
});

test('a percentage, and averages of complete bars, for each instrument', async () => {
  await watching(first);
  const today = Math.floor(first.clock.now() / DAY_MS) * DAY_MS;
  const closes = ['102', '101', '100', '99'];
  for (const [index, close] of closes.entries())
    for (const listing of [listings.ACME, listings.BOLT])
      await storeBar(first.db, listing, { at: today - (4 - index) * DAY_MS, interval: '1d', high: close, low: close, close });
  const moved = await asked({ condition: 'percentChange', threshold: '5', direction: 'up' });
  const average = await asked({ condition: 'averageCross', period: 2, direction: 'up' });
  await tick([first], listings.ACME, { price: '104', previousClose: decimal('100') });
  await tick([first], listings.BOLT, { price: '21', previousClose: decimal('20') });
  expect(await moved.told()).toEqual(['BOLT ? > 5 at 21']);
  await evaluator().lookAtBars();
  await storeBar(first.db, listings.ACME, { at: today, interval: '1d', high: '105', low: '105', close: '105' });
  await storeBar(first.db, listings.BOLT, { at: today, interval: '1d', high: '98', low: '98', close: '98' });
  first.clock.advance(DAY_MS);
  await evaluator().lookAtBars();
  await evaluator().settled();
  // 105 - (105 + 99) / 2 = 3, after 99 - (100 + 99) / 2 = -0.5.
  expect(await average.told()).toEqual(['ACME -0.5 > 3 at 105']);
});

test('of two servers one answers each crossing of each instrument, and both hear of a changed list', async () => {
  const beside = await beginTwo();
  const both = await watching(first, beside);
  await prices(both, 'ACME 199', 'BOLT 199', 'COIL 199');
  const alert = await asked({ condition: 'crossesUp', threshold: '200', repeat: 'recurring' }, both);
  await client().post(`watchlists/${listId}/items`, { items: [{ symbol: 'COIL' }] });
  for (const app of both) await app.app.alerts.evaluator.sweep();
  expect(both.map((app) => app.app.alerts.evaluator.size)).toEqual([3, 3]);
  await prices(both, 'ACME 201', 'BOLT 202', 'COIL 203', 'ACME 199', 'ACME 204');
  expect(await alert.told()).toEqual(['ACME 199 > 201 at 201', 'BOLT 199 > 202 at 202', 'COIL 199 > 203 at 203', 'ACME 199 > 204 at 204']);
  expect(await titlesOf(first.db, ada)).toHaveLength(4);
  expect(await alert.shown()).toMatchObject({ firedCount: 4 });
});

test('a server that starts anew goes on where each instrument was, and tells nothing twice', async () => {
  const second = await beginTwo();
  await watching(first);
  await prices([first], 'ACME 199', 'BOLT 199');
  const alert = await asked({ condition: 'crossesUp', threshold: '200', repeat: 'recurring' });
  await evaluator().sweep();
  await prices([first], 'ACME 201');
  await evaluator().close();
  await watching(second);
  // ACME is above and stays there; BOLT crosses before anybody told the second server where it stood.
  await prices([second], 'ACME 202', 'BOLT 203', 'ACME 199', 'ACME 204');
  await second.app.alerts.evaluator.settled();
  expect(await alert.told()).toEqual(['ACME 199 > 201 at 201', 'BOLT 199 > 203 at 203', 'ACME 199 > 204 at 204']);
});

test('what cannot be is refused, in words', async () => {
  const bob = await first.user('bob');
  const asks = async (body: object, user = ada) => {
    const answer = await first.as(user).post('alerts', { condition: 'priceAbove', threshold: '5', watchlistId: listId, ...body });
    return [answer.status, answer.as<{ detail?: string }>().detail];
  };
  expect(await asks({ symbol: 'ACME' })).toEqual([422, 'watchlistId does not go together with a symbol.']);
  const portfolios = { condition: 'portfolioValueAbove', portfolioId: '01980a5e-7c1e-7000-8000-00000000c001' };
  expect(await asks(portfolios)).toEqual([404, expect.any(String)]);
  const { id: portfolioId } = (await client().post('portfolios', { name: 'P', kind: 'tracked', baseCurrency: 'USD' })).as<{ id: string }>();
  expect(await asks({ ...portfolios, portfolioId })).toEqual([422, 'watchlistId is not for portfolioValueAbove.']);
  expect((await asks({}, bob))[0]).toBe(404);
  expect((await asks({ watchlistId: '01980a5e-7c1e-7000-8000-00000000c001' }))[0]).toBe(404);
  for (let made = 0; made < 20; made += 1) expect((await asks({}))[0]).toBe(201);
  expect(await asks({})).toEqual([409, 'You have 20 alerts on watchlists, the most there can be. Delete one first.']);
});

test('the list finds alerts on watchlists by list, by name and by an instrument in them', async () => {
  const alert = await asked({ condition: 'marketMove' });
  await client().post('alerts', { condition: 'priceAbove', symbol: 'COIL', threshold: '5' });
  const found = async (query: string) => (await client().get(`alerts?${query}`)).as<{ items: Shown[] }>().items.map(({ id }) => id);
  expect(await found(`watchlistId=${listId}`)).toEqual([alert.id]);
  expect(await found('search=parts')).toEqual([alert.id]);
  expect(await found('search=bolt')).toEqual([alert.id]);
  expect(await found('symbol=ACME')).toEqual([alert.id]);
  expect(await found('symbol=COIL')).not.toContain(alert.id);
  expect(await found('')).toHaveLength(2);
  expect(await found('sort=symbol')).toHaveLength(2);
});
