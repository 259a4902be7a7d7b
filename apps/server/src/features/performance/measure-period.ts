/** Performance and risk of a period, as the text of the answer. Runs on another thread. */
import {
  compareWithBenchmark,
  drawdowns,
  measurePerformance,
  measureRisk,
  rollingReturns,
  timeWeighted,
  WEEKDAY_RISK,
} from '@holdfast/engine/performance';
import type { Comparison, DailyValues, Drawdown, Performance, RiskSetting, TimeWeighted } from '@holdfast/engine/performance';
import { formatDay, startOfMonth, startOfWeek } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import { dailyLine, upToToday } from './daily-line.ts';
import { RETURN_SENTENCES, RISK_SENTENCES } from './methods.ts';
import type { PerformanceInput, PeriodInput, RiskInput } from './task-input.ts';

const ROLLING_DAYS = 365;
const DEEPEST_SHOWN = 5;

export function performanceText(input: PerformanceInput): string {
  const daily = dailyLine(input);
  const performance = measurePerformance(daily);
  const weighted = 'code' in performance.timeWeighted ? null : performance.timeWeighted;
  const comparison = compared(input, daily, { weighted, setting: WEEKDAY_RISK });
  const rate = performance.moneyWeighted;
  const returns = {
    timeWeighted: finite(weighted?.total),
    moneyWeighted: finite(performance.shownMoneyWeighted),
    simple: finite(performance.capital.simple),
    roai: finite(performance.capital.roai),
  };
  return JSON.stringify({
    portfolioId: input.portfolioId,
    currency: input.baseCurrency,
    from: formatDay(input.from),
    to: formatDay(input.to),
    method: input.method,
    return: returns[input.method],
    ...returns,
    annualized: finite(performance.annualizedTimeWeighted),
    moneyWeightedReason: 'code' in rate ? rate.code : null,
    series: seriesOf(input, { daily, performance, comparison, index: weighted?.index ?? null }),
    months: performance.months.map(({ month, total }) => ({ month, return: total })),
    drawdowns: weighted === null ? [] : deepest(drawdowns(weighted.index, daily.from, 1)),
    benchmark:
      input.benchmark === null
        ? null
        : {
            symbol: input.benchmark.symbol,
            name: input.benchmark.name,
            return: finite(comparison?.cumulative.at(-1)),
            ranOut: comparison?.ranOut ?? false,
          },
    unpriced: input.unpriced,
    methods: RETURN_SENTENCES,
  });
}

export function riskText(input: RiskInput): string {
  const daily = dailyLine(input);
  const setting = { ...WEEKDAY_RISK, riskFreeRate: input.riskFreeRate };
  const measured = timeWeighted(daily);
  const weighted = 'code' in measured ? null : measured;
  const risk = weighted === null ? null : measureRisk(daily, weighted, { ...setting, confidence: input.confidence });
  const comparison = compared(input, daily, { weighted, setting });
  const { benchmark } = input;
  return JSON.stringify({
    portfolioId: input.portfolioId,
    from: formatDay(input.from),
    to: formatDay(input.to),
    observations: risk?.observations ?? 0,
    volatility: finite(risk?.volatility),
    downsideDeviation: finite(risk?.downsideDeviation),
    sharpe: finite(risk?.sharpe),
    sortino: finite(risk?.sortino),
    calmar: finite(risk?.calmar),
    omega: finite(risk?.omega),
    maxDrawdown: risk === null || risk.maximumDrawdown === null ? null : drawdownJson(risk.maximumDrawdown),
    valueAtRisk: finite(risk?.historicalValueAtRisk),
    parametricValueAtRisk: finite(risk?.parametricValueAtRisk),
    conditionalValueAtRisk: finite(risk?.conditionalValueAtRisk),
    riskFreeRate: input.riskFreeRate,
    confidence: input.confidence,
    benchmark:
      benchmark === null
        ? null
        : {
            symbol: benchmark.symbol,
            name: benchmark.name,
            beta: finite(comparison?.beta),
            alpha: finite(comparison?.alpha),
            trackingError: finite(comparison?.trackingError),
            informationRatio: finite(comparison?.informationRatio),
            upCapture: finite(comparison?.upCapture),
            downCapture: finite(comparison?.downCapture),
          },
    methods: RISK_SENTENCES,
  });
}

/** Null without a benchmark, or where the portfolio itself has no return to compare. */
function compared(
  { benchmark, latestOn }: PeriodInput,
  daily: DailyValues,
  { weighted, setting }: { readonly weighted: TimeWeighted | null; readonly setting: RiskSetting },
): Comparison | null {
  if (benchmark === null || weighted === null) return null;
  const closes = upToToday(benchmark, latestOn);
  const rates = benchmark.rates === null ? {} : { rates: upToToday(benchmark.rates, latestOn) };
  return compareWithBenchmark(daily, weighted, { closes, ...rates, setting });
}

interface Measured {
  readonly daily: DailyValues;
  readonly performance: Performance;
  readonly comparison: Comparison | null;
  readonly index: Float64Array | null;
}

function seriesOf(input: PerformanceInput, { daily, performance, comparison, index }: Measured) {
  const rolling = index === null ? null : rollingReturns(index, ROLLING_DAYS);
  const last = daily.values.length - 1;
  const points: object[] = [];
  for (let at = 0; at <= last; at += 1) {
    if (at < last && !endsStretch(daily.from + at, input.interval)) continue;
    const point = {
      day: formatDay(daily.from + at),
      value: finite(daily.values[at]) ?? 0,
      invested: performance.invested[at] ?? 0,
      cumulativeReturn: (index?.[at] ?? 1) - 1,
      drawdown: performance.drawdown[at] ?? 0,
      rollingReturn: finite(rolling?.[at]),
    };
    if (comparison === null) points.push(point);
    else points.push({ ...point, benchmarkReturn: comparison.cumulative[at] ?? 0, benchmarkValue: finite(comparison.sameFlows[at]) });
  }
  return points;
}

/** Whether another week or month begins the day after. */
function endsStretch(day: Day, interval: PerformanceInput['interval']): boolean {
  if (interval === 'day') return true;
  return interval === 'week' ? startOfWeek(day + 1) === day + 1 : startOfMonth(day + 1) === day + 1;
}

function deepest(list: readonly Drawdown[]) {
  return [...list]
    .sort((one, other) => other.depth - one.depth)
    .slice(0, DEEPEST_SHOWN)
    .map(drawdownJson);
}

function drawdownJson({ depth, peakOn, troughOn, recoveredOn }: Drawdown) {
  return {
    depth,
    peakOn: formatDay(peakOn),
    troughOn: formatDay(troughOn),
    recoveredOn: recoveredOn === null ? null : formatDay(recoveredOn),
  };
}

/** JSON has no NaN and no infinity. */
function finite(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}
