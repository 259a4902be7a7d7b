import type { Bar, Interval } from '@holdfast/engine/bars';
import type { CorporateAction, ListedSymbol } from '@holdfast/engine/instruments';
import { ONE } from '@holdfast/engine/money';
import { formatDay, parseDay, startOfMonth, toInstantMs } from '@holdfast/engine/time';
import type { Static, TSchema } from 'typebox';
import type { DayRate, HistoryRequest, ListingProfile, MarketDataProvider, ProvidedQuote } from '../market-data.ts';
import { ProviderError } from '../provider-error.ts';
import * as answers from './alpha-vantage-answers.ts';
import { amount, price } from './exact-json.ts';
import { askVendor } from './vendor-http.ts';
import {
  assetClassOf,
  currencyOf,
  exchangeOf,
  isUnitedStates,
  lastTradeOn,
  listingDayOf,
  startOfListingDay,
  zoneOfListing,
} from './vendor-listing.ts';
import { vendorAddress } from './vendor-settings.ts';
import type { VendorSettings } from './vendor-settings.ts';
import { barFrom, wholeBars } from './whole-bars.ts';

const ALPHA_VANTAGE = 'alpha-vantage';

/** How it marks the exchanges whose currency is sure; London trades in pounds, pence and dollars, and it does not say which. */
const SUFFIXES: Readonly<Record<string, string>> = { XETRA: '.DEX', BSE: '.BSE' };
/** The 100 days of a short answer are trading days: this many calendar days surely hold no more. */
const SHORT_ANSWER_DAYS = 135;
/** Minutes come for the last 30 days at once, and before that by the month. */
const NEWEST_MINUTES_DAYS = 30;
/** Of the United States alone. */
const INTRADAY: Readonly<Partial<Record<Interval, string>>> = { '1m': '1min', '5m': '5min', '15m': '15min', '1h': '60min' };
const DAY_MS = 86_400_000;
const WHERE = { path: '/query' } as const;

/** https://www.alphavantage.co/documentation/ Everything is one address and a `function`. */
export function alphaVantage(settings: VendorSettings): MarketDataProvider {
  const { clock } = settings;
  const address = vendorAddress(ALPHA_VANTAGE, settings, { apikey: settings.apiKey });
  const ask: Asker = async (query, schema) => {
    const answer = await askVendor(address, { ...WHERE, query, schema, complaint });
    if (answer === null) throw new Error('No status of this vendor means that it does not know.');
    return answer;
  };
  const matches = async (text: string): Promise<readonly ListingProfile[]> => {
    const { bestMatches } = await ask({ function: 'SYMBOL_SEARCH', keywords: text }, answers.Search);
    return bestMatches.map(profileOf).filter((profile) => profile !== null);
  };
  return Object.freeze({
    name: ALPHA_VANTAGE,
    listed: [],
    computed: null,
    quotas: settings.quotas,
    batch: { size: 1, counts: 'call' as const },
    costs: { history: 2, profile: 2, actions: 2 },
    intervals: [...(Object.keys(INTRADAY) as Interval[]), '1d' as const],
    stream: null,
    covers: (listing: ListedSymbol) => vendorSymbol(listing) !== null,
    quotes: async ([listing]: readonly ListedSymbol[]) => {
      const symbol = listing === undefined ? null : vendorSymbol(listing);
      if (listing === undefined || symbol === null) return [];
      const { 'Global Quote': quote } = await ask({ function: 'GLOBAL_QUOTE', symbol }, answers.Quote);
      const read = '05. price' in quote ? quoteOf(listing, quote, clock.now()) : null;
      return read === null ? [] : [read];
    },
    history: async (listing, request) => {
      const symbol = vendorSymbol(listing);
      if (symbol === null) return null;
      const asked = { listing, symbol, now: clock.now(), ...request };
      const bars = request.interval === '1d' ? await daysOf(ask, asked) : await minutesOf(ask, asked);
      return bars === null ? null : { source: ALPHA_VANTAGE, bars: wholeBars(bars, request) };
    },
    search: async (text, limit) => (await matches(text)).slice(0, limit),
    profile: async (listing) => {
      const symbol = vendorSymbol(listing);
      if (symbol === null) return null;
      const overview = await ask({ function: 'OVERVIEW', symbol }, answers.Overview);
      if ('Symbol' in overview) return { ...overviewOf(overview), ...listing, exchange: exchangeOf(overview.Exchange) ?? listing.exchange };
      // Funds have no overview.
      return (await matches(symbol)).find((profile) => vendorSymbol(profile) === symbol) ?? null;
    },
    actions: async (listing, range) => {
      const symbol = vendorSymbol(listing);
      if (symbol === null) return null;
      const splits = (await ask({ function: 'SPLITS', symbol }, answers.Splits)).data.map(splitOf);
      const dividends = (await ask({ function: 'DIVIDENDS', symbol }, answers.Dividends)).data.map(dividendOf(listing));
      return [...splits, ...dividends].filter(
        (action) => action !== null && action.exOn >= range.from && action.exOn <= range.to,
      ) as CorporateAction[];
    },
    exchangeRates: async ({ from, to }, range) => {
      const query = { function: 'FX_DAILY', from_symbol: from, to_symbol: to, outputsize: 'compact' };
      const series = (await ask(query, answers.ExchangeRates))['Time Series FX (Daily)'];
      return Object.entries(series)
        .flatMap(([written, figures]): DayRate[] => {
          const [day, rate] = [parseDay(written), price(figures['4. close'])];
          return day === null || rate === null || day < range.from || day > range.to ? [] : [{ day, rate, source: ALPHA_VANTAGE }];
        })
        .sort((a, b) => a.day - b.day);
    },
  } satisfies MarketDataProvider);
}

type Asker = <Schema extends TSchema>(query: Readonly<Record<string, string>>, schema: Schema) => Promise<Static<Schema>>;

interface HistoryAsked extends HistoryRequest {
  readonly listing: ListedSymbol;
  readonly symbol: string;
  readonly now: number;
}

async function daysOf(ask: Asker, { listing, symbol, now, fromMs }: HistoryAsked): Promise<readonly (Bar | null)[]> {
  const read = async (outputsize: 'compact' | 'full') =>
    (await ask({ function: 'TIME_SERIES_DAILY', symbol, outputsize }, answers.DailySeries))['Time Series (Daily)'];
  const long = now - fromMs > SHORT_ANSWER_DAYS * DAY_MS;
  const series = await (long ? read('full').catch(otherwise(() => read('compact'))) : read('compact'));
  return Object.entries(series).map(([written, figures]) => {
    const day = parseDay(written.slice(0, 10));
    return barOf(day === null ? null : startOfListingDay(listing, day), figures);
  });
}

/** Minutes and hours of the session, as traded. Null for a listing or an interval that it has none of. */
async function minutesOf(
  ask: Asker,
  { listing, symbol, now, interval, fromMs, toMs }: HistoryAsked,
): Promise<readonly (Bar | null)[] | null> {
  const written = INTRADAY[interval];
  if (written === undefined || !isUnitedStates(listing)) return null;
  const query = {
    function: 'TIME_SERIES_INTRADAY',
    symbol,
    interval: written,
    adjusted: 'false',
    extended_hours: 'false',
    outputsize: 'full',
  };
  const series = `Time Series (${written})`;
  const schema = answers.intradaySeries(series);
  const recent = now - fromMs < NEWEST_MINUTES_DAYS * DAY_MS;
  const months = [fromMs, toMs - 1].map((at) => formatDay(startOfMonth(listingDayOf(listing, at))).slice(0, 7));
  const bars: (Bar | null)[] = [];
  for (const month of recent ? [null] : new Set(months)) {
    const answer = await ask(month === null ? query : { ...query, month }, schema);
    for (const [at, figures] of Object.entries(answer[series] ?? {})) bars.push(barOf(instantOf(listing, at), figures));
  }
  return bars;
}

/** It writes instants by the clock of New York. */
function instantOf(listing: ListedSymbol, written: string): number | null {
  const local = Date.parse(`${written.replace(' ', 'T')}Z`);
  return Number.isNaN(local) ? null : toInstantMs(zoneOfListing(listing), local);
}

/** It answers 200 when asked too often, for what a plan does not have, and for what it cannot read: what it says is the difference. */
function complaint(body: unknown): void {
  const said = answers.saidInstead(body);
  if (said === null) return;
  if (/premium/i.test(said.text) && !/rate limit|requests per/i.test(said.text))
    throw new ProviderError(ALPHA_VANTAGE, 'refused', { message: 'the key’s plan does not have what was asked for.' });
  if (said.field !== 'Error Message') {
    const retryAfterMs = /per day|daily/i.test(said.text) ? null : 60_000;
    throw new ProviderError(ALPHA_VANTAGE, 'throttled', {
      message: 'answered with a note instead of data: too many requests.',
      retryAfterMs,
    });
  }
  if (/apikey|api key/i.test(said.text)) throw new ProviderError(ALPHA_VANTAGE, 'refused', { message: 'the key is not accepted.' });
  throw new ProviderError(ALPHA_VANTAGE, 'malformed', { message: 'did not understand what it was asked.' });
}

/** A full history belongs to the larger plans: the others give its last 100 days. */
function otherwise<Answer>(instead: () => Promise<Answer>): (error: unknown) => Promise<Answer> {
  return (error) => {
    if (error instanceof ProviderError && error.fault === 'refused') return instead();
    throw error;
  };
}

function vendorSymbol(listing: ListedSymbol): string | null {
  const symbol = listing.symbol.replaceAll('.', '-');
  if (isUnitedStates(listing)) return /^[A-Z0-9-]+$/.test(symbol) ? symbol : null;
  const suffix = SUFFIXES[listing.exchange ?? ''];
  return suffix === undefined ? null : `${symbol}${suffix}`;
}

function quoteOf(listing: ListedSymbol, quote: answers.QuoteFigures, now: number): ProvidedQuote | null {
  const last = price(quote['05. price']);
  const day = parseDay(quote['07. latest trading day']);
  if (last === null || day === null) return null;
  return {
    listing,
    source: ALPHA_VANTAGE,
    last,
    bid: null,
    ask: null,
    bidSize: null,
    askSize: null,
    open: price(quote['02. open']),
    high: price(quote['03. high']),
    low: price(quote['04. low']),
    previousClose: price(quote['08. previous close']),
    volume: amount(quote['06. volume']),
    at: lastTradeOn(listing, day, now),
  };
}

function barOf(startAt: number | null, figures: answers.BarFigures): Bar | null {
  return barFrom(startAt, {
    open: price(figures['1. open']),
    high: price(figures['2. high']),
    low: price(figures['3. low']),
    close: price(figures['4. close']),
    volume: amount(figures['5. volume']),
  });
}

function profileOf(match: answers.Match): ListingProfile | null {
  const written = match['1. symbol'].toUpperCase();
  const suffix = Object.entries(SUFFIXES).find(([, mark]) => written.endsWith(mark));
  const inUnitedStates = match['4. region'] === 'United States';
  if (suffix === undefined && (!inUnitedStates || written.includes('.'))) return null;
  return {
    symbol: (suffix === undefined ? written : written.slice(0, -suffix[1].length)).replaceAll('-', '.'),
    exchange: suffix?.[0] ?? null,
    name: match['2. name'],
    assetClass: assetClassOf(match['3. type']),
    currency: currencyOf(match['8. currency']).currency,
    sector: null,
    country: inUnitedStates ? 'US' : null,
    tickSize: null,
    source: ALPHA_VANTAGE,
  };
}

function overviewOf(overview: answers.OverviewFigures): Omit<ListingProfile, 'symbol' | 'exchange'> {
  return {
    name: overview.Name,
    assetClass: assetClassOf(overview.AssetType),
    currency: currencyOf(overview.Currency).currency,
    sector: overview.Sector === 'None' || overview.Sector === '' ? null : titled(overview.Sector),
    country: overview.Country === 'USA' ? 'US' : null,
    tickSize: null,
    source: ALPHA_VANTAGE,
  };
}

/** It writes sectors in capitals. */
function titled(words: string): string {
  return words.toLowerCase().replace(/(^|[\s&-])\p{L}/gu, (letter) => letter.toUpperCase());
}

function splitOf({ effective_date: written, split_factor: factor }: answers.SplitRow): CorporateAction | null {
  const [exOn, newShares] = [parseDay(written), price(factor)];
  return exOn === null || newShares === null ? null : { kind: 'split', exOn, newShares, oldShares: ONE };
}

function dividendOf(listing: ListedSymbol) {
  const currency = listing.exchange === 'XETRA' ? 'EUR' : listing.exchange === 'BSE' ? 'INR' : 'USD';
  return (row: answers.DividendRow): CorporateAction | null => {
    const [exOn, amountPerShare] = [parseDay(row.ex_dividend_date), price(row.amount)];
    if (exOn === null || amountPerShare === null) return null;
    return { kind: 'cashDividend', exOn, payOn: parseDay(row.payment_date), amountPerShare, currency };
  };
}
