import { aggregateBars, createSimulatedMarket, INTERVALS, isIntraday, intervalMs } from '@holdfast/engine/bars';
import type { Bar, MarketHours, SimulatedMarket } from '@holdfast/engine/bars';
import type { ListedSymbol } from '@holdfast/engine/instruments';
import { hasCalendar, zoneOf } from '@holdfast/engine/time';
import type { Zone } from '@holdfast/engine/time';
import type { Clock } from '../../platform/clock.ts';
import type { ComputedMarket, HistoryRequest, ListingProfile, MarketDataProvider } from './market-data.ts';

export const SIMULATED = 'simulated';

export interface SimulatedSettings {
  readonly seed: string;
  readonly hours: MarketHours;
  readonly clock: Clock;
}

/** The built-in market: about a hundred instruments, priced every second from a seed. Needs no key and no network. */
export function simulatedMarketData({ seed, hours, clock }: SimulatedSettings): MarketDataProvider & { readonly computed: ComputedMarket } {
  const market = createSimulatedMarket({ seed, hours });
  const profiles = new Map(market.instruments.map((instrument) => [instrument.symbol, profileOf(instrument)]));
  // Days, weeks and months are those of the exchange, or of UTC while the market never closes.
  const zoneFor = (symbol: string): Zone => {
    const exchange = hours === 'always' ? null : (profiles.get(symbol)?.exchange ?? null);
    return exchange !== null && hasCalendar(exchange) ? zoneOf(exchange) : 'UTC';
  };
  const computed = computedMarket(market, clock, zoneFor);
  const profileFor = ({ symbol, exchange }: ListedSymbol): ListingProfile | null => {
    const profile = profiles.get(symbol);
    return profile === undefined || (exchange !== null && exchange !== profile.exchange) ? null : profile;
  };
  return Object.freeze({
    name: SIMULATED,
    listed: Object.freeze([...profiles.values()]),
    computed,
    quotas: [],
    batch: { size: Number.MAX_SAFE_INTEGER, counts: 'call' as const },
    costs: { history: 0, profile: 0, actions: 0 },
    intervals: INTERVALS,
    stream: null,
    covers: (listing: ListedSymbol) => profileFor(listing) !== null,
    quotes: async (listings: readonly ListedSymbol[]) =>
      listings.flatMap((listing) => (profileFor(listing) === null ? [] : (computed.quoteAt(listing.symbol, clock.now()) ?? []))),
    history: async (listing: ListedSymbol, request: HistoryRequest) => {
      const bars = profileFor(listing) === null ? null : computed.bars(listing.symbol, request);
      return bars === null ? null : { source: SIMULATED, bars };
    },
    search: async (text: string, limit: number) => search([...profiles.values()], text).slice(0, limit),
    profile: async (listing: ListedSymbol) => profileFor(listing),
    // Its shares are never split and pay nothing; its rates are those of simulatedExchangeRates.
    actions: async (listing: ListedSymbol) => (profileFor(listing) === null ? null : []),
    exchangeRates: async () => null,
  });
}

const DAY_MS = 86_400_000;
/** The life of the simulated market, as instants. */
const FIRST_AT = 2 * DAY_MS;
const LAST_AT = Date.UTC(2099, 11, 30);

function computedMarket(market: SimulatedMarket, clock: Clock, zoneFor: (symbol: string) => Zone): ComputedMarket {
  return Object.freeze({
    zoneOf: zoneFor,
    quoteAt: (symbol: string, at: number) => {
      const quote = market.quoteAt(symbol, at);
      return quote === null ? null : { ...quote, listing: { symbol, exchange: null }, source: SIMULATED };
    },
    bars: (symbol: string, { interval, fromMs, toMs }: HistoryRequest) => {
      const now = clock.now();
      const range = { fromMs: Math.max(fromMs, FIRST_AT), toMs: Math.min(toMs, now, LAST_AT) };
      if (range.fromMs >= range.toMs) return market.symbols.includes(symbol) ? [] : null;
      const startsWithin = ({ startAt }: Bar): boolean => startAt >= range.fromMs && startAt < range.toMs;
      if (isIntraday(interval)) {
        // The last bar runs on after `toMs`: it is whole, as far as it has happened.
        const untilMs = Math.min(now, LAST_AT, range.toMs + intervalMs(interval));
        return market.bars(symbol, interval, { fromMs: range.fromMs, toMs: untilMs })?.filter(startsWithin) ?? null;
      }
      const longestMs = interval === '1d' ? 0 : interval === '1w' ? 7 * DAY_MS : 31 * DAY_MS;
      const days = daysUpTo(market, symbol, { fromMs: range.fromMs, toMs: Math.min(now, range.toMs + longestMs), now });
      if (days === null) return null;
      return (interval === '1d' ? days : aggregateBars(days, { interval, zone: zoneFor(symbol) })).filter(startsWithin);
    },
  });
}

/** Daily bars that begin in [fromMs, toMs). The day that is under way is made of what has happened, since the market knows its evening. */
function daysUpTo(
  market: SimulatedMarket,
  symbol: string,
  { fromMs, toMs, now }: { readonly fromMs: number; readonly toMs: number; readonly now: number },
): readonly Bar[] | null {
  const bars = market.dailyBars(symbol, Math.floor(fromMs / DAY_MS) - 1, Math.floor(toMs / DAY_MS) + 1);
  if (bars === null) return null;
  return bars.flatMap(({ on: _, ...bar }) => {
    if (bar.startAt < fromMs || bar.startAt >= toMs) return [];
    // No day has more than 25 hours: an older one is over.
    if (bar.startAt + 25 * 3_600_000 <= now) return [bar];
    const quote = market.quoteAt(symbol, now);
    if (quote === null || quote.at < bar.startAt) return [];
    if (quote.at >= bar.startAt + DAY_MS) return [bar];
    return [{ startAt: bar.startAt, open: quote.open, high: quote.high, low: quote.low, close: quote.last, volume: quote.volume }];
  });
}

function profileOf({
  symbol,
  exchange,
  name,
  assetClass,
  currency,
  sector,
  country,
  tickSize,
}: Omit<ListingProfile, 'source'>): ListingProfile {
  return Object.freeze({ symbol, exchange, name, assetClass, currency, sector, country, tickSize, source: SIMULATED });
}

function search(profiles: readonly ListingProfile[], text: string): readonly ListingProfile[] {
  const wanted = text.trim().toLowerCase();
  return profiles.filter(({ symbol, name }) => symbol.toLowerCase().startsWith(wanted) || name.toLowerCase().includes(wanted));
}
