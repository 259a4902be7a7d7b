import { geometricYearlyReturn, perPeriod, type RiskSetting } from './risk.ts';
import { covariance, mean, standardDeviation } from './statistics.ts';

/** Returns of a portfolio and of its benchmark on the same dates, in the same currency. */
export interface AlignedReturns {
  readonly returns: Float64Array;
  readonly benchmark: Float64Array;
}

/** `cov(r, b) / var(b)`; null when the benchmark does not vary. */
export function beta({ returns, benchmark }: AlignedReturns): number | null {
  const together = covariance(returns, benchmark);
  const own = standardDeviation(benchmark);
  return together === null || own === null || own === 0 ? null : together / own ** 2;
}

/** Jensen's alpha, `mean(r - rf) - beta * mean(b - rf)`, for a year as `(1 + alpha)^P - 1`. */
export function alpha(aligned: AlignedReturns, setting: RiskSetting): number | null {
  const slope = beta(aligned);
  const [own, other] = [mean(aligned.returns), mean(aligned.benchmark)];
  if (slope === null || own === null || other === null) return null;
  const riskFree = perPeriod(setting.riskFreeRate, setting);
  return (1 + own - riskFree - slope * (other - riskFree)) ** setting.periodsPerYear - 1;
}

/** Standard deviation of `r - b`, times `sqrt(P)`. */
export function trackingError(aligned: AlignedReturns, setting: RiskSetting): number | null {
  const deviation = standardDeviation(difference(aligned));
  return deviation === null ? null : deviation * Math.sqrt(setting.periodsPerYear);
}

/** `mean(r - b) / sd(r - b) * sqrt(P)`; null when the difference does not vary. */
export function informationRatio(aligned: AlignedReturns, setting: RiskSetting): number | null {
  const apart = difference(aligned);
  const [average, deviation] = [mean(apart), standardDeviation(apart)];
  return average === null || deviation === null || deviation === 0 ? null : (average / deviation) * Math.sqrt(setting.periodsPerYear);
}

/**
 * The yearly return in the periods in which the benchmark rose (`up`) or fell (`down`), over the benchmark's own in them.
 * Null when there was no such period.
 */
export function captureRatio({ returns, benchmark }: AlignedReturns, side: 'up' | 'down', setting: RiskSetting): number | null {
  const counts = (_: number, index: number): boolean => (side === 'up' ? (benchmark[index] ?? 0) > 0 : (benchmark[index] ?? 0) < 0);
  const own = geometricYearlyReturn(returns.filter(counts), setting);
  const other = geometricYearlyReturn(benchmark.filter(counts), setting);
  return own === null || other === null || other === 0 ? null : own / other;
}

function difference({ returns, benchmark }: AlignedReturns): Float64Array {
  return returns.map((value, index) => value - (benchmark[index] ?? 0));
}
