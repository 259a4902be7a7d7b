import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alpha,
  beta,
  calmarRatio,
  captureRatio,
  compareWithBenchmark,
  conditionalValueAtRisk,
  covariance,
  downsideDeviation,
  drawdowns,
  drawdownSeries,
  historicalValueAtRisk,
  informationRatio,
  longestRecovery,
  maximumDrawdown,
  mean,
  measurePerformance,
  measureRisk,
  normalQuantile,
  omegaRatio,
  parametricValueAtRisk,
  quantile,
  rollingVolatility,
  sharpeRatio,
  sortinoRatio,
  standardDeviation,
  timeWeighted,
  trackingError,
  volatility,
  WEEKDAY_RISK,
  type DailyValues,
} from './index.ts';

const of = (...values: readonly number[]): Float64Array => Float64Array.from(values);
const yearly = { periodsPerYear: 1, riskFreeRate: 0, acceptableReturn: 0 };
/** Mean 0.02; deviations -0.03, 0.01, 0.02: squares 9, 1 and 4 e-4, sum 14e-4. */
const three = of(-0.01, 0.03, 0.04);

describe('the figures of three returns, by hand', () => {
  it.each([
    ['standard deviation', standardDeviation(three), Math.sqrt(14e-4 / 2)],
    ['volatility', volatility(three, WEEKDAY_RISK), Math.sqrt(7e-4 * 252)],
    ['Sharpe', sharpeRatio(three, yearly), 0.02 / Math.sqrt(7e-4)],
    ['Sharpe over 1 %', sharpeRatio(three, { ...yearly, riskFreeRate: 0.01 }), 0.01 / Math.sqrt(7e-4)],
    ['downside deviation', downsideDeviation(three, yearly), Math.sqrt(1e-4 / 3)],
    ['Sortino', sortinoRatio(three, yearly), 0.02 / Math.sqrt(1e-4 / 3)],
    ['omega', omegaRatio(three, yearly), 7],
    ['Calmar', calmarRatio(0.1, 0.25), 0.4],
    ['quantile', quantile(three, 0.25), 0.01], // halfway between -0.01 and 0.03
    ['historical value at risk', historicalValueAtRisk(three, 0.95), 0.006], // -0.01 + 0.05 * 2 * 0.04
    ['expected shortfall', conditionalValueAtRisk(three, 0.95), 0.01],
    ['parametric value at risk', parametricValueAtRisk(three, 0.95), -0.02 + 1.6448536269514722 * Math.sqrt(7e-4)],
    ['covariance', covariance(three, of(1, 2, 3)), (0.03 + 0 + 0.02) / 2],
    ['beta', beta({ returns: three, benchmark: of(1, 2, 3) }), 0.025],
    ['alpha', alpha({ returns: three, benchmark: of(1, 2, 3) }, yearly), 0.02 - 0.025 * 2],
    ['tracking error', trackingError({ returns: three, benchmark: of(0, 0, 0) }, yearly), Math.sqrt(7e-4)],
    ['information ratio', informationRatio({ returns: three, benchmark: of(0, 0, 0) }, yearly), 0.02 / Math.sqrt(7e-4)],
    ['up capture', captureRatio({ returns: of(0.1, -0.2), benchmark: of(0.05, -0.1) }, 'up', yearly), 2],
    ['down capture', captureRatio({ returns: of(0.1, -0.2), benchmark: of(0.05, -0.1) }, 'down', yearly), 2],
  ])('%s', (_, figure, expected) => {
    expect(figure).toBeCloseTo(expected, 9);
  });

  it.each([
    // Abramowitz and Stegun, table 26.5.
    [0.5, 0],
    [0.95, 1.6448536269514722],
    [0.99, 2.3263478740408408],
    [0.01, -2.3263478740408408],
    [0.001, -3.090232306167813],
  ])('the normal quantile of %d is %d', (probability, expected) => {
    expect(normalQuantile(probability)).toBeCloseTo(expected, 7);
  });
});

describe('where too little was seen', () => {
  it('figures are null and never infinite', () => {
    const alike = new Float64Array(9).fill(0.01);
    for (const setting of [WEEKDAY_RISK, yearly]) {
      expect([sharpeRatio(alike, setting), sortinoRatio(alike, setting), omegaRatio(alike, setting)]).toEqual([null, null, null]);
    }
    expect([
      beta({ returns: three, benchmark: alike.subarray(0, 3) }),
      informationRatio({ returns: alike, benchmark: alike }, yearly),
    ]).toEqual([null, null]);
    expect([
      mean(of()),
      standardDeviation(of(1)),
      quantile(of(), 0.5),
      volatility(of(0.1), yearly),
      calmarRatio(0.1, 0),
      calmarRatio(null, 0.1),
    ]).toEqual(new Array(6).fill(null));
    expect([
      downsideDeviation(of(), yearly),
      historicalValueAtRisk(of(), 0.9),
      conditionalValueAtRisk(of(), 0.9),
      parametricValueAtRisk(of(), 0.9),
    ]).toEqual(new Array(4).fill(null));
    expect(captureRatio({ returns: three, benchmark: of(1, 1, 1) }, 'down', yearly)).toBeNull();
  });

  it('rolling volatility waits until its window is full, and then is the volatility of the window', () => {
    const rolled = rollingVolatility(three, 2, yearly);
    expect(rolled[0]).toBeNaN();
    expect(rolled[2]).toBe(volatility(of(0.03, 0.04), yearly));
  });
});

describe('a drawdown', () => {
  it('has a peak, a trough and a recovery', () => {
    const list = drawdowns(of(1, 1.2, 0.9, 0.6, 1.2, 1.1), 100);
    expect(list).toMatchObject([
      { peakOn: 101, troughOn: 103, recoveredOn: 104 },
      { peakOn: 104, troughOn: 105, recoveredOn: null },
    ]);
    expect(list.map(({ depth }) => depth.toFixed(9))).toEqual(['0.500000000', '0.083333333']);
    expect([maximumDrawdown(list)?.troughOn, longestRecovery(list), maximumDrawdown([])]).toEqual([103, 3, null]);
  });

  it('counts a fall on the first day when the index began the day before', () => {
    expect(drawdowns(of(0.9), 100, 1)).toMatchObject([{ peakOn: 99, troughOn: 100, recoveredOn: null }]);
    expect(drawdowns(of(0.9), 100)).toEqual([]);
    expect(drawdowns(of(1, 0.5, 0.5), 100)).toMatchObject([{ troughOn: 101 }]); // of equal lows the first
  });

  it('is at its deepest the worst of all pairs of days, and the series says the same', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 40 }), (levels) => {
        const index = Float64Array.from(levels);
        let worst = 0;
        levels.forEach((low, at) => levels.slice(0, at).forEach((peak) => (worst = Math.max(worst, 1 - low / peak))));
        expect(maximumDrawdown(drawdowns(index, 0))?.depth ?? 0).toBe(worst);
        expect(Math.max(...drawdownSeries(index))).toBe(worst);
      }),
    );
  });
});

describe('a measured portfolio', () => {
  const days = Array.from({ length: 400 }, (_, index) => 100 * 1.001 ** (index + 1) * (index % 7 === 3 ? 0.98 : 1));
  const values: DailyValues = {
    from: 19_000,
    opening: 100,
    values: Float64Array.from(days),
    inflows: new Float64Array(400),
    outflows: new Float64Array(400),
    unpriced: [],
  };
  const weighted = timeWeighted(values);
  if ('code' in weighted) throw new Error(weighted.code);
  const closes = { days: Int32Array.from([18_999, ...days.map((_, index) => 19_000 + index)]), closes: Float64Array.from([100, ...days]) };

  it('has four named returns that agree when nothing flowed', () => {
    const {
      capital,
      timeWeighted: twr,
      moneyWeighted: rate,
      annualizedTimeWeighted,
      shownMoneyWeighted,
      months,
    } = measurePerformance(values);
    expect('total' in twr ? twr.total : NaN).toBeCloseTo(capital.simple ?? NaN, 10);
    expect(capital.roai).toBeCloseTo(capital.simple ?? NaN, 10);
    expect('annual' in rate ? rate.annual : NaN).toBeCloseTo(annualizedTimeWeighted ?? NaN, 8);
    expect(shownMoneyWeighted).toBeCloseTo(annualizedTimeWeighted ?? NaN, 8);
    expect(months.reduce((level, { total }) => level * (1 + total), 1) - 1).toBeCloseTo(weighted.total, 10);
  });

  it('against itself has a beta of 1, no alpha, and catches every rise and fall', () => {
    const comparison = compareWithBenchmark(values, weighted, { closes });
    expect(comparison?.beta).toBeCloseTo(1, 9);
    expect(comparison?.alpha).toBeCloseTo(0, 9);
    expect([comparison?.upCapture, comparison?.downCapture, comparison?.informationRatio]).toMatchObject([
      expect.closeTo(1, 9),
      expect.closeTo(1, 9),
      null,
    ]);
    expect(comparison?.sameFlows.at(-1)).toBeCloseTo(days.at(-1) ?? NaN, 6);
    expect(comparison?.cumulative.at(-1)).toBeCloseTo(weighted.total, 9);
  });

  it('has risk figures of its weekdays', () => {
    const risk = measureRisk(values, weighted);
    expect(risk.observations).toBe(285); // 400 days from Saturday 2022-01-08 on: 57 weeks of 5, and a Saturday
    expect(risk.maximumDrawdown?.depth).toBeGreaterThan(0.018);
    expect(risk.calmar).toBeCloseTo((measurePerformance(values).annualizedTimeWeighted ?? NaN) / (risk.maximumDrawdown?.depth ?? NaN), 9);
    expect(risk.historicalValueAtRisk).toBeGreaterThan(0);
    expect(risk.conditionalValueAtRisk ?? 0).toBeGreaterThanOrEqual(risk.historicalValueAtRisk ?? 1);
  });
});
