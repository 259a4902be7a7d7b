import { intervalMs, isIntraday, mergeBars } from '@holdfast/engine/bars';
import type { Bar, Interval } from '@holdfast/engine/bars';
import { toNumber } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { PriceSeries } from '@holdfast/engine/performance';
import { startOfMonth, startOfWeek } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { MarketDataProvider } from '../../providers/market-data/index.ts';
import type { Instrument } from '../instruments/index.ts';
import { MANUAL_SOURCE } from '../instruments/index.ts';
import { tradingClock, wallClock } from '../ticks/index.ts';
import type { WallClock } from '../ticks/index.ts';
import { adjustmentOf } from './adjustment.ts';
import type { Adjust } from './adjustment.ts';
import { findStoredZone, loadBars, loadDailyCloses, loadLastCloses, loadMinutesBy } from './bar-store.ts';

/** The past prices of any instrument, wherever they come from: computed, stored, or put together from stored ones. */
export interface PriceHistory {
  /** Bars that start in [fromMs, toMs), oldest first, at most `limit` of them. The last may still be growing. */
  bars(instrument: Instrument, asked: BarRange): Promise<readonly Bar[]>;
  /** The close of each day in [from, before), days by the instrument's own clock. */
  closes(instrument: Instrument, asked: { readonly from: Day; readonly before: Day }): Promise<PriceSeries>;
  /** The last closes of days before this one, exact, newest first: at most `count` of them, days by the instrument's own clock. */
  lastCloses(instrument: Instrument, asked: { readonly before: Day; readonly count: number }): Promise<readonly DayClose[]>;
  /** Whether its prices are computed, so that its past never changes. */
  isComputed(instrument: Instrument): boolean;
  /** The clock by which the instrument's days, weeks and months begin. */
  clockOf(instrument: Instrument): Promise<WallClock>;
}

export interface DayClose {
  readonly day: Day;
  readonly close: Decimal;
}

export interface BarRange {
  readonly interval: Interval;
  readonly fromMs: number;
  readonly toMs: number;
  /** 100,000 when left out. */
  readonly limit?: number;
  /** True: prices from before a split or cash dividend made comparable with those after it. As they were traded when left out. */
  readonly adjusted?: boolean;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const MOST_BARS = 100_000;
/** No exchange of the computed market is closed for longer. */
const COMPUTED_GAP_DAYS = 12;

export interface PriceHistoryNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly provider: Pick<MarketDataProvider, 'name' | 'computed'>;
  /** Up to which instant the past of a source is shown, where it is played again; left out where nothing is. */
  readonly playedUntil?: (source: string) => number;
}

export function createPriceHistory({
  db,
  clock: time,
  provider,
  playedUntil = () => Number.POSITIVE_INFINITY,
}: PriceHistoryNeeds): PriceHistory {
  const computedFor = (instrument: Instrument) => (instrument.source === provider.name ? provider.computed : null);
  const clockOf = async (instrument: Instrument): Promise<WallClock> => {
    const computed = computedFor(instrument);
    if (computed !== null) return wallClock(computed.zoneOf(instrument.symbol));
    if (instrument.source === MANUAL_SOURCE) return wallClock('UTC');
    return tradingClock(instrument.exchange, (await findStoredZone(db, instrument.key)) ?? 'UTC').wall;
  };
  return {
    clockOf,
    isComputed: (instrument) => computedFor(instrument) !== null,
    closes: async (instrument, { from, before }) => {
      const clock = await clockOf(instrument);
      // The clock of a day is within a day of UTC's.
      const range = { fromMs: (from - 1) * DAY_MS, toMs: (before + 1) * DAY_MS };
      const computed = computedFor(instrument);
      const found =
        computed === null
          ? await loadDailyCloses(db, { instrumentKey: instrument.key, source: instrument.source, ...range, limit: MOST_BARS })
          : (computed.bars(instrument.symbol, { interval: '1d', ...range }) ?? []).map(({ startAt, close }) => ({
              startAt,
              close: toNumber(close),
            }));
      const untilMs = playedUntil(instrument.source);
      const played = found.filter(({ startAt }) => startAt + DAY_MS <= untilMs);
      const days = played.map(({ startAt, close }) => ({ day: Math.floor(clock.toLocalMs(startAt) / DAY_MS), close }));
      const within = days.filter(({ day }) => day >= from && day < before);
      return { days: Int32Array.from(within, ({ day }) => day), closes: Float64Array.from(within, ({ close }) => close) };
    },
    lastCloses: async (instrument, { before, count }) => {
      const clock = await clockOf(instrument);
      // The clock of a day is within a day of UTC's, so one more may be found than counts.
      const toMs = (before + 1) * DAY_MS;
      const computed = computedFor(instrument);
      const fromMs = (before - count - COMPUTED_GAP_DAYS) * DAY_MS;
      const found =
        computed === null
          ? await loadLastCloses(db, { instrumentKey: instrument.key, source: instrument.source, toMs, limit: count + 2 })
          : [...(computed.bars(instrument.symbol, { interval: '1d', fromMs, toMs }) ?? [])].reverse();
      const untilMs = playedUntil(instrument.source);
      return found
        .filter(({ startAt }) => startAt + DAY_MS <= untilMs)
        .map(({ startAt, close }) => ({ day: Math.floor(clock.toLocalMs(startAt) / DAY_MS), close }))
        .filter(({ day }) => day < before)
        .slice(0, count);
    },
    bars: async (instrument, { limit = MOST_BARS, adjusted = false, ...range }) => {
      const computed = computedFor(instrument);
      if (computed !== null) return (computed.bars(instrument.symbol, range) ?? []).slice(0, limit);
      const clock = await clockOf(instrument);
      const today = Math.floor(clock.toLocalMs(time.now()) / DAY_MS);
      const adjust = adjusted ? await adjustmentOf(db, instrument, { clock, today }) : null;
      const bars = await storedBars(db, { instrument, limit, ...range }, { clock, adjust });
      const untilMs = playedUntil(instrument.source);
      // A bar that is not played to its end would tell what is still to come.
      return untilMs === Number.POSITIVE_INFINITY ? bars : bars.filter(({ startAt }) => startAt + lengthMs(range.interval) <= untilMs);
    },
  };
}

/** The longest that a bar of the interval can be. */
function lengthMs(interval: Interval): number {
  if (isIntraday(interval)) return intervalMs(interval);
  return interval === '1d' ? DAY_MS : interval === '1w' ? 7 * DAY_MS : 31 * DAY_MS;
}

type StoredRange = Required<Omit<BarRange, 'adjusted'>> & { readonly instrument: Instrument };

async function storedBars(
  db: Db,
  { instrument, interval, fromMs, toMs, limit }: StoredRange,
  { clock, adjust }: { readonly clock: WallClock; readonly adjust: Adjust | null },
): Promise<readonly Bar[]> {
  const comparable = (bars: readonly Bar[]): readonly Bar[] => (adjust === null ? bars : bars.map(adjust));
  const asked = { instrumentKey: instrument.key, source: instrument.source, fromMs, toMs, limit };
  switch (interval) {
    case '1m':
    case '1h':
    case '1d':
      return comparable(await loadBars(db, interval, asked));
    case '5m':
    case '15m': {
      const minutes = interval === '5m' ? 5 : 15;
      const step = minutes * MINUTE_MS;
      const whole = { ...asked, fromMs: Math.ceil(fromMs / step) * step, toMs: Math.ceil(toMs / step) * step };
      return comparable(await loadMinutesBy(db, minutes, whole));
    }
    case '1w':
    case '1mo': {
      // Every week and month that begins in the range is whole: the last one's days may lie after it.
      const days = await loadBars(db, '1d', { ...asked, toMs: toMs + 32 * DAY_MS, limit: Math.min(MOST_BARS, (limit + 1) * 31) });
      const grouped = groupDays(comparable(days), interval, clock);
      return grouped.filter(({ startAt }) => startAt >= fromMs && startAt < toMs).slice(0, limit);
    }
  }
}

/** Daily bars as weeks from Monday or as months, by a clock of any zone. The first is cut where the days begin. */
export function groupDays(days: readonly Bar[], interval: '1w' | '1mo', clock: WallClock): readonly Bar[] {
  const first = interval === '1w' ? startOfWeek : startOfMonth;
  const grouped: Bar[] = [];
  let group = Number.NaN;
  for (const bar of days) {
    const start = first(Math.floor(clock.toLocalMs(bar.startAt) / DAY_MS));
    const current = grouped.at(-1);
    if (start === group && current !== undefined) grouped[grouped.length - 1] = mergeBars(current, bar);
    else grouped.push({ ...bar, startAt: clock.toInstantMs(start * DAY_MS) });
    group = start;
  }
  return grouped;
}
