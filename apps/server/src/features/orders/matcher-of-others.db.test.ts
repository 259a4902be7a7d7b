/** A worker matches the orders that other servers took in, and hears what becomes of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../../platform/observe/index.ts';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperOrder, PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { testRedis } from '../../testing/test-database.ts';
import { createOrderMatcher } from './index.ts';
import type { OrderMatcher } from './index.ts';

const redis = testRedis();

describe.each([{ over: 'PostgreSQL', bus: { postgresBus: true } }, ...(redis === undefined ? [] : [{ over: 'Redis', bus: { redis } }])])(
  'news over $over',
  ({ bus }) => {
    let api: TestApp;
    let worker: TestApp;
    /** A server that tells nobody anything, as one that is killed right after its commits. */
    let silent: TestApp;
    let trader: PaperTrader;
    let matcher: OrderMatcher;
    beforeAll(async () => {
      api = await startTestApp({ ...bus, settings: { ROLE: 'api' } });
      trader = await paperTrader(api, 'trader');
      worker = await startTestApp({ ...bus, beside: api, settings: { ROLE: 'worker' } });
      silent = await startTestApp({ beside: api });
      const { desk, news } = worker.app.trading;
      const { board } = worker.app.market.quotes;
      matcher = createOrderMatcher({ pool: worker.pool, desk, news, quotes: board, clock: worker.clock, logger: silentLogger() });
      await matcher.start();
    });
    beforeEach(() => {
      for (const server of [api, worker, silent]) trader.quote('10', server);
    });
    afterAll(async () => {
      await matcher.stop();
      for (const server of [silent, worker, api]) await server.close();
    });

    const buy = (limitPrice: string) => ({ symbol: 'SHARE', side: 'buy', type: 'limit', quantity: '1', limitPrice, timeInForce: 'gtc' });
    const place = async (id: string, limitPrice: string): Promise<string> => (await trader.place(id, buy(limitPrice))).as<PaperOrder>().id;
    const placeSilently = async (id: string, limitPrice: string): Promise<string> =>
      (await silent.as(trader.user).post(`portfolios/${id}/orders`, buy(limitPrice))).as<PaperOrder>().id;

    test('what another server takes in waits here, and a quote fills it', async () => {
      const id = await trader.open();
      const [near, far] = [await place(id, '9'), await place(id, '8')];
      await until(() => matcher.size === 2);
      trader.quote('8.50', worker);
      await untilStatus(id, near, 'filled');
      expect((await trader.order(id, far)).status).toBe('accepted');
      await trader.client.delete(`portfolios/${id}/orders/${far}`);
      await until(() => matcher.size === 0);
    });

    test('what is canceled elsewhere waits no longer, though no quote comes', async () => {
      const id = await trader.open();
      const ids = [await place(id, '9'), await place(id, '8')];
      await until(() => matcher.size === 2);
      for (const orderId of ids) await trader.client.delete(`portfolios/${id}/orders/${orderId}`);
      await until(() => matcher.size === 0);
    });

    test('an order of which no news came is found by looking', async () => {
      const id = await trader.open();
      const order = await placeSilently(id, '9');
      await matcher.look();
      expect(matcher.size).toBe(1);
      trader.quote('9', worker);
      await untilStatus(id, order, 'filled');
      expect(matcher.size).toBe(0);
    });

    test('a quote that came between an order and its being heard of fills it at once', async () => {
      const id = await trader.open();
      const order = await placeSilently(id, '9');
      api.clock.advance(1);
      trader.quote('8', worker);
      await matcher.look();
      await untilStatus(id, order, 'filled');
    });

    async function untilStatus(id: string, orderId: string, status: string): Promise<void> {
      while ((await trader.order(id, orderId)).status !== status);
    }
  },
);

test('a worker answers for its health, and for nothing of the API', async () => {
  const worker = await startTestApp({ settings: { ROLE: 'worker' } });
  const statusOf = async (url: string) => (await worker.http.inject({ url, headers: { host: 'localhost' } })).statusCode;
  expect([await statusOf('/health/ready'), await statusOf('/metrics')]).toEqual([200, 200]);
  expect(await Promise.all(['/api/v1/instruments', '/api/v1/me', '/api/v1/stream', '/docs', '/'].map(statusOf))).toEqual(
    Array(5).fill(404),
  );
  await worker.close();
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate);
}
