/**
 * Performance: how well a portfolio did, and how bumpy the road was.
 *
 * *Daily values* are what the portfolio was worth at each close, with what the owner brought and took. From them come four named
 * returns: *time-weighted* (judges the choice of holdings, whatever came and went), *money-weighted* (XIRR: the result on the owner's
 * own money), *simple* (gain over everything put in) and *ROAI* (gain over the mean of the money at work). Nothing is annualised below
 * one year. *Risk* is seen on weekday returns; a *drawdown* is a fall from a peak of the flow-free index; a *benchmark* is what else one
 * could have held. Statistics are floating-point numbers: amounts never come back from here.
 *
 * Worked example: 100 are paid in before the first day, which ends at 110; 110 more come in on the second, which ends at 209.
 * Day by day 110 / 100 and 209 / (110 + 110): 1.10 * 0.95 = 1.045, a time-weighted return of 4.5 %. The gain is 209 - 210 = -1,
 * so the simple return is -1 / 210 and the return on the average capital of (100 + 210) / 2 = 155 is -1 / 155.
 */
export { sameFlowsInBenchmark, benchmarkReturns } from './benchmark.ts';
export { capitalReturn, investedSeries, type CapitalReturn } from './capital-return.ts';
export { collapseFlows, flowsOf, type CashFlow } from './cash-flow.ts';
export { dailyValues, type DailyValues, type PerformanceFacts } from './daily-values.ts';
export { drawdowns, drawdownSeries, longestRecovery, maximumDrawdown, type Drawdown } from './drawdown.ts';
export { linkByCycle, monthlyReturns, rollingReturns, weekdayReturns, type Cycle, type LinkedPeriod } from './linked-periods.ts';
export { compareWithBenchmark, measurePerformance, measureRisk, type Comparison, type Performance, type Risk } from './measure.ts';
export { moneyWeighted, presentValues, type MoneyWeighted, type NoRate } from './money-weighted.ts';
export { carryForward, type DailyCloses, type PriceSeries } from './price-series.ts';
export { alpha, beta, captureRatio, informationRatio, trackingError, type AlignedReturns } from './relative-risk.ts';
export {
  calmarRatio,
  conditionalValueAtRisk,
  downsideDeviation,
  historicalValueAtRisk,
  omegaRatio,
  parametricValueAtRisk,
  rollingVolatility,
  sharpeRatio,
  sortinoRatio,
  volatility,
  WEEKDAY_RISK,
  type RiskSetting,
} from './risk.ts';
export { covariance, mean, normalQuantile, quantile, standardDeviation } from './statistics.ts';
export { subPeriods, type SubPeriod } from './sub-periods.ts';
export { annualize, linkReturns, timeWeighted, type NegativeValue, type TimeWeighted } from './time-weighted.ts';
