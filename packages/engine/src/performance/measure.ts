import { benchmarkReturns, sameFlowsInBenchmark } from './benchmark.ts';
import { capitalReturn, investedSeries, type CapitalReturn } from './capital-return.ts';
import { flowsOf } from './cash-flow.ts';
import type { DailyValues } from './daily-values.ts';
import { drawdowns, drawdownSeries, maximumDrawdown, type Drawdown } from './drawdown.ts';
import { monthlyReturns, weekdayReturns } from './linked-periods.ts';
import { moneyWeighted, type MoneyWeighted, type NoRate } from './money-weighted.ts';
import type { PriceSeries } from './price-series.ts';
import { alpha, beta, captureRatio, informationRatio, trackingError, type AlignedReturns } from './relative-risk.ts';
import {
  calmarRatio,
  conditionalValueAtRisk,
  downsideDeviation,
  historicalValueAtRisk,
  omegaRatio,
  parametricValueAtRisk,
  sharpeRatio,
  sortinoRatio,
  volatility,
  WEEKDAY_RISK,
  type RiskSetting,
} from './risk.ts';
import { annualize, DAYS_A_YEAR, timeWeighted, type NegativeValue, type TimeWeighted } from './time-weighted.ts';

/** The four named returns of a period, what they are annualised to, and the lines of its chart. Fractions: 0.05 is 5 %. */
export interface Performance {
  readonly capital: CapitalReturn;
  readonly timeWeighted: TimeWeighted | NegativeValue;
  readonly moneyWeighted: MoneyWeighted | NoRate;
  /** Null below one year. */
  readonly annualizedTimeWeighted: number | null;
  /** The rate a year from one year on, and the return over the span below; null where there is none. */
  readonly shownMoneyWeighted: number | null;
  readonly invested: Float64Array;
  readonly drawdown: Float64Array;
  readonly months: readonly { readonly month: string; readonly total: number }[];
}

/** Risk of the weekdays that had capital. Null where too little was seen, and never an infinity. */
export interface Risk {
  readonly observations: number;
  readonly volatility: number | null;
  readonly downsideDeviation: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly calmar: number | null;
  readonly omega: number | null;
  readonly maximumDrawdown: Drawdown | null;
  readonly historicalValueAtRisk: number | null;
  readonly parametricValueAtRisk: number | null;
  readonly conditionalValueAtRisk: number | null;
}

/** Risk and return beside a benchmark, on the same days. */
export interface Comparison {
  /** Growth of the benchmark on each day, less 1. */
  readonly cumulative: Float64Array;
  readonly sameFlows: Float64Array;
  readonly ranOut: boolean;
  readonly beta: number | null;
  readonly alpha: number | null;
  readonly trackingError: number | null;
  readonly informationRatio: number | null;
  readonly upCapture: number | null;
  readonly downCapture: number | null;
}

export function measurePerformance(daily: DailyValues): Performance {
  const weighted = timeWeighted(daily);
  const rate = moneyWeighted(flowsOf(daily));
  const known = 'code' in weighted ? null : weighted;
  return {
    capital: capitalReturn(daily),
    timeWeighted: weighted,
    moneyWeighted: rate,
    annualizedTimeWeighted: known === null ? null : annualize(known.total, known.daysOfCapital),
    shownMoneyWeighted: 'code' in rate ? null : rate.days >= DAYS_A_YEAR ? rate.annual : rate.overSpan,
    invested: investedSeries(daily),
    drawdown: known === null ? new Float64Array() : drawdownSeries(known.index, 1),
    months: known === null ? [] : monthlyReturns(known.returns, daily.from),
  };
}

export function measureRisk(
  daily: DailyValues,
  weighted: TimeWeighted,
  setting: RiskSetting & { readonly confidence?: number } = WEEKDAY_RISK,
): Risk {
  const returns = weekdayReturns(weighted, daily.from);
  const { confidence = 0.95 } = setting;
  const deepest = maximumDrawdown(drawdowns(weighted.index, daily.from, 1));
  const annualized = annualize(weighted.total, weighted.daysOfCapital);
  return {
    observations: returns.length,
    volatility: volatility(returns, setting),
    downsideDeviation: downsideDeviation(returns, setting),
    sharpe: sharpeRatio(returns, setting),
    sortino: sortinoRatio(returns, setting),
    calmar: calmarRatio(annualized, deepest?.depth ?? 0),
    omega: omegaRatio(returns, setting),
    maximumDrawdown: deepest,
    historicalValueAtRisk: historicalValueAtRisk(returns, confidence),
    parametricValueAtRisk: parametricValueAtRisk(returns, confidence),
    conditionalValueAtRisk: conditionalValueAtRisk(returns, confidence),
  };
}

/**
 * The benchmark over the days of `daily`, whose time-weighted return is `weighted`; closes adjusted, converted by `rates` where they are
 * in another currency. Null when it has no close by the end of the period.
 */
export function compareWithBenchmark(
  daily: DailyValues,
  weighted: TimeWeighted,
  benchmark: { readonly closes: PriceSeries; readonly rates?: PriceSeries; readonly setting?: RiskSetting },
): Comparison | null {
  const { setting = WEEKDAY_RISK } = benchmark;
  const returns = benchmarkReturns(benchmark.closes, { from: daily.from, to: daily.from + daily.values.length - 1 }, benchmark.rates);
  if (returns === null) return null;
  const aligned: AlignedReturns = {
    returns: weekdayReturns(weighted, daily.from),
    benchmark: weekdayReturns({ returns: returns, hadCapital: weighted.hadCapital }, daily.from),
  };
  const { values, ranOut } = sameFlowsInBenchmark(daily, returns);
  let level = 1;
  return {
    cumulative: returns.map((value) => (level *= 1 + value) - 1),
    sameFlows: values,
    ranOut,
    beta: beta(aligned),
    alpha: alpha(aligned, setting),
    trackingError: trackingError(aligned, setting),
    informationRatio: informationRatio(aligned, setting),
    upCapture: captureRatio(aligned, 'up', setting),
    downCapture: captureRatio(aligned, 'down', setting),
  };
}
