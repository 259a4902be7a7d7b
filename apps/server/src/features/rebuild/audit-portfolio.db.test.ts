/** Each way in which a stored figure can be wrong is made on purpose, and must be named. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TestUser } from '../../testing/builders.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { Difference } from './index.ts';

const TABLES = ['portfolio_heads', 'foreign_cash', 'positions', 'orders', 'order_events', 'transactions', 'transfers'];

let app: TestApp;
let owner: TestUser;
/** A house at 100 USD, a flat at 50 EUR: what is bought at prices that the test gives stays easy to follow. */
let paper = '';
let tracked = '';
/** Ids by what they name: `buy`, `sell`, `open buy`, `open sell`, `canceled`, `fill of buy`, `purchase`, `deposit`, `note`. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  app = await startTestApp();
  owner = await app.user('owner');
  const client = app.as(owner);
  const make = async (path: string, body: object): Promise<string> => {
    const answer = await client.post(path, body);
    expect([200, 201]).toContain(answer.status);
    return answer.as<{ id: string }>().id;
  };
  for (const [symbol, currency, price] of [
    ['HOUSE', 'USD', '100'],
    ['FLAT', 'EUR', '50'],
  ] as const) {
    await make('instruments', { symbol, name: symbol, assetClass: 'other', currency });
    await client.put(`instruments/${symbol}/prices`, { prices: [{ day: '2026-01-05', price }] });
  }
  paper = await make('portfolios', { name: 'Paper', kind: 'paper', baseCurrency: 'USD', costMethod: 'fifo', startingCash: '10000' });
  const order = (body: object) => make(`portfolios/${paper}/orders`, body);
  const limit = { type: 'limit', timeInForce: 'gtc' };
  ids['buy'] = await order({ symbol: 'HOUSE', side: 'buy', type: 'market', quantity: '10' });
  ids['sell'] = await order({ symbol: 'HOUSE', side: 'sell', type: 'market', quantity: '4' });
  ids['flat'] = await order({ symbol: 'FLAT', side: 'buy', type: 'market', quantity: '2' });
  ids['open buy'] = await order({ symbol: 'HOUSE', side: 'buy', ...limit, quantity: '5', limitPrice: '80' });
  ids['open sell'] = await order({ symbol: 'HOUSE', side: 'sell', ...limit, quantity: '3', limitPrice: '200' });
  ids['canceled'] = await order({ symbol: 'HOUSE', side: 'buy', ...limit, quantity: '1', limitPrice: '1' });
  await client.delete(`portfolios/${paper}/orders/${ids['canceled']}`);
  tracked = await make('portfolios', { name: 'Tracked', kind: 'tracked', baseCurrency: 'USD' });
  const record = (body: object) => make(`portfolios/${tracked}/transactions`, body);
  ids['deposit'] = await record({ type: 'deposit', amount: '500', currency: 'EUR', tradedAt: '2026-01-02' });
  ids['purchase'] = await record({ type: 'buy', symbol: 'HOUSE', quantity: '2', price: '100', tradedAt: '2026-01-02' });
  await client.patch(`portfolios/${tracked}/transactions/${ids['purchase']}`, { price: '101' });
  const { rows } = await app.pool.query<{ id: string; order_id: string }>(
    "select id, order_id from transactions where type in ('buy', 'sell')",
  );
  for (const name of ['buy', 'sell']) ids[`fill of ${name}`] = rows.find((row) => row.order_id === ids[name])?.id ?? '';
  // Facts refuse to be changed; a broken disk does not ask them.
  for (const table of TABLES)
    await app.pool.query(`create table kept_${table} as select * from ${table}; alter table ${table} disable trigger user`);
});
afterAll(() => app.close());

async function corrupt(statements: readonly string[]): Promise<void> {
  await app.pool.query(statements.join(';'));
}

beforeEach(() => corrupt(TABLES.flatMap((table) => [`delete from ${table}`, `insert into ${table} select * from kept_${table}`])));

/** The differences as "what: stored, rebuilt", with the names of the fixture in place of ids. */
async function differences(): Promise<readonly string[]> {
  const found: Difference[] = [];
  await app.app.trading.audit({ portfolioId: null, onDifference: (difference) => void found.push(difference) });
  const names = [...Object.entries(ids), ['paper', paper], ['tracked', tracked]] as const;
  return found.map(({ portfolioId, what, stored, rebuilt }) =>
    names.reduce((text, [name, id]) => text.replaceAll(id, name), `${portfolioId} ${what}: ${stored}, ${rebuilt}`),
  );
}

test('what was not touched has no difference', async () => {
  expect(await differences()).toEqual([]);
});

type Corruption = readonly [name: string, statement: () => string, named: readonly string[]];

const HOUSE = "(select key from instruments where symbol = 'HOUSE')";
const head = (change: string) => () => `update portfolio_heads set ${change} where portfolio_id = '${paper}'`;
const house = (change: string) => () => `update positions set ${change} where portfolio_id = '${paper}' and instrument_key = ${HOUSE}`;
const order = (name: string, change: string) => () => `update orders set ${change} where id = '${ids[name] ?? ''}'`;
const fact = (name: string, change: string) => () =>
  `update transactions set ${change} where id = '${ids[name] ?? ''}' and superseded_at is null`;

const corruptions: readonly Corruption[] = [
  // 10,000 - 10 x 100 + 4 x 100, less 99.37 for 2 x 50 EUR at the simulated rate of the day.
  ['cash', head('cash = 1000'), ['paper cash USD: 1000, 9300.63']],
  // The open purchase holds 5 x 80.
  ['reserved cash', head('reserved = 401'), ['paper cash USD: reserved: 401, 400']],
  // Six orders, one of them canceled: seven events.
  ['the number of the last event', head('event_sequence = 8'), ['paper order events: number of the last: 8, 7']],
  [
    'cash of another currency',
    () => `update foreign_cash set balance = 499 where currency = 'EUR' and portfolio_id = '${tracked}'`,
    ['tracked cash EUR: 499, 500'],
  ],
  ['cash of another currency lost', () => `delete from foreign_cash where portfolio_id = '${tracked}'`, ['tracked cash EUR: 0, 500']],
  // 10 bought less 4 sold, 3 of them offered; 600 of cost, nothing gained.
  ['the quantity held', house('quantity = 7'), ['paper position HOUSE: quantity: 7, 6']],
  ['the quantity held back', house('reserved_quantity = 2'), ['paper position HOUSE: reserved quantity: 2, 3']],
  ['a cost basis', house('cost_basis = 599.99'), ['paper position HOUSE: cost basis: 599.99, 600']],
  ['a cost basis in the base currency', house('base_cost_basis = 601'), ['paper position HOUSE: cost basis in base currency: 601, 600']],
  ['a realized gain', house('realized_gain = 0.01'), ['paper position HOUSE: realized gain: 0.01, 0']],
  // 20,458 days after 1 January 1970 it is 5 January 2026.
  [
    'the day of a lot',
    house(`lots = jsonb_set(lots, '{0,1}', '20457')`),
    ['paper position HOUSE: lot 1: fill of buy 20457 6 600 600, fill of buy 20458 6 600 600'],
  ],
  ['a lot lost', house(`lots = '[]'`), ['paper position HOUSE: lot 1: none, fill of buy 20458 6 600 600']],
  [
    'a position lost',
    () => `delete from positions where portfolio_id = '${tracked}'`,
    [
      'tracked position HOUSE: quantity: 0, 2',
      'tracked position HOUSE: cost basis: 0, 202',
      'tracked position HOUSE: cost basis in base currency: 0, 202',
    ],
  ],
  [
    'a position that nothing made',
    () =>
      `insert into positions (portfolio_id, epoch, instrument_key, quantity, cost_basis, base_cost_basis) values ('${tracked}', 1, 999999, 5, 0, 0)`,
    ['tracked position of instrument 999999: quantity: 5, 0'],
  ],
  [
    'I7: a filled quantity',
    order('buy', 'filled_quantity = 9'),
    ['paper order buy: filled quantity: 9, 10', 'paper order buy: filled quantity of its last event: 10, 9'],
  ],
  ['I7: a filled value', order('buy', 'filled_value = 999'), ['paper order buy: filled value: 999, 1000']],
  [
    'I7: an average price',
    order('buy', 'average_fill_price = 100.000000000000000001'),
    [
      'paper order buy: average price: 100.000000000000000001, 100',
      'paper order buy: average price of its last event: 100, 100.000000000000000001',
    ],
  ],
  [
    'an average price where nothing was filled',
    order('open buy', 'average_fill_price = 80'),
    ['paper order open buy: average price: 80, nothing', 'paper order open buy: average price of its last event: nothing, 80'],
  ],
  ['the fees of an order', order('sell', 'fees = 1'), ['paper order sell: fees: 1, 0', 'paper order sell: fees of its last event: 0, 1']],
  ['what a final order holds back', order('canceled', 'reserved = 1'), ['paper order canceled: reserved: 1, 0']],
  ['what an open order holds back', order('open buy', 'reserved = 399'), ['paper cash USD: reserved: 400, 399']],
  ['the state of an order', order('canceled', "status = 'accepted'"), ['paper order canceled: status: accepted, canceled']],
  [
    'I7: an order of less than its fills',
    () =>
      `alter table orders drop constraint if exists orders_never_overfill; update orders set quantity = 9 where id = '${ids['buy'] ?? ''}'`,
    ['paper order buy: quantity of its fills: 10, at most 9'],
  ],
  [
    'an order lost',
    () => `delete from orders where id = '${ids['sell'] ?? ''}'`,
    ['paper order sell: no order, 1 fills and 1 events, an order'],
  ],
  [
    'I8: a state that cannot follow',
    () => `update order_events set status = 'canceled' where order_id = '${ids['canceled'] ?? ''}'`,
    ['paper order canceled: state after canceled: canceled, a legal arrow'],
  ],
  [
    'a state nobody knows',
    () => `update order_events set status = 'lost' where order_id = '${ids['sell'] ?? ''}'`,
    ['paper order sell: status of an event: lost, accepted, partiallyFilled, filled, canceled, replaced, expired, rejected'],
  ],
  [
    'an event lost',
    () => `delete from order_events where order_id = '${ids['open buy'] ?? ''}'`,
    ['paper order open buy: events: none, at least one', 'paper order events: number after 3: 5, 4'],
  ],
  [
    'a state that does not fit what is filled',
    () =>
      `update order_events set status = 'accepted' where order_id = '${ids['buy'] ?? ''}'; update orders set status = 'accepted' where id = '${ids['buy'] ?? ''}'`,
    ['paper order buy: filled of 10: accepted, 10, which is not accepted'],
  ],
  ['a cash effect', fact('fill of buy', 'cash_effect = -999'), ['paper transaction fill of buy: cash effect: -999, -1000']],
  ['a realized gain of a sale', fact('fill of sell', 'realized_gain = 5'), ['paper transaction fill of sell: realized gain: 5, 0']],
  ['the price of a fact', fact('purchase', 'price = 100'), ['tracked transaction purchase: amount: 202, 200']],
  [
    'a fact that the others make impossible',
    fact('deposit', `type = 'merger', instrument_key = ${HOUSE}, traded_at = '2020-01-01', currency = 'USD'`),
    ['tracked transaction deposit: merger, impossible: nothing_held', 'tracked cash EUR: 500, 0'],
  ],
  [
    'a version lost',
    () => `delete from transactions where id = '${ids['purchase'] ?? ''}' and version = 1`,
    ['tracked transaction purchase: versions: 2; present: 2, from 1 without gaps; present: the last'],
  ],
  [
    'I1: a transfer lost',
    () => `delete from transfers where transaction_id = '${ids['deposit'] ?? ''}'`,
    ['tracked ledger of transaction deposit: EUR cash: 0, 500', 'tracked ledger of transaction deposit: EUR external: 0, -500'],
  ],
  [
    'I1: a transfer in another currency',
    () => `update transfers set currency = 'GBP' where transaction_id = '${ids['deposit'] ?? ''}'`,
    [
      'tracked ledger of transaction deposit: GBP cash: 500, 0',
      'tracked ledger of transaction deposit: GBP external: -500, 0',
      'tracked ledger of transaction deposit: EUR cash: 0, 500',
      'tracked ledger of transaction deposit: EUR external: 0, -500',
    ],
  ],
  [
    'I1: a transfer of more',
    () => `update transfers set amount = 501 where transaction_id = '${ids['deposit'] ?? ''}'`,
    ['tracked ledger of transaction deposit: EUR cash: 501, 500', 'tracked ledger of transaction deposit: EUR external: -501, -500'],
  ],
  [
    'I1: a transfer of no transaction',
    () => `delete from transactions where id = '${ids['deposit'] ?? ''}'`,
    [
      'tracked ledger of transaction deposit: EUR cash: 500, nothing: there is no such transaction',
      'tracked ledger of transaction deposit: EUR external: -500, nothing: there is no such transaction',
      'tracked cash EUR: 500, 0',
    ],
  ],
];

test.each(corruptions)('I9: names %s', async (_name, statement, named) => {
  await corrupt([statement()]);
  expect(new Set(await differences())).toEqual(new Set(named));
});

test('a sale of more than was held is named, whatever else follows from it', async () => {
  await corrupt([fact('fill of buy', 'quantity = 1, amount = 100, cash_effect = -100')()]);
  expect(await differences()).toContain('paper transaction fill of sell: quantity: 4, at most 1, which was held');
});

test('one portfolio is audited by itself', async () => {
  await corrupt([head('cash = 1000')()]);
  const found: Difference[] = [];
  const onDifference = (difference: Difference) => void found.push(difference);
  const alone = await app.app.trading.audit({ portfolioId: tracked, onDifference });
  // Two transactions, of which one has two versions.
  expect([alone, found]).toEqual([{ portfolios: 1, of: 1, transactions: 2, differences: 0 }, []]);
});
