import * as contract from '@holdfast/contract/bars';
import { serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import type { Instruments } from '../instruments/index.ts';
import type { QuoteBoard } from '../quotes/index.ts';
import { getIndicators } from './get-indicators.ts';
import { getStatistics } from './get-statistics.ts';
import type { HistoryPolicy } from './history-limit.ts';
import { listBars } from './list-bars.ts';
import type { HistoryReader } from './list-bars.ts';
import { createMovers } from './list-movers.ts';
import { listTicks } from './list-ticks.ts';
import { marketCalendar, marketClock } from './market-hours.ts';
import type { PriceHistory } from './price-history.ts';

export interface BarRoutesNeeds {
  readonly instruments: Instruments;
  readonly board: QuoteBoard;
  readonly rates: ExchangeRates;
  readonly history: PriceHistory;
  readonly policy: HistoryPolicy;
  readonly hours: 'always' | 'exchange';
  readonly fillMinutes: HistoryReader['fillMinutes'];
}

export function bindBarRoutes(context: ServeContext, needs: BarRoutesNeeds): void {
  const { db, clock } = context;
  const { instruments, board, rates, history, policy, hours, fillMinutes } = needs;
  const { book } = instruments;
  const reader = { db, clock, instruments, board, history, policy, fillMinutes };
  const movers = createMovers({ clock, book, board, rates });
  serve(context, contract.listBars, ({ caller, params, query }) => listBars(reader, caller, { ...params, ...query }));
  serve(context, contract.listTicks, ({ caller, params, query }) => listTicks(reader, caller, { ...params, ...query }));
  serve(context, contract.getStatistics, ({ caller, params, query }) => getStatistics(reader, caller, { ...params, ...query }));
  serve(context, contract.getIndicators, ({ caller, params, query }) => getIndicators(reader, caller, { ...params, ...query }));
  serve(context, contract.listMovers, ({ query }) => movers(query));
  serve(context, contract.getMarketClock, () => marketClock({ book, hours }, clock.now()));
  serve(context, contract.getMarketCalendar, ({ query }) => marketCalendar(query, clock.now()));
}
