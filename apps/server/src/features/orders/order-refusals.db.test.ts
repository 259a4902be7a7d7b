/** Every reason for which an order is not taken: placed alone, in a batch or only previewed, the answer is the same and nothing happens. */
import { decimal } from '@holdfast/engine/money';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let trader: PaperTrader;
beforeAll(async () => {
  app = await startTestApp();
  trader = await paperTrader(app, 'trader');
  const own = { name: 'Mine', assetClass: 'stock', currency: 'USD' };
  const prices = { prices: [{ day: '2026-01-05', price: '10' }] };
  for (const instrument of [
    { ...own, symbol: 'UNPRICED' },
    { ...own, symbol: 'GONE' },
    { ...own, symbol: 'OLD' },
    { ...own, symbol: 'MUMBAI', exchange: 'NSE' },
    { ...own, symbol: 'INDEXED', currency: 'UYW' },
  ])
    expect((await trader.client.post('instruments', instrument)).status).toBe(201);
  for (const symbol of ['GONE', 'MUMBAI', 'INDEXED'])
    expect((await trader.client.put(`instruments/${symbol}/prices`, prices)).status).toBe(200);
  expect((await trader.client.delete('instruments/GONE')).status).toBe(204);
  await quoteOfAQuarterAgo('OLD');
  await listTwice('DUO');
});
afterAll(() => app.close());

const buy = (more: object = {}) => ({ symbol: 'SHARE', side: 'buy', type: 'market', quantity: '1', ...more });
const limit = (limitPrice: string, more: object = {}) => buy({ type: 'limit', limitPrice, timeInForce: 'gtc', ...more });

interface Refusal {
  readonly code: string;
  readonly detail: string;
  readonly needed?: string;
  readonly available?: string;
  readonly currency?: string;
}

/** The figures of a refusal, as far as it has any. */
function figures({ needed, available, currency }: Refusal) {
  return [needed, available, currency].filter((figure) => figure !== undefined).join(' ');
}

// The portfolio has 1,000.00 in cash and nothing else; the share costs 10.00 and moves in steps of 0.01.
test.each<[order: object, code: string, figures: string, detail: string]>([
  [buy({ quantity: '101' }), 'insufficient_cash', '1010 1000 USD', 'This needs 1,010.00 USD and the portfolio has 1,000.00 USD free.'],
  [limit('5', { quantity: '200.01' }), 'insufficient_cash', '1000.05 1000 USD', 'needs 1,000.05 USD'],
  [buy({ side: 'sell' }), 'insufficient_position', '1 0', 'sells 1 SHARE and 0 are free'],
  [buy({ side: 'sell', quantity: '1000000' }), 'insufficient_position', '1000000 0', 'sells 1000000 SHARE'],
  [limit('99', { side: 'sell', quantity: '0.5' }), 'insufficient_position', '0.5 0', 'sells 0.5 SHARE'],
  // 15:30 UTC is 21:00 in Mumbai; the next session begins at 09:15 there, 03:45 UTC.
  [buy({ symbol: 'MUMBAI' }), 'market_closed', '', 'It opens at 2026-01-06T03:45:00.000Z.'],
  [limit('9', { symbol: 'MUMBAI', timeInForce: 'ioc' }), 'market_closed', '', 'closed'],
  [buy({ symbol: 'NOSUCH' }), 'unknown_symbol', '', 'No instrument has the symbol NOSUCH.'],
  [buy({ symbol: 'GONE' }), 'instrument_inactive', '', 'GONE is not traded any more.'],
  [limit('9.995'), 'tick_size', '', 'SHARE is priced in steps of 0.01; 9.995 is between two.'],
  [buy({ symbol: 'OLD' }), 'stale_quote', '', 'The price of OLD is 901 s old'],
  [limit('9', { symbol: 'OLD', timeInForce: 'fok' }), 'stale_quote', '', '901 s old'],
  [buy({ symbol: 'UNPRICED' }), 'no_quote', '', 'There is no price of UNPRICED'],
  [limit('9', { symbol: 'UNPRICED' }), 'no_quote', '', 'There is no price of UNPRICED'],
  [buy({ quantity: '1000000000.00000001' }), 'order_too_large', '', 'The most that one order takes is 1000000000.'],
  [buy({ quantity: '99999999999999999999' }), 'order_too_large', '', '1000000000'],
  [buy({ quantity: undefined, notional: '1000000000000.01' }), 'order_too_large', '', '1000000000000'],
  [limit('1000000000000.01'), 'order_too_large', '', '1000000000000'],
  // Each within its own bound, and together 10^21.
  [limit('1000000000000', { quantity: '1000000000' }), 'order_too_large', '', '1000000000000'],
  [limit('1000000000000', { quantity: '1000000000', side: 'sell' }), 'order_too_large', '', '1000000000000'],
  [buy({ quantity: '0.000000009999999999' }), 'order_too_small', '', 'less than 0.00000001 SHARE'],
  [buy({ quantity: undefined, notional: '0.00000001' }), 'order_too_small', '', 'less than'],
  // 0.0004 x 10.00 is less than half a cent: it would be a share for nothing.
  [buy({ quantity: '0.0004' }), 'order_too_small', '', 'less than 0.001 SHARE'],
  [limit('0.01', { quantity: '0.4' }), 'order_too_small', '', 'less than 1 SHARE'],
  [buy({ symbol: 'INDEXED' }), 'no_exchange_rate', '', 'no exchange rate from USD to UYW'],
  [limit('9', { symbol: 'INDEXED' }), 'no_exchange_rate', '', 'no exchange rate from USD to UYW'],
  [buy({ symbol: 'DUO' }), 'ambiguous_symbol', '', 'DUO is listed as DUO.LSE, DUO.NYSE.'],
  [buy({ notional: '10' }), 'invalid_value', '', 'quantity or notional must be given, and not both'],
  [buy({ quantity: undefined }), 'invalid_value', '', 'quantity or notional must be given, and not both'],
  [buy({ type: 'limit' }), 'invalid_value', '', 'limitPrice is required for a limit order'],
  [buy({ limitPrice: '10' }), 'invalid_value', '', 'limitPrice is not for a market order'],
])('%j: %s %s', async (order, code, expected, detail) => {
  const id = await trader.open({ settings: { tradingHours: 'exchange' } });
  const placed = await trader.place(id, order);
  const refusal = placed.as<Refusal & { status: number }>();
  expect([placed.code, figures(refusal)]).toEqual([code, expected]);
  expect(refusal.detail).toContain(detail);

  const batch = await trader.client.post(`portfolios/${id}/orders/batch`, { orders: [order] });
  const { items } = batch.as<{ items: { status: number; order: null; error: Refusal }[] }>();
  expect(items).toMatchObject([{ index: 0, status: placed.status, order: null, error: { code, detail: refusal.detail } }]);
  expect(items.map(({ error }) => figures(error))).toEqual([expected]);

  const preview = await trader.client.post(`portfolios/${id}/orders/preview`, order);
  // What cannot even be read as an order is an error; what can is a preview that says no.
  if (['unknown_symbol', 'ambiguous_symbol', 'invalid_value'].includes(code)) expect(preview.code).toBe(code);
  else {
    const shown = preview.as<{ outcome: string; refusal: Refusal; cashAfter: string; reserved: string }>();
    expect(shown).toMatchObject({ outcome: 'refused', cashBefore: '1000', cashAfter: '1000', reserved: '0' });
    expect([shown.refusal.code, shown.refusal.detail, figures(shown.refusal)]).toEqual([code, refusal.detail, expected]);
  }
  await expectUntouched(id);
});

test('a portfolio that does not trade: tracked, or archived', async () => {
  const tracked = (await trader.client.post('portfolios', { name: 'Tracked', kind: 'tracked' })).as<{ id: string }>().id;
  const archived = await trader.open();
  expect((await trader.client.delete(`portfolios/${archived}`)).status).toBe(204);
  for (const [id, code] of [
    [tracked, 'portfolio_kind'],
    [archived, 'portfolio_archived'],
  ] as const) {
    const asked = [
      trader.place(id, buy()),
      trader.client.post(`portfolios/${id}/orders/batch`, { orders: [buy()] }),
      trader.client.post(`portfolios/${id}/orders/preview`, buy()),
    ];
    expect((await Promise.all(asked)).map((answer) => answer.code)).toEqual([code, code, code]);
    expect(await trader.orders(id)).toEqual([]);
    expect((await trader.client.delete(`portfolios/${id}/orders`)).body).toEqual({ canceled: 0 });
  }
  // Brought back, it trades again.
  await trader.client.patch(`portfolios/${archived}`, { archived: false });
  expect((await trader.place(archived, buy())).status).toBe(201);
});

test('a thousand orders may be open, one more may not', async () => {
  const id = await trader.open({ startingCash: '100000' });
  const orders = Array.from({ length: 500 }, () => limit('1'));
  for (let half = 0; half < 2; half += 1) {
    const { items } = (await trader.client.post(`portfolios/${id}/orders/batch`, { orders })).as<{ items: { status: number }[] }>();
    expect(new Set(items.map(({ status }) => status))).toEqual(new Set([201]));
  }
  const refused = await trader.place(id, limit('1'));
  expect([refused.code, refused.as<Refusal>().detail]).toEqual([
    'too_many_open_orders',
    'A portfolio keeps at most 1000 open orders. Cancel some first.',
  ]);
  const preview = await trader.client.post(`portfolios/${id}/orders/preview`, limit('1'));
  expect(preview.as<{ refusal: Refusal }>().refusal.code).toBe('too_many_open_orders');
  const [newest] = await trader.orders(id, '?status=open&limit=1');
  await trader.client.delete(`portfolios/${id}/orders/${newest?.id ?? ''}`);
  expect((await trader.place(id, limit('1'))).status).toBe(201);
  expect((await trader.client.delete(`portfolios/${id}/orders`)).body).toEqual({ canceled: 1_000 });
  expect(await trader.cash(id)).toEqual({ balance: '100000', reserved: '0', available: '100000' });
});

test('a limit order that can wait does so while its market is closed or its price is old', async () => {
  const id = await trader.open({ settings: { tradingHours: 'exchange' } });
  for (const symbol of ['MUMBAI', 'OLD']) {
    const answer = await trader.place(id, limit('11', { symbol }));
    // The last price is 10, within the limit: only the moment is wrong.
    expect([answer.status, answer.as<{ status: string }>().status]).toEqual([201, 'accepted']);
  }
  expect(await trader.cash(id)).toEqual({ balance: '1000', reserved: '22', available: '978' });
});

test('a replacement that cannot wait is refused where its market is closed or its price old, and any where nothing is traded', async () => {
  const id = await trader.open({ settings: { tradingHours: 'exchange' } });
  const codes: (string | undefined)[] = [];
  for (const symbol of ['MUMBAI', 'OLD']) {
    const { id: orderId } = (await trader.place(id, limit('9', { symbol }))).as<{ id: string }>();
    codes.push((await trader.client.patch(`portfolios/${id}/orders/${orderId}`, { timeInForce: 'ioc' })).code);
  }
  const { id: orderId } = (await trader.place(id, limit('9'))).as<{ id: string }>();
  await trader.client.delete('instruments/SHARE');
  codes.push((await trader.client.patch(`portfolios/${id}/orders/${orderId}`, { limitPrice: '8' })).code);
  await trader.client.patch('instruments/SHARE', { status: 'active' });
  expect(codes).toEqual(['market_closed', 'stale_quote', 'instrument_inactive']);
});

test('a list asked for a symbol that means several listings wants it named in full', async () => {
  const id = await trader.open();
  expect((await trader.client.get(`portfolios/${id}/orders?symbol=DUO`)).code).toBe('ambiguous_symbol');
  expect(await trader.orders(id, '?symbol=DUO.NYSE')).toEqual([]);
});

/** A refusal leaves no order, no fact, no event, no key and every cent where it was. */
async function expectUntouched(id: string): Promise<void> {
  expect(await trader.orders(id)).toEqual([]);
  expect(await trader.cash(id)).toEqual({ balance: '1000', reserved: '0', available: '1000' });
  expect(await trader.holdings(id)).toEqual({});
  const { rows } = await app.pool.query<{ events: number; facts: number }>(
    `select (select count(*) from order_events where portfolio_id = $1) as events,
      (select count(*) from transactions where portfolio_id = $1) as facts`,
    [id],
  );
  // The one fact is the starting cash.
  expect(rows).toEqual([{ events: 0, facts: 1 }]);
}

/** As a feed would leave it that stopped: the newest price is a quarter of an hour and a second old. */
async function quoteOfAQuarterAgo(symbol: string): Promise<void> {
  await app.db.updateTable('instruments').set({ source: 'import' }).where('symbol', '=', symbol).execute();
  const { key } = await app.db.selectFrom('instruments').select('key').where('symbol', '=', symbol).executeTakeFirstOrThrow();
  await app.app.market.reread([key]);
  const none = { bid: null, ask: null, bidSize: null, askSize: null, lastSize: null, open: null, high: null, low: null };
  const at = app.clock.now() - 901_000;
  app.app.market.quotes.record([
    { instrumentKey: key, symbol, last: decimal('10'), ...none, previousClose: null, volume: null, at, source: 'import', number: 1 },
  ]);
}

/** Makes a symbol mean two listings, neither the primary one. */
async function listTwice(symbol: string): Promise<void> {
  const admin = app.as(await app.user('root', 'admin'));
  const listing = { symbol, name: 'Duo plc', assetClass: 'stock', currency: 'USD', private: false };
  for (const exchange of ['LSE', 'NYSE']) await admin.post('instruments', { ...listing, exchange });
  await app.db.updateTable('instruments').set({ is_primary: false }).where('symbol', '=', symbol).execute();
  const rows = await app.db.selectFrom('instruments').select('key').where('symbol', '=', symbol).execute();
  await app.app.market.reread(rows.map(({ key }) => key));
}
