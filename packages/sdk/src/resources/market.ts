import { path, type HttpClient } from '../http-client.ts';
import type {
  BarQuery,
  BarSeries,
  ExchangeRateQuery,
  ExchangeRates,
  IndicatorQuery,
  Indicators,
  Instrument,
  InstrumentQuery,
  MarketClock,
  Movers,
  Quote,
  QuoteList,
  Statistics,
} from '../wire/market.ts';
import type { Page } from '../wire/page.ts';

/** Instruments, what the market says of them now, and their history. */
export function marketCalls(http: HttpClient) {
  return Object.freeze({
    listInstruments: (query: InstrumentQuery, signal?: AbortSignal) =>
      http<Page<Instrument>>({ method: 'GET', path: '/instruments', query, signal }),
    getInstrument: (symbol: string, signal?: AbortSignal) =>
      http<Instrument>({ method: 'GET', path: path('/instruments/{}', symbol), signal }),
    getQuote: (symbol: string, signal?: AbortSignal) => http<Quote>({ method: 'GET', path: path('/quotes/{}', symbol), signal }),
    /** At most 200 symbols. */
    listQuotes: (symbols: readonly string[], signal?: AbortSignal) =>
      http<QuoteList>({ method: 'GET', path: '/quotes', query: { symbols: symbols.join(',') }, signal }),
    listBars: (symbol: string, query: BarQuery, signal?: AbortSignal) =>
      http<BarSeries>({ method: 'GET', path: path('/instruments/{}/bars', symbol), query, signal }),
    getIndicators: (symbol: string, query: IndicatorQuery, signal?: AbortSignal) =>
      http<Indicators>({ method: 'GET', path: path('/instruments/{}/indicators', symbol), query, signal }),
    listExchangeRates: (query: ExchangeRateQuery, signal?: AbortSignal) =>
      http<ExchangeRates>({ method: 'GET', path: '/exchange-rates', query, signal }),
    getStatistics: (symbol: string, query: { readonly from?: string; readonly to?: string }, signal?: AbortSignal) =>
      http<Statistics>({ method: 'GET', path: path('/instruments/{}/statistics', symbol), query, signal }),
    getClock: (signal?: AbortSignal) => http<MarketClock>({ method: 'GET', path: '/market/clock', signal }),
    listMovers: (query: { readonly limit?: number }, signal?: AbortSignal) =>
      http<Movers>({ method: 'GET', path: '/market/movers', query, signal }),
  });
}
