import type { Interval } from '@holdfast/engine/bars';
import { findExchange } from '@holdfast/engine/instruments';
import type { CorporateAction, ListedSymbol, Split } from '@holdfast/engine/instruments';
import { multiply, roundTo } from '@holdfast/engine/money';
import type { DayRange, DayRate, ListingProfile, MarketDataProvider, ProvidedQuote } from '../market-data.ts';
import { ProviderError } from '../provider-error.ts';
import { amount, price, roundedPrice, wholeNumber } from './exact-json.ts';
import { askVendor } from './vendor-http.ts';
import type { VendorAddress } from './vendor-http.ts';
import { assetClassOf, currencyOf, exchangeOf, isUnitedStates, listingDayOf, startOfListingDay } from './vendor-listing.ts';
import { vendorAddress } from './vendor-settings.ts';
import type { VendorSettings } from './vendor-settings.ts';
import { barFrom, hundredth, inWholes, laterSplits, undoSplits, wholeBars } from './whole-bars.ts';
import * as answers from './yahoo-finance-answers.ts';

const YAHOO_FINANCE = 'yahoo';

const INTERVALS: Readonly<Partial<Record<Interval, string>>> = { '1m': '1m', '5m': '5m', '15m': '15m', '1h': '60m', '1d': '1d' };
/** How many days back it has bars of an interval; days have no end. Minutes are answered for at most seven days at once. */
const REACH_DAYS: Readonly<Partial<Record<Interval, number>>> = { '1m': 29, '5m': 59, '15m': 59, '1h': 729 };
const SUFFIXES: Readonly<Record<string, string>> = { LSE: '.L', XETRA: '.DE', TSE: '.T', NSE: '.NS', BSE: '.BO' };
const DAY_MS = 86_400_000;

/** The chart and quote addresses that its own pages use. Nothing is promised about them, so each answer is looked at twice. */
export function yahooFinance(settings: VendorSettings): MarketDataProvider {
  const { clock } = settings;
  const address = vendorAddress(YAHOO_FINANCE, settings, {});
  const chart = (symbol: string, query: Readonly<Record<string, string>>) => chartOf(address, symbol, query);
  const eventsOf = async (listing: ListedSymbol, { from, to }: DayRange) => {
    const symbol = vendorSymbol(listing);
    const query = { period1: seconds(startOfListingDay(listing, from)), period2: seconds(startOfListingDay(listing, to + 1)) };
    return symbol === null ? null : chart(symbol, { interval: '1d', events: 'div,splits', ...query });
  };
  return Object.freeze({
    name: YAHOO_FINANCE,
    listed: [],
    computed: null,
    quotas: settings.quotas,
    // Where the quote address is closed each symbol is a call of its own.
    batch: { size: 10, counts: 'listing' as const },
    costs: { history: 1, profile: 1, actions: 1 },
    intervals: Object.keys(INTERVALS) as Interval[],
    stream: null,
    covers: (listing: ListedSymbol) => vendorSymbol(listing) !== null,
    quotes: async (listings: readonly ListedSymbol[]) => {
      const bySymbol = new Map(listings.map((listing) => [vendorSymbol(listing) ?? '', listing] as const));
      bySymbol.delete('');
      return bySymbol.size === 0 ? [] : quotesOf(address, bySymbol);
    },
    history: async (listing, { interval, fromMs, toMs }) => {
      const [symbol, written] = [vendorSymbol(listing), INTERVALS[interval]];
      if (symbol === null || written === undefined) return null;
      // Days come adjusted for every split up to now, so all of them must be in the answer.
      const endMs = interval === '1d' ? clock.now() + DAY_MS : toMs;
      const startMs = Math.max(fromMs, clock.now() - (REACH_DAYS[interval] ?? Number.POSITIVE_INFINITY) * DAY_MS);
      if (startMs >= toMs) return { source: YAHOO_FINANCE, bars: [] };
      const result = await chart(symbol, { interval: written, events: 'div,splits', period1: seconds(startMs), period2: seconds(endMs) });
      if (result === null) return null;
      const days = (at: number) => listingDayOf(listing, at);
      const bars = wholeBars(barsOf(result, interval === '1d' ? (at) => startOfListingDay(listing, days(at)) : (at) => at), {
        fromMs,
        toMs,
      });
      return { source: YAHOO_FINANCE, bars: undoSplits(bars, splitsOf(result, listing), days) };
    },
    search: async (text, limit) => {
      const query = { q: text, quotesCount: String(limit), newsCount: '0' };
      const found = await askVendor(address, { path: '/v1/finance/search', query, schema: answers.SearchAnswer });
      return (found?.quotes ?? []).flatMap((match) => ('symbol' in match ? matchOf(match) : [])).slice(0, limit);
    },
    profile: async (listing) => {
      const symbol = vendorSymbol(listing);
      const result = symbol === null ? null : await chart(symbol, { interval: '1d', range: '1d' });
      return result === null ? null : profileOf(listing, result.meta);
    },
    actions: async (listing, range) => {
      // What was paid comes divided by every later split, so all of them must be in the answer.
      const result = await eventsOf(listing, { from: range.from, to: listingDayOf(listing, clock.now()) });
      if (result === null) return null;
      const actions = [...splitsOf(result, listing), ...dividendsOf(result, listing)];
      return actions.filter(({ exOn }) => exOn >= range.from && exOn <= range.to);
    },
    exchangeRates: async ({ from, to }, range) => {
      const result = await eventsOf({ symbol: `${from}${to}`, exchange: 'FX' }, range);
      const { close = [] } = figuresOf(result) ?? {};
      return result === null
        ? null
        : (result.timestamp ?? []).flatMap((at, index): DayRate[] => {
            const [instant, rate] = [wholeNumber(at), roundedPrice(close[index], 6)];
            // Stamped with midnight in London, which in summer is the evening before in UTC.
            const day = instant === null ? Number.NaN : Math.floor((instant * 1_000 + 3_600_000) / DAY_MS);
            return rate === null || !(day >= range.from && day <= range.to) ? [] : [{ day, rate, source: YAHOO_FINANCE }];
          });
    },
  } satisfies MarketDataProvider);
}

async function chartOf(
  address: VendorAddress,
  symbol: string,
  query: Readonly<Record<string, string>>,
): Promise<answers.ChartResult | null> {
  const path = `/v8/finance/chart/${encodeURIComponent(symbol)}`;
  const answer = await askVendor(address, { path, query, schema: answers.ChartAnswer, unknownAt: [404] });
  return answer?.chart.result?.[0] ?? null;
}

/** Several at once, or one by one from their charts where the quote address wants a visit to the site first. */
async function quotesOf(address: VendorAddress, bySymbol: ReadonlyMap<string, ListedSymbol>): Promise<readonly ProvidedQuote[]> {
  const query = { symbols: [...bySymbol.keys()].join(',') };
  try {
    const answer = await askVendor(address, { path: '/v7/finance/quote', query, schema: answers.QuoteAnswer, unknownAt: [404] });
    return (answer?.quoteResponse.result ?? []).flatMap((row) => {
      const listing = bySymbol.get(row.symbol);
      return listing === undefined ? [] : quoteFrom(listing, row);
    });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.fault !== 'refused') throw error;
    const quotes: ProvidedQuote[] = [];
    for (const [symbol, listing] of bySymbol) {
      const result = await chartOf(address, symbol, { interval: '1d', range: '1d' });
      if (result !== null) quotes.push(...quoteFrom(listing, quoteRowOf(result)));
    }
    return quotes;
  }
}

function quoteRowOf(result: answers.ChartResult): answers.QuoteRow {
  const { chartPreviousClose, previousClose, ...meta } = result.meta;
  return {
    ...meta,
    regularMarketOpen: figuresOf(result)?.open.at(-1) ?? null,
    regularMarketPreviousClose: previousClose ?? chartPreviousClose ?? null,
  };
}

function seconds(at: number): string {
  return String(Math.max(0, Math.floor(at / 1_000)));
}

function vendorSymbol(listing: ListedSymbol): string | null {
  const { symbol, exchange } = listing;
  if (exchange === 'FX') return /^[A-Z]{6}$/.test(symbol) ? `${symbol}=X` : null;
  if (exchange === 'CRYPTO') return /^[A-Z0-9]{2,10}$/.test(symbol) ? `${symbol}-USD` : null;
  if (isUnitedStates(listing)) return symbol.replaceAll('.', '-');
  const suffix = SUFFIXES[exchange ?? ''];
  return suffix === undefined ? null : `${symbol}${suffix}`;
}

function quoteFrom(listing: ListedSymbol, row: answers.QuoteRow): readonly ProvidedQuote[] {
  const places = placesOf(row);
  const { inHundredths } = currencyOf(row.currency ?? 'USD');
  const figure = (text: string | null | undefined) => {
    const read = roundedPrice(text, places);
    return read === null || !inHundredths ? read : hundredth(read);
  };
  const [last, at] = [figure(row.regularMarketPrice), wholeNumber(row.regularMarketTime)];
  if (last === null || at === null) return [];
  return [
    {
      listing,
      source: YAHOO_FINANCE,
      last,
      bid: figure(row.bid),
      ask: figure(row.ask),
      bidSize: null,
      askSize: null,
      open: figure(row.regularMarketOpen),
      high: figure(row.regularMarketDayHigh),
      low: figure(row.regularMarketDayLow),
      previousClose: figure(row.regularMarketPreviousClose),
      volume: amount(row.regularMarketVolume),
      at: at * 1_000,
    },
  ];
}

/** Its prices were 32-bit floats once: `priceHint` says to how many places they are prices. */
function placesOf({ priceHint }: Pick<answers.ChartMeta, 'priceHint'>): number {
  return Math.min(10, wholeNumber(priceHint) ?? 4);
}

function figuresOf(result: answers.ChartResult | null): answers.ChartColumns | null {
  const [figures] = result?.indicators.quote ?? [];
  return figures !== undefined && 'open' in figures ? figures : null;
}

function barsOf(result: answers.ChartResult, startOf: (at: number) => number) {
  const figures = figuresOf(result);
  const places = Math.max(4, placesOf(result.meta));
  const { inHundredths } = currencyOf(result.meta.currency ?? 'USD');
  return (result.timestamp ?? []).map((written, index) => {
    const at = wholeNumber(written);
    const figure = (column: 'open' | 'high' | 'low' | 'close') => roundedPrice(figures?.[column][index], places);
    // An interval without a trade has null everywhere.
    const bar = barFrom(at === null ? null : startOf(at * 1_000), {
      open: figure('open'),
      high: figure('high'),
      low: figure('low'),
      close: figure('close'),
      volume: amount(figures?.volume[index] ?? '0'),
    });
    return bar !== null && inHundredths ? inWholes(bar) : bar;
  });
}

function splitsOf(result: answers.ChartResult, listing: ListedSymbol): readonly Split[] {
  return Object.values(result.events?.splits ?? {}).flatMap(({ date, numerator, denominator }): Split[] => {
    const [at, newShares, oldShares] = [wholeNumber(date), price(numerator), price(denominator)];
    if (at === null || newShares === null || oldShares === null) return [];
    return [{ kind: 'split', exOn: listingDayOf(listing, at * 1_000), newShares, oldShares }];
  });
}

function dividendsOf(result: answers.ChartResult, listing: ListedSymbol): readonly CorporateAction[] {
  const { currency, inHundredths } = currencyOf(result.meta.currency ?? 'USD');
  const splits = splitsOf(result, listing);
  return Object.values(result.events?.dividends ?? {}).flatMap(({ date, amount: written }): CorporateAction[] => {
    const [at, paid] = [wholeNumber(date), roundedPrice(written, 6)];
    if (at === null || paid === null) return [];
    const exOn = listingDayOf(listing, at * 1_000);
    const amountPerShare = roundTo(multiply(inHundredths ? hundredth(paid) : paid, laterSplits(splits, exOn)), 6);
    return [{ kind: 'cashDividend', exOn, payOn: null, amountPerShare, currency }];
  });
}

function matchOf(match: answers.SearchMatch): readonly ListingProfile[] {
  const exchange = exchangeOf(match.exchange);
  if (exchange === null || /OPTION|FUTURE/.test(match.quoteType)) return [];
  const symbol = symbolOf(match.symbol, exchange);
  return [
    {
      symbol,
      exchange,
      name: match.longname ?? match.shortname ?? symbol,
      assetClass: assetClassOf(match.quoteType),
      currency: findExchange(exchange)?.currency ?? 'USD',
      sector: match.sector ?? null,
      country: findExchange(exchange)?.country ?? null,
      tickSize: null,
      source: YAHOO_FINANCE,
    },
  ];
}

function symbolOf(written: string, exchange: string): string {
  const suffix = SUFFIXES[exchange];
  if (exchange === 'CRYPTO') return written.replace(/-USD$/, '');
  if (exchange === 'FX') return written.replace(/=X$/, '');
  return suffix === undefined ? written.replaceAll('-', '.') : written.slice(0, -suffix.length);
}

function profileOf(listing: ListedSymbol, meta: answers.ChartMeta): ListingProfile {
  const exchange = exchangeOf(meta.exchangeName ?? '') ?? listing.exchange;
  return {
    symbol: listing.symbol,
    exchange,
    name: meta.longName ?? meta.shortName ?? listing.symbol,
    assetClass: assetClassOf(meta.instrumentType ?? ''),
    currency: currencyOf(meta.currency ?? 'USD').currency,
    sector: null,
    country: exchange === null ? null : (findExchange(exchange)?.country ?? null),
    tickSize: null,
    source: YAHOO_FINANCE,
  };
}
