/** Two servers on one database, a trader with a share of their own, and what tests of stops, pairs and replacements ask for. */
import { expect } from 'vitest';
import { createOrderMatcher } from '../features/orders/index.ts';
import type { OrderMatcher } from '../features/orders/index.ts';
import type { Clock } from '../platform/clock.ts';
import { silentLogger } from '../platform/observe/index.ts';
import { paperTrader } from './paper-trader.ts';
import type { PaperOrder, PaperTrader } from './paper-trader.ts';
import { startTestApp } from './test-app.ts';
import type { TestApp } from './test-app.ts';
import type { TestAnswer } from './test-client.ts';

export interface ConditionalOrder extends PaperOrder {
  readonly type: string;
  readonly stopPrice: string | null;
  readonly limitPrice: string | null;
  readonly timeInForce: string;
  readonly triggeredAt?: string;
  readonly parentId?: string;
  readonly pairId?: string;
  readonly replacesId?: string;
  readonly replacedById?: string;
}

interface Named {
  readonly id: string;
}

/** An order for five shares, good until canceled, unless said otherwise. */
export function wish(side: 'buy' | 'sell', type: string, more: object = {}): object {
  return { ...{ symbol: 'SHARE', side, type, quantity: '5', timeInForce: 'gtc' }, ...more };
}

export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()));
}

/** A matcher as a worker has it, on the desk of a server. */
export async function matcherOn(server: TestApp, clock: Clock = server.clock): Promise<OrderMatcher> {
  const { trading, market } = server.app;
  const needs = { pool: server.pool, clock, logger: silentLogger(), quotes: market.quotes.board };
  const matcher = createOrderMatcher({ ...needs, desk: trading.desk, news: trading.news });
  await matcher.start();
  return matcher;
}

export type OrderBench = Awaited<ReturnType<typeof openOrderBench>>;

export async function openOrderBench() {
  const app = await startTestApp();
  const trader: PaperTrader = await paperTrader(app, 'trader');
  await app.app.market.quotes.flush();
  const second = await startTestApp({ beside: app });
  const placed = async (id: string, body: object): Promise<ConditionalOrder> => {
    const answer = await trader.place(id, body);
    expect(answer.status, answer.text).toBe(201);
    return answer.as<ConditionalOrder>();
  };
  const now = async (id: string, order: Named) => (await trader.order(id, order.id)) as ConditionalOrder;
  return {
    app,
    second,
    trader,
    placed,
    now,
    orders: async (id: string, query = '') => (await trader.orders(id, query)) as readonly ConditionalOrder[],
    change: (id: string, order: Named, body: object): Promise<TestAnswer> =>
      trader.client.patch(`portfolios/${id}/orders/${order.id}`, body),
    untilStatus: (id: string, order: Named, status: string) => until(async () => (await now(id, order)).status === status),
    events: async (id: string, order: Named) => {
      const answer = await trader.client.get(`portfolios/${id}/orders/${order.id}/events`);
      return answer.as<{ items: { status: string }[] }>().items.map(({ status }) => status);
    },
    /** A portfolio with five shares bought at 10 and 950 of cash. */
    holding: async (more: object = {}): Promise<string> => {
      const id = await trader.open(more);
      await placed(id, wish('buy', 'market', { timeInForce: 'day' }));
      return id;
    },
    withMatcher: async (work: () => Promise<void>): Promise<void> => {
      const matcher = await matcherOn(app);
      try {
        await work();
      } finally {
        await matcher.stop();
      }
    },
    /** What the rebuild from facts says against what is stored. */
    expectSound: async (): Promise<void> => {
      const differences: unknown[] = [];
      await app.app.trading.audit({ portfolioId: null, onDifference: (difference) => void differences.push(difference) });
      expect(differences).toEqual([]);
    },
    /** The price of the share is 10 everywhere. */
    calm: (): void => {
      trader.quote('10');
      trader.quote('10', second);
    },
    close: async (): Promise<void> => {
      await second.close();
      await app.close();
    },
  };
}
