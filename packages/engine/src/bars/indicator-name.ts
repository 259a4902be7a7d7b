import { toLocalMs, type Zone } from '../time/index.ts';
import type { BarColumns } from './bar-columns.ts';
import {
  averageTrueRange,
  bollingerBands,
  exponentialMovingAverage,
  movingAverageConvergence,
  relativeStrengthIndex,
  simpleMovingAverage,
  volumeWeightedAveragePrice,
} from './indicators.ts';

/** An indicator as it is asked for by name. */
export type Indicator =
  | { readonly kind: 'sma' | 'ema' | 'rsi' | 'bollinger' | 'atr'; readonly period: number }
  | { readonly kind: 'macd' }
  | { readonly kind: 'vwap' };

/** One named column of an indicator: "sma20", or "bollinger20.upper" where there are several. NaN where it has no value. */
export interface IndicatorLine {
  readonly name: string;
  readonly values: Float64Array;
}

const LONGEST_PERIOD = 500;
const MACD_PERIODS = { fast: 12, slow: 26, signal: 9 } as const;
const DAY_MS = 86_400_000;

/** Reads sma20, ema50, rsi14, bollinger20, atr14 (periods 1 to 500), macd (12, 26, 9) and vwap; null for anything else. */
export function parseIndicator(name: string): Indicator | null {
  if (name === 'macd' || name === 'vwap') return { kind: name };
  const match = /^(sma|ema|rsi|bollinger|atr)([1-9]\d{0,2})$/.exec(name);
  if (match === null) return null;
  const kind = match[1] as 'sma' | 'ema' | 'rsi' | 'bollinger' | 'atr';
  const period = Number(match[2]);
  return period <= LONGEST_PERIOD ? { kind, period } : null;
}

/**
 * The columns of an indicator over bars in order of time. `anchors` are where vwap begins anew; the other indicators have no use for them.
 */
export function calculateIndicator(indicator: Indicator, columns: BarColumns, anchors: readonly number[] = []): readonly IndicatorLine[] {
  const { close } = columns;
  switch (indicator.kind) {
    case 'sma':
      return [{ name: `sma${indicator.period}`, values: simpleMovingAverage(close, indicator.period) }];
    case 'ema':
      return [{ name: `ema${indicator.period}`, values: exponentialMovingAverage(close, indicator.period) }];
    case 'rsi':
      return [{ name: `rsi${indicator.period}`, values: relativeStrengthIndex(close, indicator.period) }];
    case 'atr':
      return [{ name: `atr${indicator.period}`, values: averageTrueRange(columns, indicator.period) }];
    case 'bollinger':
      return named(`bollinger${indicator.period}`, { ...bollingerBands(close, indicator.period) });
    case 'macd':
      return named('macd', { ...movingAverageConvergence(close, MACD_PERIODS) });
    case 'vwap':
      return [{ name: 'vwap', values: volumeWeightedAveragePrice(columns, anchors) }];
  }
}

/** The indexes of the first bar of each local day: where a day's vwap begins. */
export function dayAnchors(startAt: Float64Array, zone: Zone): readonly number[] {
  const days = Array.from(startAt, (at) => Math.floor(toLocalMs(zone, at) / DAY_MS));
  return days.flatMap((day, index) => (day === days[index - 1] ? [] : [index]));
}

function named(prefix: string, lines: Readonly<Record<string, Float64Array>>): readonly IndicatorLine[] {
  return Object.entries(lines).map(([line, values]) => ({ name: `${prefix}.${line}`, values }));
}
