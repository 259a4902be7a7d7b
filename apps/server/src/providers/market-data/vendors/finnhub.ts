import type { Interval } from '@holdfast/engine/bars';
import type { CorporateAction, ListedSymbol, Split } from '@holdfast/engine/instruments';
import { parseDay, formatDay } from '@holdfast/engine/time';
import { Type } from 'typebox';
import type { Static } from 'typebox';
import type { DayRange, ListingProfile, MarketDataProvider, ProvidedQuote } from '../market-data.ts';
import { amount, price, wholeNumber } from './exact-json.ts';
import { finnhubStream } from './finnhub-stream.ts';
import { askVendor } from './vendor-http.ts';
import { assetClassOf, currencyOf, exchangeOf, isUnitedStates, listingDayOf, startOfListingDay } from './vendor-listing.ts';
import { vendorAddress } from './vendor-settings.ts';
import type { VendorSettings } from './vendor-settings.ts';
import { barFrom, undoSplits, wholeBars } from './whole-bars.ts';

const FINNHUB = 'finnhub';

const Text = Type.String({ maxLength: 400 });
const MaybeText = Type.Union([Text, Type.Null()]);
/** https://finnhub.io/docs/api/quote: a symbol it does not know has 0 everywhere. */
const Quote = Type.Object({ c: Text, h: MaybeText, l: MaybeText, o: MaybeText, pc: MaybeText, t: Text });
const column = Type.Array(Text);
/** https://finnhub.io/docs/api/stock-candles */
const Candles = Type.Union([
  Type.Object({ s: Type.Literal('ok'), t: column, o: column, h: column, l: column, c: column, v: column }),
  Type.Object({ s: Type.Literal('no_data') }),
]);
const Search = Type.Object({ result: Type.Array(Type.Object({ description: Text, symbol: Text, type: Text })) });
/** https://finnhub.io/docs/api/company-profile2: nothing at all for a symbol it does not know. */
const Profile = Type.Union([
  Type.Object({ ticker: Text, name: Text, exchange: Text, currency: Text, country: Text, finnhubIndustry: Type.Optional(Text) }),
  Type.Object({}, { additionalProperties: false }),
]);
const Splits = Type.Array(Type.Object({ date: Text, fromFactor: Text, toFactor: Text }));
const Dividends = Type.Array(Type.Object({ date: Text, amount: Text, payDate: Type.Optional(MaybeText), currency: Text }));

const RESOLUTIONS: Readonly<Partial<Record<Interval, string>>> = { '1m': '1', '5m': '5', '15m': '15', '1h': '60', '1d': 'D' };
const SUFFIXES: Readonly<Record<string, string>> = { XETRA: '.DE', TSE: '.T', NSE: '.NS', BSE: '.BO' };
const DAY_MS = 86_400_000;

export interface FinnhubSettings extends VendorSettings {
  /** Where it streams trades. */
  readonly socketUrl: string;
}

/** https://finnhub.io/docs/api Trades come by WebSocket; candles, splits and dividends belong to its larger plans. */
export function finnhub(settings: FinnhubSettings): MarketDataProvider {
  const { clock } = settings;
  const address = vendorAddress(FINNHUB, settings, { token: settings.apiKey });
  const splitsOf = async (listing: ListedSymbol, { from, to }: DayRange): Promise<readonly Split[]> => {
    const query = { symbol: vendorSymbol(listing) ?? '', from: formatDay(from), to: formatDay(to) };
    return ((await askVendor(address, { path: '/stock/split', query, schema: Splits })) ?? []).flatMap(splitOf);
  };
  return Object.freeze({
    name: FINNHUB,
    listed: [],
    computed: null,
    quotas: settings.quotas,
    batch: { size: 1, counts: 'call' as const },
    costs: { history: 2, profile: 1, actions: 2 },
    intervals: Object.keys(RESOLUTIONS) as Interval[],
    stream: finnhubStream({ address: `${settings.socketUrl}?token=${encodeURIComponent(settings.apiKey)}`, name: FINNHUB, vendorSymbol }),
    covers: (listing: ListedSymbol) => vendorSymbol(listing) !== null,
    quotes: async ([listing]: readonly ListedSymbol[]) => {
      const symbol = listing === undefined ? null : vendorSymbol(listing);
      if (listing === undefined || symbol === null) return [];
      const quote = await askVendor(address, { path: '/quote', query: { symbol }, schema: Quote });
      const read = quote === null ? null : quoteOf(listing, quote);
      return read === null ? [] : [read];
    },
    history: async (listing, { interval, fromMs, toMs }) => {
      const [symbol, resolution] = [vendorSymbol(listing), RESOLUTIONS[interval]];
      if (symbol === null || resolution === undefined) return null;
      const query = { symbol, resolution, from: seconds(fromMs), to: seconds(Math.min(toMs, clock.now())) };
      const candles = await askVendor(address, { path: '/stock/candle', query, schema: Candles });
      if (candles === null) return null;
      const bars = candles.s === 'ok' ? wholeBars(candles.t.map(barAt(listing, candles, interval)), { fromMs, toMs }) : [];
      if (interval !== '1d' || bars.length === 0) return { source: FINNHUB, bars };
      // Its days are adjusted for every split up to today.
      const days = (at: number) => listingDayOf(listing, at);
      const splits = await splitsOf(listing, { from: days(fromMs), to: days(clock.now()) });
      return { source: FINNHUB, bars: undoSplits(bars, splits, days) };
    },
    search: async (text, limit) => {
      const found = await askVendor(address, { path: '/search', query: { q: text }, schema: Search });
      return (found?.result ?? []).flatMap(matchOf).slice(0, limit);
    },
    profile: async (listing) => {
      const symbol = vendorSymbol(listing);
      if (symbol === null) return null;
      const profile = await askVendor(address, { path: '/stock/profile2', query: { symbol }, schema: Profile });
      return profile !== null && 'ticker' in profile ? profileOf(listing, profile) : null;
    },
    actions: async (listing, range) => {
      const symbol = vendorSymbol(listing);
      if (symbol === null) return null;
      const query = { symbol, from: formatDay(range.from), to: formatDay(range.to) };
      const dividends = (await askVendor(address, { path: '/stock/dividend', query, schema: Dividends })) ?? [];
      return [...(await splitsOf(listing, range)), ...dividends.flatMap(dividendOf)];
    },
    exchangeRates: async () => null,
  } satisfies MarketDataProvider);
}

function seconds(at: number): string {
  return String(Math.floor(at / 1_000));
}

function vendorSymbol(listing: ListedSymbol): string | null {
  if (!/^[A-Z0-9.-]+$/.test(listing.symbol)) return null;
  if (isUnitedStates(listing)) return listing.symbol;
  const suffix = SUFFIXES[listing.exchange ?? ''];
  return suffix === undefined ? null : `${listing.symbol}${suffix}`;
}

function quoteOf(listing: ListedSymbol, quote: Static<typeof Quote>): ProvidedQuote | null {
  const last = price(quote.c);
  const at = wholeNumber(quote.t);
  if (last === null || at === null || at === 0) return null;
  return {
    listing,
    source: FINNHUB,
    last,
    bid: null,
    ask: null,
    bidSize: null,
    askSize: null,
    open: price(quote.o),
    high: price(quote.h),
    low: price(quote.l),
    previousClose: price(quote.pc),
    volume: null,
    at: at * 1_000,
  };
}

type Columns = Extract<Static<typeof Candles>, { s: 'ok' }>;

function barAt(listing: ListedSymbol, columns: Columns, interval: Interval) {
  return (written: string, index: number) => {
    const at = wholeNumber(written);
    // A day is stamped with midnight UTC of its date.
    const startAt = at === null ? null : interval === '1d' ? startOfListingDay(listing, Math.floor((at * 1_000) / DAY_MS)) : at * 1_000;
    return barFrom(startAt, {
      open: price(columns.o[index]),
      high: price(columns.h[index]),
      low: price(columns.l[index]),
      close: price(columns.c[index]),
      volume: amount(columns.v[index]),
    });
  };
}

function matchOf(match: Static<typeof Search>['result'][number]): readonly ListingProfile[] {
  const point = match.symbol.lastIndexOf('.');
  const exchange = point < 0 ? null : (Object.entries(SUFFIXES).find(([, mark]) => match.symbol.endsWith(mark))?.[0] ?? undefined);
  if (exchange === undefined) return [];
  const currency = exchange === null ? 'USD' : exchange === 'XETRA' ? 'EUR' : exchange === 'TSE' ? 'JPY' : 'INR';
  return [
    {
      symbol: (point < 0 ? match.symbol : match.symbol.slice(0, point)).toUpperCase(),
      exchange,
      name: match.description,
      assetClass: assetClassOf(match.type),
      currency,
      sector: null,
      country: exchange === null ? 'US' : null,
      tickSize: null,
      source: FINNHUB,
    },
  ];
}

function profileOf(listing: ListedSymbol, profile: Extract<Static<typeof Profile>, { ticker: string }>): ListingProfile {
  return {
    symbol: listing.symbol,
    exchange: exchangeOf(profile.exchange) ?? listing.exchange,
    name: profile.name,
    assetClass: 'stock',
    currency: currencyOf(profile.currency).currency,
    sector: profile.finnhubIndustry === undefined || profile.finnhubIndustry === 'N/A' ? null : profile.finnhubIndustry,
    country: /^[A-Z]{2}$/.test(profile.country) ? profile.country : null,
    tickSize: null,
    source: FINNHUB,
  };
}

function splitOf(row: Static<typeof Splits>[number]): readonly Split[] {
  const [exOn, oldShares, newShares] = [parseDay(row.date), price(row.fromFactor), price(row.toFactor)];
  return exOn === null || oldShares === null || newShares === null ? [] : [{ kind: 'split', exOn, newShares, oldShares }];
}

function dividendOf(row: Static<typeof Dividends>[number]): readonly CorporateAction[] {
  const [exOn, amountPerShare] = [parseDay(row.date), price(row.amount)];
  if (exOn === null || amountPerShare === null) return [];
  const payOn = parseDay(row.payDate ?? '');
  return [{ kind: 'cashDividend', exOn, payOn, amountPerShare, currency: currencyOf(row.currency).currency }];
}
