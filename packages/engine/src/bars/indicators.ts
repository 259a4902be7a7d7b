import type { BarColumns } from './bar-columns.ts';

/**
 * Indicators over columns of prices. Each gives a column as long as its input, never looks ahead, and says NaN where it has no value
 * yet (the warm-up) or where none exists; whoever answers in JSON writes null for it. Input is finite, but leading NaN (the warm-up
 * of another indicator) is passed over. Definitions: J. W. Wilder, New Concepts in Technical Trading Systems (1978) for RSI and ATR;
 * J. Bollinger, Bollinger on Bollinger Bands (2001); G. Appel for MACD. Where sources differ the choice is named below.
 */

/** The mean of the last `period` values. First value at index period - 1. */
export function simpleMovingAverage(values: Float64Array, period: number): Float64Array {
  const averages = emptyColumn(values.length);
  for (let index = firstFinite(values) + period - 1; index < values.length; index += 1) averages[index] = windowMean(values, index, period);
  return averages;
}

/** `previous + 2 / (period + 1) * (value - previous)`, seeded with the mean of the first `period` values. First value at index period - 1. */
export function exponentialMovingAverage(values: Float64Array, period: number): Float64Array {
  const averages = emptyColumn(values.length);
  const seedAt = firstFinite(values) + period - 1;
  if (seedAt >= values.length) return averages;
  const weight = 2 / (period + 1);
  let average = windowMean(values, seedAt, period);
  averages[seedAt] = average;
  for (let index = seedAt + 1; index < values.length; index += 1) {
    average += weight * ((values[index] ?? 0) - average);
    averages[index] = average;
  }
  return averages;
}

/**
 * Relative strength, 0 to 100: `100 - 100 / (1 + average gain / average loss)` with Wilder's averages, which begin as the mean of the
 * first `period` changes. 100 where there was no loss, 50 where there was no change at all. First value at index `period`.
 */
export function relativeStrengthIndex(values: Float64Array, period: number): Float64Array {
  const strengths = emptyColumn(values.length);
  let gain = 0;
  let loss = 0;
  for (let index = 1; index < values.length; index += 1) {
    const change = (values[index] ?? 0) - (values[index - 1] ?? 0);
    const kept = index <= period ? 1 : (period - 1) / period;
    gain = gain * kept + Math.max(change, 0) / period;
    loss = loss * kept + Math.max(-change, 0) / period;
    if (index >= period) strengths[index] = loss > 0 ? 100 - 100 / (1 + gain / loss) : gain > 0 ? 100 : 50;
  }
  return strengths;
}

export interface ConvergencePeriods {
  readonly fast: number;
  readonly slow: number;
  readonly signal: number;
}

export interface Convergence {
  readonly macd: Float64Array;
  readonly signal: Float64Array;
  readonly histogram: Float64Array;
}

/** Fast less slow exponential average, the exponential average of that (the signal), and their difference. Usually 12, 26 and 9. */
export function movingAverageConvergence(values: Float64Array, { fast, slow, signal }: ConvergencePeriods): Convergence {
  const slowAverage = exponentialMovingAverage(values, slow);
  const macd = exponentialMovingAverage(values, fast).map((average, index) => average - (slowAverage[index] ?? Number.NaN));
  const signalLine = exponentialMovingAverage(macd, signal);
  return { macd, signal: signalLine, histogram: macd.map((value, index) => value - (signalLine[index] ?? Number.NaN)) };
}

export interface Bands {
  readonly middle: Float64Array;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
}

/** The simple average and `width` population standard deviations (divided by the period) above and below. Usually 20 and 2. */
export function bollingerBands(values: Float64Array, period: number, width = 2): Bands {
  const middle = simpleMovingAverage(values, period);
  const deviations = middle.map((mean, index) => {
    let squares = 0;
    for (let at = index - period + 1; at <= index; at += 1) squares += ((values[at] ?? Number.NaN) - mean) ** 2;
    return Math.sqrt(squares / period);
  });
  return {
    middle,
    upper: middle.map((mean, index) => mean + width * (deviations[index] ?? Number.NaN)),
    lower: middle.map((mean, index) => mean - width * (deviations[index] ?? Number.NaN)),
  };
}

/**
 * Wilder's average of the true range, the greatest of high - low, |high - previous close| and |low - previous close|; the first bar's
 * is high - low. It begins as the mean of the first `period` ranges. First value at index period - 1.
 */
export function averageTrueRange({ high, low, close }: Pick<BarColumns, 'high' | 'low' | 'close'>, period: number): Float64Array {
  const averages = emptyColumn(close.length);
  let average = 0;
  for (let index = 0; index < close.length; index += 1) {
    const [top, bottom] = [high[index] ?? 0, low[index] ?? 0];
    const previous = close[index - 1] ?? top;
    const range = Math.max(top, previous) - Math.min(bottom, previous);
    average = index < period ? average + range / period : (average * (period - 1) + range) / period;
    if (index >= period - 1) averages[index] = average;
  }
  return averages;
}

/**
 * The volume-weighted price since the last anchor, `sum((high + low + close) / 3 * volume) / sum(volume)`. `anchors` are the indexes
 * at which it begins anew, such as the first bar of each session; NaN while nothing has been traded since.
 */
export function volumeWeightedAveragePrice(
  { high, low, close, volume }: Pick<BarColumns, 'high' | 'low' | 'close' | 'volume'>,
  anchors: readonly number[] = [],
): Float64Array {
  const begins = new Set(anchors);
  let value = 0;
  let traded = 0;
  return close.map((last, index) => {
    if (begins.has(index)) [value, traded] = [0, 0];
    const quantity = volume[index] ?? 0;
    value += (((high[index] ?? 0) + (low[index] ?? 0) + last) / 3) * quantity;
    traded += quantity;
    return traded === 0 ? Number.NaN : value / traded;
  });
}

function emptyColumn(length: number): Float64Array {
  return new Float64Array(length).fill(Number.NaN);
}

function firstFinite(values: Float64Array): number {
  let index = 0;
  while (index < values.length && Number.isNaN(values[index])) index += 1;
  return index;
}

function windowMean(values: Float64Array, last: number, period: number): number {
  let sum = 0;
  for (let index = last - period + 1; index <= last; index += 1) sum += values[index] ?? Number.NaN;
  return sum / period;
}
