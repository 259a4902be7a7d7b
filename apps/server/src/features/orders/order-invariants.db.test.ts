/** What must hold whatever is asked for, in whatever order and at once: cash, holdings, exact money, and a record of everything. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperOrder, PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestClient } from '../../testing/test-client.ts';

let app: TestApp;
let second: TestApp;
let trader: PaperTrader;
beforeAll(async () => {
  app = await startTestApp();
  trader = await paperTrader(app, 'trader');
  await app.app.market.quotes.flush();
  second = await startTestApp({ beside: app });
});
afterAll(async () => {
  await second.close();
  await app.close();
});

/** The trader at each of two servers in turn. */
const door = (at: number): TestClient => (at % 2 === 0 ? trader.client : second.as(trader.user));
const buy = (more: object = {}) => ({ symbol: 'SHARE', side: 'buy', type: 'market', quantity: '1', ...more });
const times = <Answer>(count: number, ask: (at: number) => Promise<Answer>) =>
  Promise.all(Array.from({ length: count }, (_, at) => ask(at)));

describe('I2: free cash never falls below zero', () => {
  // 16 wishes of 5 shares, and cash for as many as the last column says. Each costs 50.00, and with the fee 51.00.
  test.each<[order: object, settings: object, startingCash: string, succeed: number, left: string]>([
    [buy({ quantity: '5' }), {}, '199.99', 3, '49.99'],
    [buy({ quantity: '5' }), {}, '200', 4, '0'],
    [buy({ quantity: undefined, notional: '50' }), {}, '200', 4, '0'],
    [buy({ quantity: '5' }), { fees: { fixed: '1' } }, '203.99', 3, '50.99'],
    [buy({ quantity: '5', type: 'limit', limitPrice: '10' }), { fees: { fixed: '1' } }, '204', 4, '0'],
    // These rest and hold 45.00 each.
    [buy({ quantity: '5', type: 'limit', limitPrice: '9' }), {}, '200', 4, '20'],
    [buy({ quantity: '5' }), { slippageBasisPoints: 100 }, '200', 3, '48.5'], // 50.50 each
  ])('%j under %j with %s: %i of 16 at once, %s left', async (order, settings, startingCash, succeed, left) => {
    const id = await trader.open({ startingCash, settings });
    const answers = await times(16, (at) => door(at).post(`portfolios/${id}/orders`, order));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(succeed);
    expect(answers.filter((answer) => answer.code === 'insufficient_cash')).toHaveLength(16 - succeed);
    expect((await trader.cash(id)).available).toBe(left);
  });

  test('withdrawals and orders at once take no cent twice', async () => {
    const id = await trader.open({ startingCash: '100' });
    const answers = await times(20, (at) =>
      at % 2 === 0 ? trader.place(id, buy()) : trader.client.post(`portfolios/${id}/cash`, { type: 'withdrawal', amount: '10' }),
    );
    // Each takes 10 of the 100.
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(answers.filter(({ code }) => code === 'insufficient_cash')).toHaveLength(10);
    expect(await trader.cash(id)).toEqual({ balance: '0', reserved: '0', available: '0' });
  });

  test('what an open order holds back cannot be withdrawn', async () => {
    const id = await trader.open({ startingCash: '100' });
    await trader.place(id, buy({ quantity: '5', type: 'limit', limitPrice: '8', timeInForce: 'gtc' }));
    const withdraw = (amount: string) => trader.client.post(`portfolios/${id}/cash`, { type: 'withdrawal', amount });
    const refused = await withdraw('60.01');
    expect(refused.body).toMatchObject({ code: 'insufficient_cash', needed: '60.01', available: '60', currency: 'USD' });
    expect((await withdraw('60')).status).toBe(201);
    expect(await trader.cash(id)).toEqual({ balance: '40', reserved: '40', available: '0' });
  });

  test('not even by hand: the database refuses it', async () => {
    const id = await trader.open({ startingCash: '100' });
    await trader.place(id, buy({ quantity: '5', type: 'limit', limitPrice: '8' }));
    const set = (column: string, value: string) =>
      app.pool.query(`update portfolio_heads set ${column} = $2 where portfolio_id = $1`, [id, value]);
    await expect(set('cash', '39.99')).rejects.toThrow('cash_is_guarded');
    await expect(set('reserved', '-1')).rejects.toThrow('reserved_is_not_negative');
    await expect(
      app.pool.query(`insert into foreign_cash (portfolio_id, currency, balance, guarded) values ($1, 'EUR', -0.01, true)`, [id]),
    ).rejects.toThrow('foreign_cash_is_guarded');
  });
});

describe('I3: a position is never below zero', () => {
  test('of 16 sales at once of all that is held one succeeds, whichever server is asked', async () => {
    const id = await trader.open();
    await trader.place(id, buy({ quantity: '5' }));
    for (const order of [buy({ side: 'sell', quantity: '5' }), buy({ side: 'sell', quantity: '5', type: 'limit', limitPrice: '99' })]) {
      const answers = await times(16, (at) => door(at).post(`portfolios/${id}/orders`, order));
      expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
      expect(answers.filter((answer) => answer.code === 'insufficient_position')).toHaveLength(15);
      if ('limitPrice' in order) continue;
      expect(await trader.holdings(id)).toEqual({});
      await trader.place(id, buy({ quantity: '5' }));
    }
    expect(await trader.holdings(id)).toEqual({ SHARE: '5' });
  });

  test('what an open sale holds back is not sold again; a refusal says what is free', async () => {
    const id = await trader.open();
    await trader.place(id, buy({ quantity: '5' }));
    await trader.place(id, buy({ side: 'sell', quantity: '3.5', type: 'limit', limitPrice: '99', timeInForce: 'gtc' }));
    const refused = await trader.place(id, buy({ side: 'sell', quantity: '1.50000001' }));
    expect(refused.body).toMatchObject({ code: 'insufficient_position', needed: '1.50000001', available: '1.5' });
    expect((await trader.place(id, buy({ side: 'sell', quantity: '1.5' }))).status).toBe(201);
    expect(await trader.holdings(id)).toEqual({ SHARE: '3.5' });
  });

  test('selling what was never bought brings nothing', async () => {
    const id = await trader.open();
    for (const quantity of ['0.00000001', '1', '1000000'])
      expect(['insufficient_position', 'order_too_small']).toContain((await trader.place(id, buy({ side: 'sell', quantity }))).code);
    expect([await trader.cash(id), await trader.holdings(id)]).toMatchObject([{ balance: '1000' }, {}]);
  });

  test('not even by hand: the database refuses it', async () => {
    const id = await trader.open();
    await trader.place(id, buy({ quantity: '5' }));
    await trader.place(id, buy({ side: 'sell', quantity: '3', type: 'limit', limitPrice: '99' }));
    const set = (column: string, value: string) =>
      app.pool.query(`update positions set ${column} = $2 where portfolio_id = $1`, [id, value]);
    await expect(set('quantity', '2.9')).rejects.toThrow('holding_is_guarded');
    await expect(set('reserved_quantity', '5.1')).rejects.toThrow('holding_is_guarded');
    await expect(set('reserved_quantity', '-1')).rejects.toThrow('reserved_quantity_is_not_negative');
    await expect(app.pool.query('update orders set filled_quantity = quantity + 1 where portfolio_id = $1', [id])).rejects.toThrow(
      'orders_never_overfill',
    );
  });
});

describe('I10: money is exact', () => {
  /** Hundredths as plain text, "-" never: 12345 is "123.45". Imports nothing from what it judges. */
  const written = (hundredths: bigint): string => {
    const [whole, fraction] = [hundredths / 100n, hundredths % 100n];
    return fraction === 0n ? String(whole) : `${whole}.${String(fraction).padStart(2, '0').replace(/0$/, '')}`;
  };

  test('whatever is deposited and withdrawn, the balance is the sum to the last cent', async () => {
    const amount = fc.bigInt({ min: 1n, max: 99_999_999_999_999n });
    const moves = fc.array(fc.record({ into: fc.boolean(), amount }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(moves, async (wishes) => {
        const id = await trader.open({ startingCash: '0' });
        let balance = 0n;
        for (const { into, amount: hundredths } of wishes) {
          const type = into ? 'deposit' : 'withdrawal';
          const answer = await trader.client.post(`portfolios/${id}/cash`, { type, amount: written(hundredths) });
          if (!into && hundredths > balance) {
            expect(answer.body).toMatchObject({ code: 'insufficient_cash', needed: written(hundredths), available: written(balance) });
            continue;
          }
          balance += into ? hundredths : -hundredths;
          expect(answer.body).toMatchObject({ amount: written(hundredths), balance: written(balance) });
        }
        expect((await trader.cash(id)).balance).toBe(written(balance));
      }),
      { numRuns: 8 },
    );
  });

  test.each<[quantity: string | number, price: string, cost: string]>([
    ['0.1', '0.30', '0.03'],
    ['3', '0.10', '0.3'], // 0.30000000000000004 as floats
    ['1.005', '1.00', '1'], // 1.005: a tie goes to the even cent
    ['1.015', '1.00', '1.02'],
    ['0.57', '100.00', '57'], // 56.99999999999999 as floats
    ['123456789.12345678', '10.01', '1235802459.13'], // 1,235,802,459.1258023678
    [0.57, '100.00', '57'],
    [1e-7, '1000000.00', '0.1'],
  ])('%s at %s costs %s', async (quantity, price, cost) => {
    trader.quote(price);
    const id = await trader.open({ startingCash: '2000000000' });
    const order = (await trader.place(id, buy({ quantity }))).as<PaperOrder>();
    expect(order.status).toBe('filled');
    const { items } = (await trader.client.get(`portfolios/${id}/transactions?type=buy`)).as<{
      items: { cashEffect: string; amount: string }[];
    }>();
    expect(items).toMatchObject([{ amount: cost, cashEffect: `-${cost}` }]);
    const [before, paid] = [200_000_000_000n, BigInt(cost.replace('.', '')) * 10n ** BigInt(2 - (cost.split('.')[1] ?? '').length)];
    expect((await trader.cash(id)).balance).toBe(written(before - paid));
    trader.quote('10');
  });
});

describe('I18: what moves money leaves its record in the same transaction, or does not happen', () => {
  const entries = async (id: string) => {
    const { rows } = await app.pool.query<{ action: string; actor_id: string; request_id: string; details: object }>(
      'select action, actor_id, request_id, details from audit_entries where subject_id = $1 order by id',
      [id],
    );
    return rows;
  };
  /** Past the contract, which allows no 500. */
  const raw = (method: 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
    app.http.inject({
      method,
      url: `/api/v1/${url}`,
      headers: { host: 'localhost', authorization: `Bearer ${trader.user.accessToken}` },
      ...(payload === undefined ? {} : { payload }),
    });
  const refuseWriting = async (table: string, work: () => Promise<void>) => {
    await app.pool.query(`create or replace function refuse_writing() returns trigger language plpgsql as
      $$ begin raise exception 'no room' using errcode = 'check_violation'; end $$`);
    await app.pool.query(`create trigger refused before insert on ${table} for each row execute function refuse_writing()`);
    try {
      await work();
    } finally {
      await app.pool.query(`drop trigger refused on ${table}`);
    }
  };

  test('one entry each, with who and by which request; a refusal and a replay leave none', async () => {
    const id = await trader.open();
    const url = `portfolios/${id}`;
    const headers = { 'x-request-id': 'audited-1', 'idempotency-key': 'audited' };
    for (let sent = 0; sent < 2; sent += 1) await trader.client.post(`${url}/cash`, { type: 'deposit', amount: '5.50' }, { headers });
    await trader.client.post(`${url}/cash`, { type: 'withdrawal', amount: '99999' });
    await trader.client.post(`${url}/cash`, { type: 'withdrawal', amount: '5' });
    await trader.client.patch(url, { name: 'Other', settings: { slippageBasisPoints: 1 } });
    await trader.client.post(`${url}/reset`, { startingCash: '1' });
    await trader.client.delete(url);
    await trader.client.patch(url, { archived: false });
    const seen = await entries(id);
    expect(seen.map(({ action }) => action)).toEqual([
      'portfolio.opened',
      'cash.deposit',
      'cash.withdrawal',
      'portfolio.changed',
      'portfolio.reset',
      'portfolio.archived',
      'portfolio.restored',
    ]);
    expect(new Set(seen.map(({ actor_id }) => actor_id))).toEqual(new Set([trader.user.id]));
    expect(seen[1]).toMatchObject({ request_id: 'audited-1', details: { amount: '5.5', currency: 'USD' } });
  });

  test('without its entry nothing is done: no deposit, change, reset, archiving or portfolio', async () => {
    const id = await trader.open();
    const before = (await trader.client.get(`portfolios/${id}`)).body;
    await refuseWriting('audit_entries', async () => {
      const refused = [
        raw('POST', `portfolios/${id}/cash`, { type: 'deposit', amount: '5' }),
        raw('PATCH', `portfolios/${id}`, { name: 'Other' }),
        raw('POST', `portfolios/${id}/reset`, {}),
        raw('DELETE', `portfolios/${id}`),
        raw('POST', 'portfolios', { name: 'Never', kind: 'paper' }),
        raw('POST', `portfolios/${id}/clone`, { name: 'Never' }),
      ];
      expect((await Promise.all(refused)).map(({ statusCode }) => statusCode)).toEqual(refused.map(() => 500));
    });
    expect((await trader.client.get(`portfolios/${id}`)).body).toEqual(before);
    const { items } = (await trader.client.get('portfolios?limit=500')).as<{ items: { name: string }[] }>();
    expect(items.filter(({ name }) => name === 'Never')).toEqual([]);
    const { rows } = await app.pool.query('select id from transactions where portfolio_id = $1', [id]);
    expect(rows).toHaveLength(1);
  });

  test('the events are the record of an order: without one there is no order, fill, transfer or cancellation', async () => {
    const id = await trader.open();
    const resting = (await trader.place(id, buy({ type: 'limit', limitPrice: '5', timeInForce: 'gtc' }))).as<PaperOrder>();
    const before = [await trader.orders(id), await trader.cash(id)];
    await refuseWriting('order_events', async () => {
      expect((await raw('POST', `portfolios/${id}/orders`, buy())).statusCode).toBe(500);
      expect((await raw('DELETE', `portfolios/${id}/orders/${resting.id}`)).statusCode).toBe(500);
    });
    expect([await trader.orders(id), await trader.cash(id), await trader.holdings(id)]).toEqual([...before, {}]);
    // And the desk goes on.
    expect((await trader.place(id, buy())).status).toBe(201);
  });

  test('events are numbered without a gap, and neither they nor facts and transfers can be changed', async () => {
    const id = await trader.open();
    await times(10, (at) => trader.place(id, buy(at % 2 === 0 ? {} : { type: 'limit', limitPrice: '5' })));
    await trader.client.delete(`portfolios/${id}/orders`);
    const { rows } = await app.pool.query<{ sequence: number }>('select sequence from order_events where portfolio_id = $1 order by 1', [
      id,
    ]);
    // 10 placements and 5 cancellations.
    expect(rows.map(({ sequence }) => Number(sequence))).toEqual(Array.from({ length: 15 }, (_, at) => at + 1));
    for (const change of ['order_events set fees = 1', 'transfers set amount = 1', 'transactions set amount = 1'])
      await expect(app.pool.query(`update ${change} where portfolio_id = $1`, [id])).rejects.toThrow('never changed');
  });
});
