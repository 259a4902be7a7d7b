import { mean, normalQuantile, quantile, standardDeviation } from './statistics.ts';
import { linkReturns } from './time-weighted.ts';

/** Risk figures are from returns of one length; there are 252 of them a year when they are of weekdays, 12 when of months. */
export interface RiskSetting {
  readonly periodsPerYear: number;
  /** A year, as a fraction. What a return must beat for Sharpe and alpha. */
  readonly riskFreeRate: number;
  /** A year, as a fraction. Below it a return is a shortfall, for downside deviation, Sortino and omega. */
  readonly acceptableReturn: number;
}

export const WEEKDAY_RISK: RiskSetting = { periodsPerYear: 252, riskFreeRate: 0, acceptableReturn: 0 };

/** A yearly rate for one period: `(1 + rate)^(1/P) - 1`. */
export function perPeriod(yearly: number, { periodsPerYear }: RiskSetting): number {
  return (1 + yearly) ** (1 / periodsPerYear) - 1;
}

/** Sample standard deviation times `sqrt(P)`; null below two returns. */
export function volatility(returns: Float64Array, setting: RiskSetting): number | null {
  const deviation = standardDeviation(returns);
  return deviation === null ? null : deviation * Math.sqrt(setting.periodsPerYear);
}

/** `mean(r - rf) / sd(r - rf) * sqrt(P)`; null when the returns do not vary, since no risk was seen. */
export function sharpeRatio(returns: Float64Array, setting: RiskSetting): number | null {
  const average = mean(returns);
  const deviation = standardDeviation(returns);
  if (average === null || deviation === null || deviation === 0) return null;
  return ((average - perPeriod(setting.riskFreeRate, setting)) / deviation) * Math.sqrt(setting.periodsPerYear);
}

/** `sqrt(sum(min(r - MAR, 0)^2) / n) * sqrt(P)` over all n returns, not only the short ones; null without returns. */
export function downsideDeviation(returns: Float64Array, setting: RiskSetting): number | null {
  if (returns.length === 0) return null;
  const required = perPeriod(setting.acceptableReturn, setting);
  let squares = 0;
  for (const value of returns) squares += Math.min(value - required, 0) ** 2;
  return Math.sqrt((squares / returns.length) * setting.periodsPerYear);
}

/** `(mean(r) - MAR) * P / downside deviation`; null when there was no shortfall. */
export function sortinoRatio(returns: Float64Array, setting: RiskSetting): number | null {
  const average = mean(returns);
  const deviation = downsideDeviation(returns, setting);
  if (average === null || deviation === null || deviation === 0) return null;
  return ((average - perPeriod(setting.acceptableReturn, setting)) * setting.periodsPerYear) / deviation;
}

/** Gains over the required return by losses under it; null when there were no losses. */
export function omegaRatio(returns: Float64Array, setting: RiskSetting): number | null {
  const required = perPeriod(setting.acceptableReturn, setting);
  let over = 0;
  let under = 0;
  for (const value of returns) {
    if (value > required) over += value - required;
    else under += required - value;
  }
  return under === 0 ? null : over / under;
}

/** Annualised return over the worst drawdown; null where either is missing or nothing was ever lost. */
export function calmarRatio(annualized: number | null, maximumDrawdown: number): number | null {
  return annualized === null || maximumDrawdown <= 0 ? null : annualized / maximumDrawdown;
}

/** Value at risk of one period by history: the loss (positive) that returns exceed with `1 - confidence`. Type 7 quantile. */
export function historicalValueAtRisk(returns: Float64Array, confidence: number): number | null {
  const cut = quantile(returns, 1 - confidence);
  return cut === null ? null : -cut;
}

/** The same if returns were normally distributed: `-(mean + z * sd)`. */
export function parametricValueAtRisk(returns: Float64Array, confidence: number): number | null {
  const average = mean(returns);
  const deviation = standardDeviation(returns);
  return average === null || deviation === null ? null : -(average + normalQuantile(1 - confidence) * deviation);
}

/** Expected shortfall: the mean loss (positive) of the returns at or beyond the historical value at risk. */
export function conditionalValueAtRisk(returns: Float64Array, confidence: number): number | null {
  const cut = quantile(returns, 1 - confidence);
  if (cut === null) return null;
  const average = mean(returns.filter((value) => value <= cut));
  return average === null ? null : -average;
}

/** Volatility over the `window` returns up to each one; NaN until the window is full. Fresh sums every window keep rounding small. */
export function rollingVolatility(returns: Float64Array, window: number, setting: RiskSetting): Float64Array {
  return returns.map((_, index) =>
    index + 1 < window ? NaN : (volatility(returns.subarray(index + 1 - window, index + 1), setting) ?? NaN),
  );
}

/** The geometric return a year of returns of one length: `prod(1 + r)^(P/n) - 1`; null without returns. */
export function geometricYearlyReturn(returns: Float64Array, { periodsPerYear }: RiskSetting): number | null {
  return returns.length === 0 ? null : (1 + linkReturns(returns)) ** (periodsPerYear / returns.length) - 1;
}
