/** The market part of seed 002's API, bound to what the features know. */
import { getOhlc, listTickerOrders, listTickers } from '@holdfast/contract/tickers-api';
import { serve, Serialised } from '../../platform/http/index.ts';
import type { Gate, ServeContext } from '../../platform/http/index.ts';
import { createDailyOhlc } from './daily-ohlc.ts';
import type { DailyOhlcNeeds } from './daily-ohlc.ts';
import { createTickerFeed } from './ticker-feed.ts';
import { createTickerList } from './ticker-list.ts';
import type { TickerListNeeds } from './ticker-list.ts';
import { tickerOrders } from './ticker-orders.ts';
import type { TickerOrdersNeeds } from './ticker-orders.ts';
import { bindTickerSocket } from './ticker-socket.ts';
import type { TickerSockets } from './ticker-socket.ts';

export interface TickerMarketNeeds extends TickerListNeeds, TickerOrdersNeeds, Omit<DailyOhlcNeeds, 'isComputed'> {
  readonly gate: Gate;
  readonly publicMarketData: boolean;
  readonly allowedOrigins: readonly string[];
  readonly onError: (error: unknown) => void;
}

const PAGE = 100;

export function bindTickerMarket(context: ServeContext, needs: TickerMarketNeeds): TickerSockets {
  const atOnce = { ...context, scoped: false };
  const list = createTickerList(needs);
  const ohlc = createDailyOhlc({ ...needs, isComputed: (instrument) => needs.computed(instrument) !== null });
  serve(atOnce, listTickers, ({ query }) => new Serialised(list.text(query)));
  serve(context, listTickerOrders, async ({ params, query: { skip = 0, limit = PAGE, interval = null } }) => {
    return new Serialised(await tickerOrders(needs, params.tick_id, { skip, limit, interval }));
  });
  serve(atOnce, getOhlc, ({ caller, query }) => {
    const text = ohlc(caller, query);
    return typeof text === 'string' ? new Serialised(text) : text.then((made) => new Serialised(made));
  });
  return bindTickerSocket(context, { ...needs, feed: createTickerFeed({ list, clock: needs.clock }) });
}
