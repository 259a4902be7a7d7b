import type { Interval } from '@holdfast/engine/bars';
import type { CorporateAction, ListedSymbol } from '@holdfast/engine/instruments';
import { formatDay, parseDay } from '@holdfast/engine/time';
import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/value';
import type { CurrencyPair, DayRate, DayRange, ListingProfile, MarketDataProvider, ProvidedQuote } from '../market-data.ts';
import { ProviderError } from '../provider-error.ts';
import { amount, price, wholeNumber } from './exact-json.ts';
import * as answers from './twelve-data-answers.ts';
import { askVendor } from './vendor-http.ts';
import { assetClassOf, currencyOf, exchangeOf, isUnitedStates, lastTradeOn, startOfListingDay } from './vendor-listing.ts';
import { vendorAddress } from './vendor-settings.ts';
import type { VendorSettings } from './vendor-settings.ts';
import { barFrom, hundredth, inWholes, wholeBars } from './whole-bars.ts';

const TWELVE_DATA = 'twelve-data';

const INTERVALS: Readonly<Record<Interval, string>> = {
  '1m': '1min',
  '5m': '5min',
  '15m': '15min',
  '1h': '1h',
  '1d': '1day',
  '1w': '1week',
  '1mo': '1month',
};
const DAY_MS = 86_400_000;

/** https://twelvedata.com/docs Each symbol of a call counts against the key's credits. */
export function twelveData(settings: VendorSettings): MarketDataProvider {
  const { clock } = settings;
  const address = vendorAddress(TWELVE_DATA, settings, { apikey: settings.apiKey });
  const ask = <Schema extends TSchema>(path: string, query: Readonly<Record<string, string>>, schema: Schema) =>
    askVendor(address, { path, query, schema, complaint, unknownAt: [404] });
  const matches = async (text: string): Promise<readonly ListingProfile[]> =>
    ((await ask('/symbol_search', { symbol: text, outputsize: '30' }, answers.Search))?.data ?? []).flatMap(profileOf);
  return Object.freeze({
    name: TWELVE_DATA,
    listed: [],
    computed: null,
    quotas: settings.quotas,
    batch: { size: 8, counts: 'listing' as const },
    costs: { history: 1, profile: 1, actions: 2 },
    intervals: Object.keys(INTERVALS) as Interval[],
    stream: null,
    covers: (listing: ListedSymbol) => vendorSymbol(listing) !== null,
    quotes: async (listings: readonly ListedSymbol[]) => {
      const bySymbol = new Map(listings.map((listing) => [vendorSymbol(listing) ?? '', listing] as const));
      bySymbol.delete('');
      if (bySymbol.size === 0) return [];
      const answer = await ask('/quote', { symbol: [...bySymbol.keys()].join(',') }, answers.Quotes);
      if (answer === null || answers.isUnknown(answer)) return [];
      return [...bySymbol].flatMap(([symbol, listing]) => quoteIn(bySymbol.size === 1 ? answer : answer[symbol], listing, clock.now()));
    },
    history: async (listing, { interval, fromMs, toMs }) => {
      const symbol = vendorSymbol(listing);
      if (symbol === null) return null;
      const query = {
        symbol,
        interval: INTERVALS[interval],
        start_date: instantText(fromMs - (interval === '1d' ? DAY_MS : 0)),
        end_date: instantText(toMs),
        timezone: 'UTC',
        // Without it the past is divided by later splits.
        adjust: 'none',
        outputsize: '5000',
      };
      const series = await ask('/time_series', query, answers.Series);
      if (series === null || answers.isUnknown(series)) return null;
      if (!('values' in series)) return { source: TWELVE_DATA, bars: [] };
      const { inHundredths } = currencyOf(series.meta.currency ?? 'USD');
      const bars = wholeBars(series.values.map(barOf(listing)), { fromMs, toMs });
      return { source: TWELVE_DATA, bars: inHundredths ? bars.map(inWholes) : bars };
    },
    search: async (text, limit) => (await matches(text)).slice(0, limit),
    profile: async (listing) => {
      const symbol = vendorSymbol(listing);
      if (symbol === null) return null;
      const found = (await matches(listing.symbol)).filter((profile) => profile.symbol === listing.symbol);
      if (listing.exchange !== null) return found.find((profile) => profile.exchange === listing.exchange) ?? null;
      return found.find((profile) => isUnitedStates(profile) || profile.exchange === 'CRYPTO' || profile.exchange === 'FX') ?? null;
    },
    actions: (listing, range) => actionsOf(ask, listing, range),
    exchangeRates: (pair, range) => ratesOf(ask, pair, range),
  } satisfies MarketDataProvider);
}

/** Its errors have a code of their own in the body, whatever the status says. */
function complaint(body: unknown): void {
  if (!Check(answers.Refusal, body)) return;
  switch (body.code) {
    case '404':
      return;
    case '429': {
      const retryAfterMs = /day/i.test(body.message) ? null : 60_000;
      throw new ProviderError(TWELVE_DATA, 'throttled', { message: 'has no credits left for this key.', retryAfterMs });
    }
    case '401':
    case '403':
      throw new ProviderError(TWELVE_DATA, 'refused', { message: 'the key or its plan does not allow it.' });
    case '400':
      throw new ProviderError(TWELVE_DATA, 'malformed', { message: 'did not understand what it was asked.' });
    default:
      throw new ProviderError(TWELVE_DATA, 'server_error', { message: 'answered with an error of its own.' });
  }
}

/** BTC/USD and EUR/USD for crypto and currency pairs; SYMBOL:EXCHANGE elsewhere than in the United States. */
function vendorSymbol(listing: ListedSymbol): string | null {
  const { symbol, exchange } = listing;
  if (exchange === 'FX') return /^[A-Z]{6}$/.test(symbol) ? `${symbol.slice(0, 3)}/${symbol.slice(3)}` : null;
  if (exchange === 'CRYPTO') return /^[A-Z0-9]{2,10}$/.test(symbol) ? `${symbol}/USD` : null;
  if (!/^[A-Z0-9.-]+$/.test(symbol)) return null;
  if (isUnitedStates(listing)) return symbol;
  const place = { LSE: 'LSE', XETRA: 'XETR', TSE: 'JPX', NSE: 'NSE', BSE: 'BSE' }[exchange ?? ''];
  return place === undefined ? null : `${symbol}:${place}`;
}

function quoteIn(answer: unknown, listing: ListedSymbol, now: number): readonly ProvidedQuote[] {
  if (!Check(answers.Quote, answer)) {
    if (answers.isUnknown(answer)) return [];
    throw new ProviderError(TWELVE_DATA, 'malformed', { message: '/quote answered with a body of another shape.' });
  }
  const quote = quoteOf(listing, answer, now);
  return quote === null ? [] : [quote];
}

function quoteOf(listing: ListedSymbol, quote: Static<typeof answers.Quote>, now: number): ProvidedQuote | null {
  const { inHundredths } = currencyOf(quote.currency ?? 'USD');
  const figure = (text: string | null | undefined) => {
    const read = price(text);
    return read === null || !inHundredths ? read : hundredth(read);
  };
  const last = figure(quote.close);
  const day = parseDay(quote.datetime.slice(0, 10));
  // `timestamp` is the opening of the bar; the last trade is told apart.
  const tradedAt = wholeNumber(quote.last_quote_at);
  if (last === null || day === null) return null;
  return {
    listing,
    source: TWELVE_DATA,
    last,
    bid: null,
    ask: null,
    bidSize: null,
    askSize: null,
    open: figure(quote.open),
    high: figure(quote.high),
    low: figure(quote.low),
    previousClose: figure(quote.previous_close),
    volume: amount(quote.volume),
    at: tradedAt === null ? lastTradeOn(listing, day, now) : Math.min(now, tradedAt * 1_000),
  };
}

function barOf(listing: ListedSymbol) {
  return (row: Static<typeof answers.SeriesRow>) => {
    const day = parseDay(row.datetime.slice(0, 10));
    const isDay = row.datetime.length === 10;
    const at = isDay ? (day === null ? null : startOfListingDay(listing, day)) : instantOf(row.datetime);
    return barFrom(at, {
      open: price(row.open),
      high: price(row.high),
      low: price(row.low),
      close: price(row.close),
      volume: amount(row.volume ?? '0'),
    });
  };
}

/** Written in UTC, as it was asked for. */
function instantOf(written: string): number | null {
  const at = Date.parse(`${written.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? null : at;
}

function instantText(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

function profileOf(row: Static<typeof answers.SearchRow>): readonly ListingProfile[] {
  const exchange = exchangeOf(row.mic_code ?? '') ?? exchangeOf(row.exchange);
  const { currency } = currencyOf(row.currency);
  const base = { sector: null, country: COUNTRIES[row.country] ?? null, tickSize: null, source: TWELVE_DATA, name: row.instrument_name };
  if (/digital currency/i.test(row.instrument_type)) {
    const [coin, against] = row.symbol.split('/');
    return coin === undefined || against !== 'USD'
      ? []
      : [{ ...base, symbol: coin, exchange: 'CRYPTO', assetClass: 'crypto', currency: 'USD' }];
  }
  if (/physical currency/i.test(row.instrument_type)) {
    const [from, to] = row.symbol.split('/');
    return from === undefined || to === undefined ? [] : [{ ...base, symbol: from + to, exchange: 'FX', assetClass: 'cash', currency: to }];
  }
  if (exchange === null) return [];
  return [{ ...base, symbol: row.symbol.toUpperCase(), exchange, assetClass: assetClassOf(row.instrument_type), currency }];
}

const COUNTRIES: Readonly<Record<string, string>> = {
  'United States': 'US',
  'United Kingdom': 'GB',
  Germany: 'DE',
  Japan: 'JP',
  India: 'IN',
};

type Asker = <Schema extends TSchema>(
  path: string,
  query: Readonly<Record<string, string>>,
  schema: Schema,
) => Promise<Static<Schema> | null>;

async function actionsOf(ask: Asker, listing: ListedSymbol, range: DayRange): Promise<readonly CorporateAction[] | null> {
  const symbol = vendorSymbol(listing);
  if (symbol === null) return null;
  const query = { symbol, start_date: formatDay(range.from), end_date: formatDay(range.to) };
  const splits = await ask('/splits', query, answers.Splits);
  const dividends = await ask('/dividends', query, answers.Dividends);
  const { currency } = currencyOf(dividends?.meta?.currency ?? 'USD');
  const actions = [
    ...(splits?.splits ?? []).map(({ date, from_factor, to_factor }): CorporateAction | null => {
      const [exOn, newShares, oldShares] = [parseDay(date), price(from_factor), price(to_factor)];
      return exOn === null || newShares === null || oldShares === null ? null : { kind: 'split', exOn, newShares, oldShares };
    }),
    ...(dividends?.dividends ?? []).map((row): CorporateAction | null => {
      const [exOn, amountPerShare] = [parseDay(row.ex_date), price(row.amount)];
      return exOn === null || amountPerShare === null ? null : { kind: 'cashDividend', exOn, payOn: null, amountPerShare, currency };
    }),
  ];
  return actions.flatMap((action) => (action === null || action.exOn < range.from || action.exOn > range.to ? [] : [action]));
}

async function ratesOf(ask: Asker, { from, to }: CurrencyPair, range: DayRange): Promise<readonly DayRate[] | null> {
  const days = { start_date: formatDay(range.from), end_date: formatDay(range.to + 1) };
  const series = await ask('/time_series', { symbol: `${from}/${to}`, interval: '1day', ...days, outputsize: '5000' }, answers.Series);
  if (series === null || !('values' in series)) return null;
  return series.values
    .flatMap(({ datetime, close }): DayRate[] => {
      const [day, rate] = [parseDay(datetime.slice(0, 10)), price(close)];
      return day === null || rate === null || day < range.from || day > range.to ? [] : [{ day, rate, source: TWELVE_DATA }];
    })
    .sort((a, b) => a.day - b.day);
}
