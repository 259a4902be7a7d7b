/**
 * Bars: what the market said, and what can be read from it.
 *
 * A *tick* is one report of a trade; a *quote* is what the market says now. A *bar* is an interval of ticks in five figures: the
 * first, highest, lowest and last price and the volume. An interval is [start, start + size) by the wall clock of the exchange's
 * *zone*, and one without a tick has no bar. An *indicator* is a column computed from a column of prices; while it *warms up* it has
 * no value. The *simulated market* makes quotes and bars out of a seed, the same ones on every machine.
 *
 * Worked example: 100 shares at 10.00, 50 at 10.40 and 200 at 10.10, all within the minute of 14:30, make the bar 10.00, 10.40, 10.00,
 * 10.10 with a volume of 350. Their volume-weighted price is (1,000 + 520 + 2,020) / 350 = 10.1142857…
 *
 *     aggregateTicks(ticks, { interval: '1m', zone: 'America/New_York' });
 *     volumeWeightedPrice(ticks);                                          // 10.114285714285714286
 *     simpleMovingAverage(Float64Array.of(1, 2, 6), 2);                    // NaN, 1.5, 4
 */
export { aggregateBars, aggregateTicks, createBarBuilder, fillGaps, sessionFilter, type BarBuilder, type BarShape } from './aggregate.ts';
export { barFault, mergeBars, type Bar } from './bar.ts';
export { columnsOf, type BarColumns } from './bar-columns.ts';
export { calculateIndicator, dayAnchors, parseIndicator, type Indicator, type IndicatorLine } from './indicator-name.ts';
export {
  averageTrueRange,
  bollingerBands,
  exponentialMovingAverage,
  movingAverageConvergence,
  relativeStrengthIndex,
  simpleMovingAverage,
  volumeWeightedAveragePrice,
  type Bands,
  type Convergence,
  type ConvergencePeriods,
} from './indicators.ts';
export {
  INTERVALS,
  intervalMs,
  isInterval,
  isIntraday,
  stretchOf,
  stretchOfDay,
  type Interval,
  type IntradayInterval,
  type Stretch,
} from './interval.ts';
export { quoteChange, type Quote } from './quote.ts';
export { createRollUp, type RollUp, type RollUpOutcome, type RollUpPlan } from './roll-up.ts';
export {
  createSimulatedMarket,
  type DayBar,
  type InstantRange,
  type MarketSettings,
  type SimulatedMarket,
} from './simulated-market/simulated-market.ts';
export { type MarketHours } from './simulated-market/trading-days.ts';
export { priceStatistics, sampleDeviation, type PriceStatistics } from './statistics.ts';
export { volumeWeightedPrice, type Tick } from './tick.ts';
