/** A user who trades on paper, and a share that only they have, priced as the test says. */
import { decimal } from '@holdfast/engine/money';
import type { TestUser } from './builders.ts';
import type { TestApp } from './test-app.ts';
import type { TestAnswer, TestClient } from './test-client.ts';

export interface PaperCash {
  readonly balance: string;
  readonly reserved: string;
  readonly available: string;
}

export interface PaperOrder {
  readonly id: string;
  readonly side: 'buy' | 'sell';
  readonly status: string;
  readonly clientOrderId: string | null;
  readonly quantity: string;
  readonly filledQuantity: string;
  readonly averageFillPrice: string | null;
  readonly fees: string;
  readonly fills: readonly { readonly quantity: string; readonly price: string }[];
  readonly rejection: { readonly code: string } | null;
  readonly createdAt: string;
  readonly expiresAt: string | null;
}

/** What the market says of the share: one price on both sides, or each side with its size. */
export type SharePrice =
  string | { readonly bid: string; readonly ask: string; readonly bidSize?: string; readonly askSize?: string; readonly last?: string };

export interface PaperTrader {
  readonly user: TestUser;
  readonly client: TestClient;
  /** Opens a paper portfolio with 1,000 of cash unless said otherwise, and answers its id. */
  open(more?: object): Promise<string>;
  place(id: string, body: object, headers?: Readonly<Record<string, string>>): Promise<TestAnswer>;
  /** The base currency's line of the portfolio's cash. */
  cash(id: string): Promise<PaperCash>;
  /** Symbol to quantity. */
  holdings(id: string): Promise<Readonly<Record<string, string>>>;
  orders(id: string, query?: string): Promise<readonly PaperOrder[]>;
  order(id: string, orderId: string): Promise<PaperOrder>;
  /** A price of the share SHARE, here or on another server. */
  quote(price: SharePrice, on?: TestApp): void;
}

let quotes = 0;

/** The share is called SHARE, trades in dollars in steps of a cent, and has the price 10 to begin with. */
export async function paperTrader(app: TestApp, name: string): Promise<PaperTrader> {
  const user = await app.user(name);
  const client = app.as(user);
  const share = { symbol: 'SHARE', name: 'A share', assetClass: 'stock', currency: 'USD', tickSize: '0.01' };
  const made = await client.post('instruments', share);
  if (made.status !== 201) throw new Error(`The share could not be made: ${made.text}`);
  const quote = (price: SharePrice, on: TestApp = app): void => {
    const instrument = on.app.market.instruments.book.resolve('SHARE', user.id);
    if (instrument === null) throw new Error('This server does not know the share.');
    const said = typeof price === 'string' ? { bid: price, ask: price } : price;
    const { bid, ask, bidSize = null, askSize = null, last = said.bid } = { bidSize: null, askSize: null, ...said };
    on.app.market.quotes.record([
      {
        instrumentKey: instrument.key,
        symbol: instrument.symbol,
        last: decimal(last),
        bid: decimal(bid),
        ask: decimal(ask),
        bidSize: bidSize === null ? null : decimal(bidSize),
        askSize: askSize === null ? null : decimal(askSize),
        ...{ lastSize: null, open: null, high: null, low: null, previousClose: null, volume: null },
        at: on.clock.now(),
        source: instrument.source,
        number: (quotes += 1),
      },
    ]);
  };
  quote('10');
  return {
    user,
    client,
    quote,
    open: async (more = {}) => {
      const answer = await client.post('portfolios', { name: 'Practice', kind: 'paper', startingCash: '1000', ...more });
      if (answer.status !== 201) throw new Error(`The portfolio could not be opened: ${answer.text}`);
      return answer.as<{ id: string }>().id;
    },
    place: (id, body, headers = {}) => client.post(`portfolios/${id}/orders`, body, { headers }),
    cash: async (id) => {
      const [first] = (await client.get(`portfolios/${id}`)).as<{ cash: PaperCash[] }>().cash;
      if (first === undefined) throw new Error('The portfolio keeps no cash.');
      return { balance: first.balance, reserved: first.reserved, available: first.available };
    },
    holdings: async (id) => {
      const { items } = (await client.get(`portfolios/${id}/positions`)).as<{ items: { symbol: string; quantity: string }[] }>();
      return Object.fromEntries(items.map(({ symbol, quantity }) => [symbol, quantity]));
    },
    orders: async (id, query = '') => (await client.get(`portfolios/${id}/orders${query}`)).as<{ items: PaperOrder[] }>().items,
    order: async (id, orderId) => (await client.get(`portfolios/${id}/orders/${orderId}`)).as<PaperOrder>(),
  };
}
