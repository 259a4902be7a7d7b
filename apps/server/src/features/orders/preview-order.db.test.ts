import { afterAll, beforeAll, expect, test } from 'vitest';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperOrder, PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let trader: PaperTrader;
beforeAll(async () => {
  app = await startTestApp();
  trader = await paperTrader(app, 'trader');
});
afterAll(() => app.close());

interface Preview {
  readonly outcome: string;
  readonly quantity: string;
  readonly price: string | null;
  readonly amount: string;
  readonly fee: string;
  readonly cashBefore: string;
  readonly cashAfter: string;
  readonly reserved: string;
}

const order = (more: object = {}) => ({ symbol: 'SHARE', side: 'buy', type: 'market', quantity: '2', ...more });

// 1,000.00 of cash and 5 shares; bid 9.90, asked 10.00, 4 on either side. A fee of 1 and 0.1 %.
test.each<[body: object, settings: object, expected: string]>([
  [order(), {}, 'fills 2 at 10, amount 20, fee 1.02, cash 978.98, reserved 0'],
  [order({ quantity: undefined, notional: '101' }), {}, 'fills 9.99 at 10, amount 99.9, fee 1.1, cash 899, reserved 0'], // (101 - 1.10) / 10
  [order({ side: 'sell' }), {}, 'fills 2 at 9.9, amount 19.8, fee 1.02, cash 1018.78, reserved 0'],
  [order({ type: 'limit', limitPrice: '9.50' }), {}, 'rests 2 at 9.5, amount 19, fee 0, cash 1000, reserved 20.02'],
  [order({ type: 'limit', side: 'sell', limitPrice: '11' }), {}, 'rests 2 at 11, amount 22, fee 0, cash 1000, reserved 0'],
  [order({ type: 'limit', limitPrice: '9', timeInForce: 'ioc' }), {}, 'cancels 2 at 9, amount 0, fee 0, cash 1000, reserved 0'],
  [order({ quantity: '6' }), { fillModel: 'sizeAware' }, 'partlyFills 6 at 10, amount 40, fee 1.04, cash 958.96, reserved 20.02'],
  [
    order({ quantity: '6', timeInForce: 'ioc' }),
    { fillModel: 'sizeAware' },
    'cancels 6 at 10, amount 40, fee 1.04, cash 958.96, reserved 0',
  ],
])('%j under %j: %s, and placed it does just that', async (body, settings, expected) => {
  const id = await trader.open({ startingCash: '1050' });
  trader.quote('10');
  await trader.place(id, order({ quantity: '5' }));
  await trader.client.patch(`portfolios/${id}`, { settings: { fees: { fixed: '1', basisPoints: 10 }, ...settings } });
  trader.quote({ bid: '9.90', ask: '10', bidSize: '4', askSize: '4' });
  const before = [await trader.cash(id), await trader.orders(id)];
  const answer = await trader.client.post(`portfolios/${id}/orders/preview`, body);
  const { outcome, quantity, price, amount, fee, cashBefore, cashAfter, reserved } = answer.as<Preview>();
  expect(`${outcome} ${quantity} at ${price ?? '-'}, amount ${amount}, fee ${fee}, cash ${cashAfter}, reserved ${reserved}`).toBe(expected);
  expect(cashBefore).toBe('1000');
  // Looking at it changed nothing.
  expect([await trader.cash(id), await trader.orders(id)]).toEqual(before);
  const placed = (await trader.place(id, body)).as<PaperOrder>();
  const cash = await trader.cash(id);
  expect([placed.quantity, placed.fees, cash.balance, cash.reserved]).toEqual([quantity, fee, cashAfter, reserved]);
  trader.quote('10');
});

test('it says the quote it was decided on', async () => {
  const id = await trader.open();
  trader.quote({ bid: '9.90', ask: '10', last: '9.95' });
  const { body } = await trader.client.post(`portfolios/${id}/orders/preview`, order());
  expect(body).toMatchObject({
    symbol: 'SHARE',
    currency: 'USD',
    cashCurrency: 'USD',
    refusal: null,
    quote: { last: '9.95', bid: '9.9', ask: '10', at: '2026-01-05T15:30:00.000Z' },
  });
  trader.quote('10');
});

test('an order in another currency shows its amount in that, and the cash in the portfolio’s own', async () => {
  // Yen have no cents: the amount has, since it is in dollars.
  const id = await trader.open({ baseCurrency: 'JPY', startingCash: '1000000' });
  const body = order({ type: 'limit', quantity: '1', limitPrice: '9.99' });
  const { body: preview } = await trader.client.post(`portfolios/${id}/orders/preview`, body);
  expect(preview).toMatchObject({ outcome: 'rests', amount: '9.99', currency: 'USD', cashCurrency: 'JPY', cashAfter: '1000000' });
  const placed = await trader.place(id, body);
  expect([placed.status, (await trader.cash(id)).reserved]).toEqual([201, (preview as Preview).reserved]);
});

test('a client order id that is taken does not matter to a preview, and a preview takes none', async () => {
  const id = await trader.open();
  const named = order({ clientOrderId: 'named' });
  expect((await trader.client.post(`portfolios/${id}/orders/preview`, named)).as<Preview>().outcome).toBe('fills');
  expect((await trader.place(id, named)).status).toBe(201);
  expect((await trader.client.post(`portfolios/${id}/orders/preview`, order({ quantity: '3', clientOrderId: 'named' }))).status).toBe(200);
});
