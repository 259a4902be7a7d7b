/**
 * What each vendor answers about IBM and EUR/USD on 2026-01-07, in the shapes of its documentation; the figures are made up.
 * Alpha Vantage: https://www.alphavantage.co/documentation/ (the "demo" examples of each function; #intraday for minutes).
 * Finnhub: https://finnhub.io/docs/api (sample responses of Quote, Stock Candles, Symbol Lookup, Company Profile 2, Splits, Dividends).
 * Twelve Data: https://twelvedata.com/docs (example responses of /quote, /time_series by day and by minute, /symbol_search, /splits, /dividends).
 * Yahoo Finance has no documentation; the shapes are those its own pages read, as described by the yahoo-finance2 project.
 */
import type { VendorRule } from './vendor-server.ts';

const seconds = (instant: string): number => Date.parse(instant) / 1_000;
const is = (url: URL, name: string, value: string): boolean => url.searchParams.get(name) === value;

const dailySeries = {
  'Meta Data': { '1. Information': 'Daily Prices (open, high, low, close) and Volumes', '2. Symbol': 'IBM', '5. Time Zone': 'US/Eastern' },
  'Time Series (Daily)': {
    '2026-01-06': { '1. open': '295.0000', '2. high': '297.5000', '3. low': '294.1000', '4. close': '296.9300', '5. volume': '3010224' },
    '2026-01-05': { '1. open': '292.0000', '2. high': '296.0000', '3. low': '291.5000', '4. close': '294.9700', '5. volume': '3584711' },
    '2026-01-02': { '1. open': '296.1000', '2. high': '296.8000', '3. low': '290.8000', '4. close': '291.5000', '5. volume': '4218830' },
  },
};

/** Four minutes of a session, 10:30 to 10:34 in New York: start, open, high, low, close, volume. */
const minutes: readonly (readonly [at: string, open: number, high: number, low: number, close: number, volume: number])[] = [
  ['2026-01-06T15:30:00Z', 295.9, 296.1, 295.85, 296.05, 5120],
  ['2026-01-06T15:31:00Z', 296.05, 296.2, 296, 296.12, 4310],
  ['2026-01-06T15:32:00Z', 296.12, 296.12, 295.7, 295.75, 6044],
  ['2026-01-06T15:33:00Z', 295.75, 295.98, 295.75, 295.9, 3900],
];

/** By the clock of New York, the newest first, as the documentation's example has it. */
const intradaySeries = {
  'Meta Data': {
    '1. Information': 'Intraday (1min) open, high, low, close prices and volume',
    '2. Symbol': 'IBM',
    '3. Last Refreshed': '2026-01-06 10:33:00',
    '4. Interval': '1min',
    '5. Output Size': 'Full size',
    '6. Time Zone': 'US/Eastern',
  },
  'Time Series (1min)': Object.fromEntries(
    [...minutes].reverse().map(([at, open, high, low, close, volume]) => [
      `2026-01-06 10:${at.slice(14, 16)}:00`,
      {
        '1. open': open.toFixed(4),
        '2. high': high.toFixed(4),
        '3. low': low.toFixed(4),
        '4. close': close.toFixed(4),
        '5. volume': String(volume),
      },
    ]),
  ),
};

export const alphaVantageAnswers: VendorRule = (url) => {
  const known = is(url, 'symbol', 'IBM');
  switch (url.searchParams.get('function') ?? '') {
    case 'GLOBAL_QUOTE':
      return { body: { 'Global Quote': known ? globalQuote : {} } };
    case 'TIME_SERIES_DAILY':
      return { body: known ? dailySeries : { 'Time Series (Daily)': {} } };
    case 'TIME_SERIES_INTRADAY':
      return {
        body: known && is(url, 'interval', '1min') ? intradaySeries : { [`Time Series (${url.searchParams.get('interval')})`]: {} },
      };
    case 'SYMBOL_SEARCH':
      return {
        body: { bestMatches: /ibm/i.test(url.searchParams.get('keywords') ?? '') ? [ibmMatch, { ...ibmMatch, '1. symbol': 'IBMJ' }] : [] },
      };
    case 'OVERVIEW':
      return { body: known ? overview : {} };
    case 'SPLITS':
      return { body: { symbol: 'IBM', data: [{ effective_date: '1999-05-27', split_factor: '2.0000' }] } };
    case 'DIVIDENDS':
      return { body: { symbol: 'IBM', data: [dividend, { ...dividend, ex_dividend_date: '2026-01-05', payment_date: 'None' }] } };
    case 'FX_DAILY':
      return { body: { 'Time Series FX (Daily)': { '2026-01-06': { '4. close': '1.17420' }, '2026-01-05': { '4. close': '1.17180' } } } };
    default:
      return { body: { 'Error Message': 'This API function (X) does not exist.' } };
  }
};

const globalQuote = {
  '01. symbol': 'IBM',
  '02. open': '297.0000',
  '03. high': '298.4400',
  '04. low': '295.9000',
  '05. price': '296.2100',
  '06. volume': '1048220',
  '07. latest trading day': '2026-01-07',
  '08. previous close': '296.9300',
  '09. change': '-0.7200',
  '10. change percent': '-0.2425%',
};
const ibmMatch = {
  '1. symbol': 'IBM',
  '2. name': 'International Business Machines Corp',
  '3. type': 'Equity',
  '4. region': 'United States',
  '5. marketOpen': '09:30',
  '6. marketClose': '16:00',
  '7. timezone': 'UTC-04',
  '8. currency': 'USD',
  '9. matchScore': '1.0000',
};
const overview = {
  Symbol: 'IBM',
  AssetType: 'Common Stock',
  Name: 'International Business Machines',
  Exchange: 'NYSE',
  Currency: 'USD',
  Country: 'USA',
  Sector: 'TECHNOLOGY',
};
const dividend = {
  ex_dividend_date: '2025-11-10',
  declaration_date: '2025-10-22',
  record_date: '2025-11-10',
  payment_date: '2025-12-10',
  amount: '1.68',
};

export const finnhubAnswers: VendorRule = (url) => {
  const known = is(url, 'symbol', 'IBM');
  switch (url.pathname) {
    case '/quote':
      return {
        body: known
          ? `{"c":296.21,"d":-0.72,"dp":-0.2425,"h":298.44,"l":295.9,"o":297,"pc":296.93,"t":${seconds('2026-01-07T15:30:00Z')}}`
          : '{"c":0,"d":null,"dp":null,"h":0,"l":0,"o":0,"pc":0,"t":0}',
      };
    case '/stock/candle':
      return { body: !known ? { s: 'no_data' } : is(url, 'resolution', '1') ? minuteCandles : candles };
    case '/search':
      return {
        body: {
          count: 2,
          result: [ibmLookup, { ...ibmLookup, displaySymbol: 'IBM.DE', symbol: 'IBM.DE' }, { ...ibmLookup, symbol: 'IBM.MX' }],
        },
      };
    case '/stock/profile2':
      return { body: known ? finnhubProfile : {} };
    case '/stock/split':
      return { body: [] };
    case '/stock/dividend':
      return {
        body: [
          {
            symbol: 'IBM',
            date: '2026-01-05',
            amount: 1.68,
            adjustedAmount: 1.68,
            payDate: '2026-01-20',
            recordDate: '2026-01-05',
            declarationDate: '2025-12-22',
            currency: 'USD',
          },
        ],
      };
    default:
      return undefined;
  }
};

const ibmLookup = { description: 'INTERNATIONAL BUSINESS MACHINES', displaySymbol: 'IBM', symbol: 'IBM', type: 'Common Stock' };
const finnhubProfile = {
  country: 'US',
  currency: 'USD',
  exchange: 'NEW YORK STOCK EXCHANGE, INC.',
  finnhubIndustry: 'Technology',
  name: 'International Business Machines Corp',
  ticker: 'IBM',
};
/** Days are stamped with midnight UTC. */
const candles = {
  s: 'ok',
  t: [seconds('2026-01-02T00:00:00Z'), seconds('2026-01-05T00:00:00Z'), seconds('2026-01-06T00:00:00Z')],
  o: [296.1, 292, 295],
  h: [296.8, 296, 297.5],
  l: [290.8, 291.5, 294.1],
  c: [291.5, 294.97, 296.93],
  v: [4218830, 3584711, 3010224],
};

const minuteCandles = {
  s: 'ok',
  t: minutes.map(([at]) => seconds(at)),
  o: minutes.map(([, open]) => open),
  h: minutes.map(([, , high]) => high),
  l: minutes.map(([, , , low]) => low),
  c: minutes.map(([, , , , close]) => close),
  v: minutes.map(([, , , , , volume]) => volume),
};

export const twelveDataAnswers: VendorRule = (url) => {
  const symbol = url.searchParams.get('symbol');
  if (url.pathname === '/time_series' && symbol === 'EUR/USD')
    return {
      body: twelveSeries([
        ['2026-01-06', '1.17420'],
        ['2026-01-05', '1.17180'],
      ]),
    };
  if (url.pathname === '/symbol_search')
    return {
      body: {
        data: /ibm/i.test(symbol ?? '')
          ? [ibmFound, { ...ibmFound, exchange: 'XETR', mic_code: 'XETR', currency: 'EUR', country: 'Germany' }]
          : [],
        status: 'ok',
      },
    };
  if (symbol !== 'IBM') return { body: { code: 404, message: '**symbol** or **figi** parameter is missing or invalid.', status: 'error' } };
  switch (url.pathname) {
    case '/quote':
      return { body: twelveQuote };
    case '/time_series':
      if (is(url, 'interval', '1min')) return { body: twelveMinutes };
      return {
        body: twelveSeries([
          ['2026-01-06', '296.93'],
          ['2026-01-05', '294.97'],
          ['2026-01-02', '291.50'],
        ]),
      };
    case '/splits':
      return {
        body: {
          meta: { symbol: 'IBM', currency: 'USD' },
          splits: [{ date: '2026-01-05', description: '4-for-1 split', ratio: 0.25, from_factor: 4, to_factor: 1 }],
        },
      };
    case '/dividends':
      return { body: { meta: { symbol: 'IBM', currency: 'USD' }, dividends: [{ ex_date: '2026-01-05', amount: 1.68 }] } };
    default:
      return undefined;
  }
};

function twelveSeries(rows: readonly (readonly [string, string])[]) {
  const values = rows.map(([datetime, close]) => ({ datetime, open: close, high: close, low: close, close, volume: '3010224' }));
  return {
    meta: { symbol: 'IBM', interval: '1day', currency: 'USD', exchange: 'NYSE', mic_code: 'XNYS', type: 'Common Stock' },
    values,
    status: 'ok',
  };
}

/** Instants by the clock that was asked for, UTC; the newest first. */
const twelveMinutes = {
  meta: {
    symbol: 'IBM',
    interval: '1min',
    currency: 'USD',
    exchange_timezone: 'America/New_York',
    exchange: 'NYSE',
    mic_code: 'XNYS',
    type: 'Common Stock',
  },
  values: [...minutes].reverse().map(([at, open, high, low, close, volume]) => ({
    datetime: at.slice(0, 19).replace('T', ' '),
    open: open.toFixed(5),
    high: high.toFixed(5),
    low: low.toFixed(5),
    close: close.toFixed(5),
    volume: String(volume),
  })),
  status: 'ok',
};

const twelveQuote = {
  symbol: 'IBM',
  name: 'International Business Machines Corp',
  exchange: 'NYSE',
  mic_code: 'XNYS',
  currency: 'USD',
  datetime: '2026-01-07',
  timestamp: seconds('2026-01-07T14:30:00Z'),
  last_quote_at: seconds('2026-01-07T15:29:00Z'),
  open: '297.00000',
  high: '298.44000',
  low: '295.89999',
  close: '296.20999',
  volume: '1048220',
  previous_close: '296.92999',
  is_market_open: true,
};
const ibmFound = {
  symbol: 'IBM',
  instrument_name: 'International Business Machines Corp',
  exchange: 'NYSE',
  mic_code: 'XNYS',
  exchange_timezone: 'America/New_York',
  instrument_type: 'Common Stock',
  country: 'United States',
  currency: 'USD',
};

export const yahooAnswers: VendorRule = (url) => {
  switch (url.pathname) {
    case '/v7/finance/quote':
      return { body: { quoteResponse: { result: is(url, 'symbols', 'IBM') ? [yahooQuote] : [], error: null } } };
    case '/v8/finance/chart/IBM':
      return { body: { chart: { result: [is(url, 'interval', '1m') ? yahooMinutes : yahooChart], error: null } } };
    case '/v8/finance/chart/EURUSD%3DX':
      return {
        body: { chart: { result: [{ ...yahooChart, events: undefined, meta: { ...yahooChart.meta, symbol: 'EURUSD=X' } }], error: null } },
      };
    case '/v1/finance/search':
      return {
        body: {
          count: 2,
          quotes: [ibmHit, { ...ibmHit, symbol: 'IBM.DE', exchange: 'GER' }, { isYahooFinance: false, name: 'IBM Ventures' }],
        },
      };
    default:
      return {
        status: 404,
        body: { chart: { result: null, error: { code: 'Not Found', description: 'No data found, symbol may be delisted' } } },
      };
  }
};

const yahooQuote = {
  symbol: 'IBM',
  currency: 'USD',
  priceHint: 2,
  regularMarketPrice: 296.21,
  regularMarketTime: seconds('2026-01-07T15:30:00Z'),
  regularMarketOpen: 297,
  regularMarketDayHigh: 298.44,
  regularMarketDayLow: 295.9,
  regularMarketPreviousClose: 296.93,
  regularMarketVolume: 1048220,
  bid: 0,
  ask: 296.24,
};
/** As floats of 32 bits come out of it. */
const yahooChart = {
  meta: {
    currency: 'USD',
    symbol: 'IBM',
    exchangeName: 'NYQ',
    instrumentType: 'EQUITY',
    longName: 'International Business Machines Corporation',
    regularMarketPrice: 296.21,
    regularMarketTime: seconds('2026-01-07T15:30:00Z'),
    regularMarketDayHigh: 298.44,
    regularMarketDayLow: 295.9,
    regularMarketVolume: 1048220,
    chartPreviousClose: 296.93,
    priceHint: 2,
  },
  timestamp: ['2026-01-02T14:30:00Z', '2026-01-05T14:30:00Z', '2026-01-06T14:30:00Z', '2026-01-07T14:30:00Z'].map(seconds),
  events: { dividends: { '1767623400': { amount: 1.68, date: seconds('2026-01-05T14:30:00Z') } } },
  indicators: {
    quote: [
      {
        open: [296.1000061035156, 292, 295, null],
        high: [296.79998779296875, 296, 297.5, null],
        low: [290.79998779296875, 291.5, 294.1000061035156, null],
        close: [291.5, 294.9700012207031, 296.92999267578125, null],
        volume: [4218830, 3584711, 3010224, null],
      },
    ],
  },
};
/** A minute without a trade has null everywhere. */
const yahooMinutes = {
  meta: { ...yahooChart.meta, dataGranularity: '1m' },
  timestamp: [...minutes.map(([at]) => seconds(at)), seconds('2026-01-06T15:34:00Z')],
  indicators: {
    quote: [
      {
        open: [...minutes.map(([, open]) => Math.fround(open)), null],
        high: [...minutes.map(([, , high]) => Math.fround(high)), null],
        low: [...minutes.map(([, , , low]) => Math.fround(low)), null],
        close: [...minutes.map(([, , , , close]) => Math.fround(close)), null],
        volume: [...minutes.map(([, , , , , volume]) => volume), null],
      },
    ],
  },
};
const ibmHit = { exchange: 'NYQ', shortname: 'International Business Machines', quoteType: 'EQUITY', symbol: 'IBM', sector: 'Technology' };
