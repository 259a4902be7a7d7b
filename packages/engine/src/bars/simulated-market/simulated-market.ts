import type { Instrument } from '../../instruments/index.ts';
import type { Day, Zone } from '../../time/index.ts';
import type { Bar } from '../bar.ts';
import { stretchOfDay, type IntradayInterval } from '../interval.ts';
import type { Quote } from '../quote.ts';
import { exchangeDays } from './exchange-days.ts';
import { intradayBars } from './intraday-bars.ts';
import { listListings, type Listing } from './listing.ts';
import { keyAt, keyOfText } from './noise.ts';
import { createPriceFeed, type PriceFeed } from './price-feed.ts';
import { quoteOf } from './quote-of.ts';
import { barOf } from './span-bar.ts';
import { ALWAYS_OPEN, type MarketHours, type TradingDays } from './trading-days.ts';
import { FIRST_DAY, LAST_DAY } from './walk.ts';
import { createLevels } from './walk-register.ts';

export interface MarketSettings {
  /** Any text. Two markets of the same seed and hours have the same prices, on every machine. */
  readonly seed: string;
  readonly hours: MarketHours;
}

/** A daily bar knows its day; `startAt` is the midnight it begins with. */
export interface DayBar extends Bar {
  readonly on: Day;
}

/** A stretch of instants, in milliseconds since 1970. */
export interface InstantRange {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * A market that is a pure function of (seed, hours, symbol, instant). It remembers what it worked out, so that the next second is
 * cheap, but no answer depends on what was asked before. Symbols are those of `instruments`; another symbol gives null.
 * It lives from 1970 to 2099; another time throws RangeError.
 */
export interface SimulatedMarket {
  readonly instruments: readonly Instrument[];
  readonly symbols: readonly string[];
  /** The market at an instant (milliseconds since 1970). Prices change once a second. */
  readonly quoteAt: (symbol: string, instantMs: number) => Quote | null;
  /** Whose wall clock cuts the days and hours of an instrument: its exchange's, or UTC where it is always open. */
  readonly zoneOf: (symbol: string) => Zone | null;
  /** Whether prices move at an instant. */
  readonly isOpen: (symbol: string, instantMs: number) => boolean;
  /** One bar per trading day from one day to another, both included. A day in progress is complete here, its evening known: for what has happened so far ask `quoteAt`. */
  readonly dailyBars: (symbol: string, fromDay: Day, toDay: Day) => readonly DayBar[] | null;
  /** The bars that start in [fromMs, toMs), made of the seconds before `toMs`: with `toMs` now, the last bar is the one in the making. */
  readonly bars: (symbol: string, interval: IntradayInterval, range: InstantRange) => readonly Bar[] | null;
}

interface Seat {
  readonly listing: Listing;
  readonly days: TradingDays;
  readonly feed: PriceFeed;
}

/** Opens a market. Nothing is worked out before it is asked for. */
export function createSimulatedMarket({ seed, hours }: MarketSettings): SimulatedMarket {
  const listings = listListings();
  const bySymbol = new Map(listings.map((listing) => [listing.instrument.symbol, listing]));
  const levelOf = createLevels(seed);
  const seedKey = keyOfText(seed);
  const daysOf = createTradingDays(hours);
  const seats = new Map<string, Seat>();
  const seatOf = (symbol: string): Seat | null => {
    const seated = seats.get(symbol);
    if (seated !== undefined) return seated;
    const listing = bySymbol.get(symbol);
    if (listing === undefined) return null;
    const days = daysOf(listing.instrument.exchange);
    const key = keyAt(seedKey, keyOfText(`session ${symbol}`));
    const seat = { listing, days, feed: createPriceFeed({ listing, level: levelOf(listing), days, key }) };
    seats.set(symbol, seat);
    return seat;
  };
  return Object.freeze({
    instruments: Object.freeze(listings.map((listing) => listing.instrument)),
    symbols: Object.freeze(listings.map((listing) => listing.instrument.symbol)),
    quoteAt: (symbol: string, instantMs: number) => {
      const seat = seatOf(symbol);
      return seat === null ? null : quoteOf(seat, seat.days.momentAt(checkedInstant(instantMs)));
    },
    zoneOf: (symbol: string) => seatOf(symbol)?.days.zone ?? null,
    isOpen: (symbol: string, instantMs: number) => seatOf(symbol)?.days.isOpenAt(checkedInstant(instantMs)) ?? false,
    dailyBars: (symbol: string, fromDay: Day, toDay: Day) => {
      const seat = seatOf(symbol);
      return seat === null ? null : dailyBars(seat, checkedDay(fromDay), checkedDay(toDay));
    },
    bars: (symbol: string, interval: IntradayInterval, { fromMs, toMs }: InstantRange) => {
      const seat = seatOf(symbol);
      return seat === null ? null : intradayBars(seat, interval, { fromMs: checkedInstant(fromMs), toMs: checkedInstant(toMs) });
    },
  });
}

/** Trading days by exchange, each made once so that the instruments of an exchange share what is known about a moment. */
function createTradingDays(hours: MarketHours): (exchange: string) => TradingDays {
  const known = new Map<string, TradingDays>();
  return (exchange) => {
    if (hours === 'always' || exchange === 'CRYPTO') return ALWAYS_OPEN;
    const days = known.get(exchange) ?? exchangeDays(exchange);
    known.set(exchange, days);
    return days;
  };
}

function dailyBars({ listing, days, feed }: Seat, fromDay: Day, toDay: Day): readonly DayBar[] {
  const bars: DayBar[] = [];
  const unit = listing.instrument.tickSize;
  for (let day = fromDay; day <= toDay; day += 1) {
    if (!days.isTradingDay(day)) continue;
    bars.push({ ...barOf(feed.sessionOf(day).span, unit, stretchOfDay(days.zone, day).startAt), on: day });
  }
  return bars;
}

const DAY_MS = 86_400_000;

function checkedDay(day: Day): Day {
  if (Number.isInteger(day) && day >= FIRST_DAY && day <= LAST_DAY) return day;
  throw new RangeError(`The simulated market lives from 1970 to 2099; ${day} days after 1970-01-01 is not in it.`);
}

function checkedInstant(instantMs: number): number {
  if (instantMs >= FIRST_DAY * DAY_MS && instantMs <= LAST_DAY * DAY_MS) return instantMs;
  throw new RangeError(`The simulated market lives from 1970 to 2099; ${instantMs} ms after 1970 is not in it.`);
}
