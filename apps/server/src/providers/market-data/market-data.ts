import type { Bar, Interval } from '@holdfast/engine/bars';
import type { AssetClass, CorporateAction, ListedSymbol } from '@holdfast/engine/instruments';
import type { Decimal } from '@holdfast/engine/money';
import type { Day, Zone } from '@holdfast/engine/time';

/**
 * A source of prices from outside. Answers are checked before they get here: prices are positive, bars are whole. What it does not
 * know is left out or null; what it could not find out is thrown as `ProviderError`.
 */
export interface MarketDataProvider {
  readonly name: string;
  /** What it lists from the start, without being asked; empty for a provider with too many to list. */
  readonly listed: readonly ListingProfile[];
  /** Whether its prices are computed on the spot, so that they are asked for, never fetched or stored. */
  readonly computed: ComputedMarket | null;
  /** What it may be asked in all, each within its own time; empty for as much as wanted. */
  readonly quotas: readonly Quota[];
  /** How quotes are asked for: the most listings in one call, and whether each of them or the call counts against the quotas. */
  readonly batch: { readonly size: number; readonly counts: 'call' | 'listing' };
  /** The most that one question of each kind counts against the quotas: some need two calls. */
  readonly costs: ProviderCosts;
  covers(listing: ListedSymbol): boolean;
  /** The intervals in which it has history. */
  readonly intervals: readonly Interval[];
  /** The newest quotes it has, at most `batch.size` asked for at once. */
  quotes(listings: readonly ListedSymbol[]): Promise<readonly ProvidedQuote[]>;
  /** Bars as they were traded, not adjusted, that start in [fromMs, toMs), oldest first; null when it has none of the listing. */
  history(listing: ListedSymbol, request: HistoryRequest): Promise<ProvidedHistory | null>;
  search(text: string, limit: number): Promise<readonly ListingProfile[]>;
  /** What it says of one listing, or null when it does not know it. */
  profile(listing: ListedSymbol): Promise<ListingProfile | null>;
  /** Splits and cash dividends with an ex-date in [from, to], or null when it does not say. */
  actions(listing: ListedSymbol, range: DayRange): Promise<readonly CorporateAction[] | null>;
  /** Units of `to` per one `from` on the days of [from, to] that have a rate, or null when it has none of the pair. */
  exchangeRates(pair: CurrencyPair, range: DayRange): Promise<readonly DayRate[] | null>;
  /** Sends every quote as it comes until stopped; null for a provider that must be asked. */
  readonly stream: QuoteStream | null;
}

export interface ProviderCosts {
  readonly history: number;
  readonly profile: number;
  readonly actions: number;
}

export type QuoteStream = (listings: readonly ListedSymbol[], sink: QuoteSink) => () => void;

export interface QuoteSink {
  readonly onQuotes: (quotes: readonly ProvidedQuote[]) => void;
  /** Told once when the stream ends by itself; nothing comes after it. */
  readonly onEnd: (error: Error) => void;
}

/** A market that is a pure function of its seed, a symbol and an instant: every server computes the same. Instants are epoch milliseconds. */
export interface ComputedMarket {
  quoteAt(symbol: string, at: number): ProvidedQuote | null;
  /** The zone by whose clock its days begin. */
  zoneOf(symbol: string): Zone;
  /** Bars that start in [fromMs, toMs), none from after `toMs`: the last is the one in the making. Null for a symbol it does not have. */
  bars(symbol: string, request: HistoryRequest): readonly Bar[] | null;
}

export interface HistoryRequest {
  readonly interval: Interval;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ProvidedHistory {
  readonly source: string;
  readonly bars: readonly Bar[];
}

/** Both days are within. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

export interface CurrencyPair {
  readonly from: string;
  readonly to: string;
}

export interface DayRate {
  readonly day: Day;
  readonly rate: Decimal;
  readonly source: string;
}

/** As many calls as `requests` within any `perSeconds`. */
export interface Quota {
  readonly requests: number;
  readonly perSeconds: number;
}

export interface ListingProfile {
  readonly symbol: string;
  readonly exchange: string | null;
  readonly name: string;
  readonly assetClass: AssetClass;
  readonly currency: string;
  readonly sector: string | null;
  readonly country: string | null;
  readonly tickSize: Decimal | null;
  /** Who says so, and whose prices the instrument gets. */
  readonly source: string;
}

/** A quote as a provider gives it; null is what it does not say. */
export interface ProvidedQuote {
  readonly listing: ListedSymbol;
  readonly source: string;
  readonly last: Decimal;
  readonly bid: Decimal | null;
  readonly ask: Decimal | null;
  readonly bidSize: Decimal | null;
  readonly askSize: Decimal | null;
  readonly open: Decimal | null;
  readonly high: Decimal | null;
  readonly low: Decimal | null;
  readonly previousClose: Decimal | null;
  readonly volume: Decimal | null;
  /** When the price was made, epoch milliseconds. */
  readonly at: number;
}
