import { add, decimal, divide, minimum, multiply, negate, ONE, subtract, ZERO, type Decimal } from '../money/index.ts';

/** Which way a value has to move. */
export type Direction = 'up' | 'down' | 'either';

/** What a change in per cent is measured against: the close of the day before, a price given once, or the price some time ago. */
export type ChangeReference =
  | { readonly kind: 'previousClose' }
  | { readonly kind: 'price'; readonly price: Decimal }
  | { readonly kind: 'window'; readonly windowMs: number };

/** The bars an indicator is computed from; it is looked at when one is complete. */
export type IndicatorInterval = '5m' | '15m' | '1h' | '1d';

/** A standing question. `...Above` and `...Below` ask for a state ("at or above"), the others for a movement. Per cent: 5 means 5 %. */
export type Condition =
  | {
      readonly kind: 'priceAbove' | 'priceBelow' | 'crossesUp' | 'crossesDown' | 'crosses';
      readonly symbol: string;
      readonly threshold: Decimal;
    }
  | { readonly kind: 'volumeAbove'; readonly symbol: string; readonly threshold: Decimal }
  | {
      readonly kind: 'percentChange';
      readonly symbol: string;
      readonly percent: Decimal;
      readonly direction: Direction;
      readonly against: ChangeReference;
    }
  | {
      readonly kind: 'averageCross';
      readonly symbol: string;
      readonly average: 'sma' | 'ema';
      readonly period: number;
      readonly interval: IndicatorInterval;
      readonly direction: Direction;
    }
  | {
      readonly kind: 'rsiCross';
      readonly symbol: string;
      readonly period: number;
      readonly interval: IndicatorInterval;
      readonly threshold: Decimal;
      readonly direction: Direction;
    }
  /** A price above the highest, or below the lowest, of so many days. Each new extreme is measured against the one before. */
  | { readonly kind: 'newHigh' | 'newLow'; readonly symbol: string; readonly days: number }
  /** A day's change of `percent`, or of `sigmas` standard deviations of the last 20 daily returns, whichever is less. */
  | { readonly kind: 'significantMove'; readonly symbol: string; readonly percent: Decimal; readonly sigmas: Decimal }
  | { readonly kind: 'portfolioValueAbove' | 'portfolioValueBelow'; readonly portfolioId: string; readonly threshold: Decimal }
  | { readonly kind: 'portfolioDayChange'; readonly portfolioId: string; readonly percent: Decimal; readonly direction: Direction }
  /** `threshold` is a fraction: 0.25 is a quarter of the portfolio. */
  | {
      readonly kind: 'positionWeightAbove' | 'positionWeightBelow';
      readonly portfolioId: string;
      readonly symbol: string;
      readonly threshold: Decimal;
    };

/** What the market is known to have done before, for the conditions that need it; what is missing makes them wait. */
export interface KnownMarket {
  /** Highest and lowest price of the days before and of today so far, as far back as the condition asks. */
  readonly highest?: Decimal | undefined;
  readonly lowest?: Decimal | undefined;
  /** Standard deviation of the last 20 daily returns, in per cent. */
  readonly dailyDeviationPercent?: Decimal | undefined;
  /** Prices of the time that a window of change looks back, oldest first, so that it need not fill up anew. */
  readonly past?: readonly PastPrice[] | undefined;
}

export interface PastPrice {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly price: Decimal;
}

/**
 * One line that a value can pass: at or above the level (`rising`) or at or below it (`falling`). A `crossing` leg needs to have seen
 * the other side first. A condition that looks both ways has two.
 */
export interface Leg {
  readonly series: string;
  readonly direction: 'rising' | 'falling';
  readonly level: Decimal;
  readonly crossing: boolean;
}

/** The names of the series of values that alerts watch. The first five come with ticks, the rest are observed by name. */
export const seriesName = {
  price: (symbol: string) => `price ${symbol}`,
  volume: (symbol: string) => `volume ${symbol}`,
  dayPercent: (symbol: string) => `dayPercent ${symbol}`,
  windowPercent: (symbol: string, windowMs: number) => `windowPercent ${windowMs} ${symbol}`,
  /** 1 while the price makes new highs of so many days, or -1 while it makes new lows; else 0. */
  record: (symbol: string, kind: 'newHigh' | 'newLow', days: number) => `${kind} ${days} ${symbol}`,
  /** Close less average, so that crossing the average is crossing 0. */
  averageGap: (symbol: string, { average, period, interval }: AverageOf) => `averageGap ${average}${period} ${interval} ${symbol}`,
  rsi: (symbol: string, { period, interval }: Pick<AverageOf, 'period' | 'interval'>) => `rsi ${period} ${interval} ${symbol}`,
  portfolioValue: (portfolioId: string) => `portfolioValue ${portfolioId}`,
  portfolioDayPercent: (portfolioId: string) => `portfolioDayPercent ${portfolioId}`,
  positionWeight: (portfolioId: string, symbol: string) => `positionWeight ${portfolioId} ${symbol}`,
} as const;

export interface AverageOf {
  readonly average: 'sma' | 'ema';
  readonly period: number;
  readonly interval: IndicatorInterval;
}

const HUNDRED = decimal('100');
const MINUS_ONE = negate(ONE);

/** The lines a condition watches. None where what it needs is not known yet. */
export function legsOf(condition: Condition, known: KnownMarket = {}): readonly Leg[] {
  switch (condition.kind) {
    case 'priceAbove':
      return [rising(seriesName.price(condition.symbol), condition.threshold)];
    case 'priceBelow':
      return [falling(seriesName.price(condition.symbol), condition.threshold)];
    case 'crossesUp':
      return crossing(seriesName.price(condition.symbol), condition.threshold, 'up');
    case 'crossesDown':
      return crossing(seriesName.price(condition.symbol), condition.threshold, 'down');
    case 'crosses':
      return crossing(seriesName.price(condition.symbol), condition.threshold, 'either');
    case 'volumeAbove':
      return [rising(seriesName.volume(condition.symbol), condition.threshold)];
    case 'percentChange':
      return percentLegs(condition);
    case 'averageCross':
      return crossing(seriesName.averageGap(condition.symbol, condition), ZERO, condition.direction);
    case 'rsiCross':
      return crossing(seriesName.rsi(condition.symbol, condition), condition.threshold, condition.direction);
    case 'newHigh':
      return known.highest === undefined ? [] : [rising(seriesName.record(condition.symbol, 'newHigh', condition.days), ONE)];
    case 'newLow':
      return known.lowest === undefined ? [] : [falling(seriesName.record(condition.symbol, 'newLow', condition.days), MINUS_ONE)];
    case 'significantMove':
      return bothWays(seriesName.dayPercent(condition.symbol), moveLevel(condition, known), 'either');
    case 'portfolioValueAbove':
      return [rising(seriesName.portfolioValue(condition.portfolioId), condition.threshold)];
    case 'portfolioValueBelow':
      return [falling(seriesName.portfolioValue(condition.portfolioId), condition.threshold)];
    case 'portfolioDayChange':
      return bothWays(seriesName.portfolioDayPercent(condition.portfolioId), condition.percent, condition.direction);
    case 'positionWeightAbove':
      return [rising(seriesName.positionWeight(condition.portfolioId, condition.symbol), condition.threshold)];
    case 'positionWeightBelow':
      return [falling(seriesName.positionWeight(condition.portfolioId, condition.symbol), condition.threshold)];
  }
}

/** `(value - reference) / reference` in per cent, or null against a reference that is not positive. */
export function percentChange(value: Decimal, reference: Decimal): Decimal | null {
  return reference > 0n ? divide(multiply(subtract(value, reference), HUNDRED), reference) : null;
}

function percentLegs({ symbol, percent, direction, against }: Extract<Condition, { kind: 'percentChange' }>): readonly Leg[] {
  switch (against.kind) {
    case 'previousClose':
      return bothWays(seriesName.dayPercent(symbol), percent, direction);
    case 'window':
      return bothWays(seriesName.windowPercent(symbol, against.windowMs), percent, direction);
    case 'price': {
      const step = divide(multiply(against.price, percent), HUNDRED);
      const series = seriesName.price(symbol);
      const up = direction === 'down' ? [] : [rising(series, add(against.price, step))];
      return direction === 'up' ? up : [...up, falling(series, subtract(against.price, step))];
    }
  }
}

function moveLevel({ percent, sigmas }: Extract<Condition, { kind: 'significantMove' }>, known: KnownMarket): Decimal {
  const deviation = known.dailyDeviationPercent;
  return deviation === undefined || deviation <= 0n ? percent : minimum(percent, multiply(deviation, sigmas));
}

/** `distance` above 0, below 0, or both. */
function bothWays(series: string, distance: Decimal, direction: Direction): readonly Leg[] {
  const up = direction === 'down' ? [] : [rising(series, distance)];
  return direction === 'up' ? up : [...up, falling(series, negate(distance))];
}

function crossing(series: string, level: Decimal, direction: Direction): readonly Leg[] {
  const up = direction === 'down' ? [] : [{ ...rising(series, level), crossing: true }];
  return direction === 'up' ? up : [...up, { ...falling(series, level), crossing: true }];
}

function rising(series: string, level: Decimal): Leg {
  return { series, direction: 'rising', level, crossing: false };
}

function falling(series: string, level: Decimal): Leg {
  return { series, direction: 'falling', level, crossing: false };
}
