/** How batches fail: one command at a time, once each, and never twice in effect. */
import { decimal } from '@holdfast/engine/money';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { silentLogger } from '../../platform/observe/index.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';
import { createMarket, openDesk, PortfolioStates } from './index.ts';
import type { Desk, PlaceCommand } from './index.ts';

let app: TestApp;
let trader: TestUser;

interface Order {
  readonly id: string;
  readonly createdAt: string;
}

beforeAll(async () => {
  app = await startTestApp();
  trader = await app.user('trader');
});
afterAll(() => app.close());

async function paper(startingCash = '1000000'): Promise<string> {
  return (await app.as(trader).post('portfolios', { name: 'Practice', kind: 'paper', startingCash })).as<{ id: string }>().id;
}

const buy = (quantity: string, more: object = {}) => ({ symbol: 'AAPL', side: 'buy', type: 'market', quantity, ...more });
const place = (id: string, body: object, headers: Record<string, string> = {}) =>
  app.as(trader).post(`portfolios/${id}/orders`, body, { headers });

async function ordersOf(id: string): Promise<number> {
  const { rows } = await app.pool.query<{ count: number }>('select count(*) from orders where portfolio_id = $1', [id]);
  return rows[0]?.count ?? -1;
}

/** A desk of its own on the app's database, as another server would have. */
function deskOn(pool: pg.Pool, clock: Clock): Desk {
  const { market } = app.app;
  const sources = { quotes: market.quotes.board, instruments: market.instruments.book, rates: market.rates, sessionOf: () => null };
  const states = new PortfolioStates(app.pool);
  return openDesk({ pool, states, market: createMarket({ clock, ...sources }), logger: silentLogger() });
}

function wish(portfolioId: string, quantity: string, idempotencyKey: string | null = null): PlaceCommand {
  const instrument = app.app.market.instruments.book.resolve('AAPL');
  if (instrument === null) throw new Error('AAPL is not known.');
  return {
    kind: 'place',
    portfolioId,
    by: { userId: trader.id, tokenVersion: 1, requestId: 'r', ip: '::1' },
    request: {
      id: newId(app.clock.now()),
      side: 'buy',
      type: 'market',
      timeInForce: 'day',
      quantity: decimal(quantity),
      notional: null,
      limitPrice: null,
      terms: null,
    },
    instrument,
    clientOrderId: null,
    idempotencyKey,
    requestHash: Buffer.from(quantity),
  };
}

test('a command that the database refuses fails alone, whichever batch it came in', async () => {
  await app.pool.query(`create function refuse_poison() returns trigger language plpgsql as
    $$ begin raise exception 'poison' using errcode = 'check_violation'; end $$`);
  await app.pool.query(
    `create trigger poison before insert on orders for each row when (new.client_order_id = 'poison') execute function refuse_poison()`,
  );
  const ids = await Promise.all(Array.from({ length: 4 }, () => paper()));
  const wishes = ids.flatMap((id) => [buy('1'), buy('2'), buy('3')].map((body) => ({ id, body })));
  wishes.splice(5, 0, { id: ids[1] ?? '', body: buy('1', { clientOrderId: 'poison' }) });
  // The contract allows no 500, and the client would say so: this one is asked for past it.
  const answers = await Promise.all(
    wishes.map(({ id, body }) =>
      app.http.inject({
        method: 'POST',
        url: `/api/v1/portfolios/${id}/orders`,
        headers: { host: 'localhost', authorization: `Bearer ${trader.accessToken}` },
        payload: body,
      }),
    ),
  );
  expect(answers.map(({ statusCode }) => statusCode)).toEqual(wishes.map((_, at) => (at === 5 ? 500 : 201)));
  expect(await Promise.all(ids.map(ordersOf))).toEqual([3, 3, 3, 3]);
  await app.pool.query('drop trigger poison on orders');
});

test('what is committed is not done again when a later question to the database fails', async () => {
  const id = await paper('10000');
  let wrongAnswers = 0;
  // After the commit the desk looks up what a refused command's key did before: with this instant PostgreSQL refuses the question.
  const clock: Clock = { now: () => (wrongAnswers-- > 0 ? 9e15 : app.clock.now()) };
  const desk = deskOn(app.pool, clock);
  desk.onCommitted(() => {
    wrongAnswers = 1;
  });
  const [good, refused] = await Promise.allSettled([desk.submit(wish(id, '1')), desk.submit(wish(id, '99999', 'no-cash'))]);
  expect(good.status).toBe('fulfilled');
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: '22007' } });
  await desk.close();
  expect(await ordersOf(id)).toBe(1);
});

test('a plain order is one statement that knows of no terms; one with a stop is one longer statement', async () => {
  const id = await paper('100000');
  const names: string[] = [];
  const watched = new Proxy(app.pool, {
    get: (pool, name) =>
      name === 'query'
        ? (query: pg.QueryConfig) => {
            names.push(query.name ?? '');
            return app.pool.query(query);
          }
        : (Reflect.get(pool, name) as unknown),
  });
  const desk = deskOn(watched, app.clock);
  await desk.submit(wish(id, '1'));
  const plain = wish(id, '2');
  const terms = { stopPrice: decimal('999999'), trailAmount: null, trailPercent: null, mark: null, takeProfit: null, stopLoss: null };
  const tied = { parentId: null, replacesId: null, priorityId: null };
  const request = { ...plain.request, type: 'stop' as const, quantity: decimal('0.01'), terms: { ...terms, ...tied } };
  await desk.submit({ ...plain, request });
  await desk.close();
  expect(names).toEqual(['desk-write', 'desk-write-terms']);
});

test('a server that is overtaken locks what it decides on, and is not overtaken again', async () => {
  const id = await paper();
  // Another server changes the portfolio between every reading and every writing that holds no lock.
  const overtaken = new Proxy(app.pool, {
    get: (pool, name) =>
      name === 'query'
        ? async (query: pg.QueryConfig) => {
            if (query.name === 'desk-write')
              await pool.query('update portfolio_heads set version = version + 1 where portfolio_id = $1', [id]);
            return pool.query(query);
          }
        : (Reflect.get(pool, name) as unknown),
  });
  const desk = deskOn(overtaken, app.clock);
  const outcomes = await Promise.all([desk.submit(wish(id, '1')), desk.submit(wish(id, '2')), desk.submit(wish(id, '3'))]);
  expect(outcomes.map((outcome) => (outcome.kind === 'order' ? outcome.order.status : outcome.kind))).toEqual([
    'filled',
    'filled',
    'filled',
  ]);
  await desk.close();
  expect(await ordersOf(id)).toBe(3);
});

test('two servers that change the same portfolios all the time both come through', async () => {
  const second = await startTestApp({ beside: app });
  try {
    const ids = await Promise.all(Array.from({ length: 10 }, () => paper()));
    const clients = [app.as(trader), second.as(trader)];
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(
        ids.flatMap((id) => clients.flatMap((client) => [1, 2].map(() => client.post(`portfolios/${id}/orders`, buy('1'))))),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    }
    expect(new Set(await Promise.all(ids.map(ordersOf)))).toEqual(new Set([12]));
  } finally {
    await second.close();
  }
});

test('I5, I6: one effect per key, also where another kind of request used it first', async () => {
  const id = await paper();
  const headers = { 'idempotency-key': 'one-for-all' };
  expect((await app.as(trader).post(`portfolios/${id}/cash`, { type: 'deposit', amount: '5' }, { headers })).status).toBe(201);
  expect((await place(id, buy('1'), headers)).code).toBe('idempotency_key_reused');
  expect((await app.as(trader).post('portfolios', { name: 'Other', kind: 'paper' }, { headers })).code).toBe('idempotency_key_reused');
  const ordered = { 'idempotency-key': 'an-order' };
  expect((await place(id, buy('1'), ordered)).status).toBe(201);
  expect((await app.as(trader).post(`portfolios/${id}/cash`, { type: 'deposit', amount: '5' }, { headers: ordered })).code).toBe(
    'idempotency_key_reused',
  );
  expect((await app.as(trader).post('portfolios', { name: 'Other', kind: 'paper' }, { headers: ordered })).code).toBe(
    'idempotency_key_reused',
  );
  expect(await ordersOf(id)).toBe(1);
  const { rows } = await app.pool.query('select 1 from transactions where portfolio_id = $1 and type = $2', [id, 'deposit']);
  // The starting cash and the deposit of 5.
  expect(rows).toHaveLength(2);
});

test('another user may use the same key', async () => {
  const other = await app.user('other');
  const theirs = (await app.as(other).post('portfolios', { name: 'Theirs', kind: 'paper' })).as<{ id: string }>().id;
  const headers = { 'idempotency-key': 'shared' };
  const mine = await place(await paper(), buy('1'), headers);
  const answer = await app.as(other).post(`portfolios/${theirs}/orders`, buy('1'), { headers });
  expect([mine.status, answer.status]).toEqual([201, 201]);
  expect(answer.as<Order>().id).not.toBe(mine.as<Order>().id);
});

test('a key counts for a day: after that it is free for another order or movement', async () => {
  const id = await paper();
  const headers = { 'idempotency-key': 'daily' };
  const first = (await place(id, buy('1'), headers)).as<Order>();
  const moved = { 'idempotency-key': 'daily-cash' };
  const deposit = { type: 'deposit', amount: '1' };
  await app.as(trader).post(`portfolios/${id}/cash`, deposit, { headers: moved });
  app.clock.advance(24 * 3_600_000 - 1);
  const token = (await app.anonymous.post('auth/login', { email: trader.email, password: trader.password })).as<{ accessToken: string }>();
  const again = app.as(token);
  const replay = await again.post(`portfolios/${id}/orders`, buy('1'), { headers });
  expect([replay.as<Order>().id, replay.headers['idempotency-replayed']]).toEqual([first.id, 'true']);
  app.clock.advance(2);
  const next = await again.post(`portfolios/${id}/orders`, buy('2'), { headers });
  expect([next.status, next.headers['idempotency-replayed']]).toEqual([201, undefined]);
  const second = await again.post(`portfolios/${id}/cash`, deposit, { headers: moved });
  expect([second.status, second.headers['idempotency-replayed']]).toEqual([201, undefined]);
  expect(await ordersOf(id)).toBe(2);
});
