import { readFileSync } from 'node:fs';
import { array, assert, double, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectPageTells } from '../../cases/published-cases.ts';
import {
  averageTrueRange,
  bollingerBands,
  calculateIndicator,
  columnsOf,
  dayAnchors,
  exponentialMovingAverage,
  movingAverageConvergence,
  parseIndicator,
  relativeStrengthIndex,
  simpleMovingAverage,
  volumeWeightedAveragePrice,
  type BarColumns,
} from './index.ts';

interface Case {
  readonly id: string;
  readonly input: Readonly<Record<string, number | number[] | string>>;
  readonly expected: Readonly<Record<string, (number | null)[] | Readonly<Record<string, number | Readonly<Record<string, number>>>>>>;
  readonly tolerance: { readonly abs: number };
}

const file = (name: string): string => readFileSync(new URL(`../../cases/${name}`, import.meta.url), 'utf8');
const { cases } = JSON.parse(file('indicators.json')) as { readonly cases: readonly Case[] };

function caseOf(id: string): Case {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

const column = (one: Case, name: string): Float64Array => Float64Array.from(one.input[name] as number[]);
const csvColumn = (name: string, index: number): Float64Array =>
  Float64Array.from(file(name).trim().split('\n').slice(1), (line) => Number(line.split(',')[index]));

/** The published values begin with the first bar that has one. */
function expectDefined(actual: Float64Array, expected: readonly (number | null)[], tolerance: number): void {
  const defined = Array.from(actual).slice(actual.length - expected.length);
  expect(defined).toHaveLength(expected.length);
  expect(Array.from(actual).slice(0, -expected.length).every(Number.isNaN)).toBe(true);
  expected.forEach((value, index) => {
    if (value === null) expect(defined[index]).toBeNaN();
    else expect(Math.abs((defined[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(tolerance);
  });
}

/** Published cases that are not ours, and why. */
const NOT_OURS: Readonly<Record<string, string>> = {
  'tulip-macd-2-5-9': 'seeds each exponential average with the first value; ours with the mean of the first n',
  'tulip-crossany-0': 'crossings are conditions of alerts, not a column',
  'tulip-min-5': 'a rolling minimum is not among our indicators',
  'tulip-roc-5': 'rate of change is not among our indicators',
  'tulip-stoch-5-3-3': 'the stochastic oscillator is not among our indicators',
  'tulip-volatility-5': 'rolling volatility is a figure of performance, on returns of the portfolio',
  'tulip-wma-5': 'the weighted average is not among our indicators',
  'skender-correlation-20': 'correlation is a figure of performance',
};

const OURS: Readonly<Record<string, (one: Case) => void>> = {
  'tulip-atr-5': (one) => {
    const columns = { high: column(one, 'high'), low: column(one, 'low'), close: column(one, 'close') };
    expectDefined(averageTrueRange(columns, 5), one.expected['value'] as number[], one.tolerance.abs);
  },
  'ti-macd-5-8-3': (one) => {
    const { macd, signal } = movingAverageConvergence(column(one, 'close'), { fast: 5, slow: 8, signal: 3 });
    expectDefined(macd, one.expected['macd'] as number[], one.tolerance.abs);
    expectDefined(signal, (one.expected['signal'] as number[]).slice(2), one.tolerance.abs);
  },
  'ti-vwap': (one) => {
    const columns = { high: column(one, 'high'), low: column(one, 'low'), close: column(one, 'close'), volume: column(one, 'volume') };
    expectDefined(volumeWeightedAveragePrice(columns), one.expected['vwap'] as number[], one.tolerance.abs);
  },
  'skender-sma-20': (one) => {
    const averages = simpleMovingAverage(csvColumn(String(one.input['data_file']), 4), 20);
    const { value_at: values, defined } = one.expected as unknown as { value_at: Record<string, number>; defined: number };
    expect(averages.filter((value) => !Number.isNaN(value))).toHaveLength(defined);
    for (const [index, value] of Object.entries(values))
      expect(Math.abs((averages[Number(index)] ?? 0) - value)).toBeLessThanOrEqual(one.tolerance.abs);
  },
  'skender-bollinger': (one) => {
    const bands = bollingerBands(csvColumn(String(one.input['data_file']), 4), 20);
    const { at } = one.expected as unknown as { at: Record<string, { sma: number; upper: number; lower: number }> };
    for (const [index, { sma, upper, lower }] of Object.entries(at)) {
      expect(Math.abs((bands.middle[Number(index)] ?? 0) - sma)).toBeLessThanOrEqual(one.tolerance.abs);
      expect(Math.abs((bands.upper[Number(index)] ?? 0) - upper)).toBeLessThanOrEqual(one.tolerance.abs);
      expect(Math.abs((bands.lower[Number(index)] ?? 0) - lower)).toBeLessThanOrEqual(one.tolerance.abs);
    }
  },
  'lean-rsi-wilder': (one) => {
    const strengths = relativeStrengthIndex(csvColumn(String(one.input['data_file']), 2), 14);
    const { value_at: values } = one.expected as unknown as { value_at: Record<string, number> };
    for (const [index, value] of Object.entries(values))
      expect(Math.abs((strengths[Number(index)] ?? 0) - value)).toBeLessThanOrEqual(one.tolerance.abs);
  },
};

describe('published cases (cases/indicators.json names source and licence of each)', () => {
  test.each(Object.entries(OURS))('%s', (id, check) => check(caseOf(id)));

  test('every case is either ours or has its reason', () => {
    expect([...Object.keys(OURS), ...Object.keys(NOT_OURS)].sort()).toEqual(cases.map(({ id }) => id).sort());
  });

  test('the page of them tells the same', () => {
    expectPageTells('indicators.json', { ran: new Set(Object.keys(OURS)), reasons: new Map(Object.entries(NOT_OURS)) });
  });
});

describe('by hand', () => {
  const rounded = (values: Float64Array): readonly number[] => Array.from(values, (value) => Number(value.toFixed(6)));

  test('simple and exponential averages', () => {
    expect(rounded(simpleMovingAverage(Float64Array.of(1, 2, 6, 4), 2))).toEqual([Number.NaN, 1.5, 4, 5]);
    // Seed (2 + 4) / 2 = 3, weight 2 / 3: 3 + 2/3 * (9 - 3) = 7, 7 + 2/3 * (1 - 7) = 3.
    expect(rounded(exponentialMovingAverage(Float64Array.of(2, 4, 9, 1), 2))).toEqual([Number.NaN, 3, 7, 3]);
    expect(rounded(exponentialMovingAverage(Float64Array.of(2, 4), 3))).toEqual([Number.NaN, Number.NaN]);
  });

  test('relative strength without losses, without gains, without change', () => {
    expect(rounded(relativeStrengthIndex(Float64Array.of(1, 2, 3), 2))).toEqual([Number.NaN, Number.NaN, 100]);
    expect(rounded(relativeStrengthIndex(Float64Array.of(3, 2, 1), 2))).toEqual([Number.NaN, Number.NaN, 0]);
    expect(rounded(relativeStrengthIndex(Float64Array.of(1, 1, 1), 2))).toEqual([Number.NaN, Number.NaN, 50]);
  });

  test('the volume-weighted price begins anew each day and has no value before a trade', () => {
    const flat = (prices: number[]) => ({
      high: Float64Array.from(prices),
      low: Float64Array.from(prices),
      close: Float64Array.from(prices),
    });
    const columns = { ...flat([10, 20, 30, 50]), volume: Float64Array.of(0, 1, 3, 2) };
    // (20 + 3 * 30) / 4 = 27.5; anew from the fourth: 50.
    expect(rounded(volumeWeightedAveragePrice(columns, [0, 3]))).toEqual([Number.NaN, 20, 27.5, 50]);
    const startAt = Float64Array.of(
      ...['2025-01-02T14:30Z', '2025-01-02T20:59Z', '2025-01-03T03:00Z', '2025-01-03T14:30Z'].map(Date.parse),
    );
    expect(dayAnchors(startAt, 'America/New_York')).toEqual([0, 3]);
  });
});

describe('every indicator', () => {
  const names = ['sma5', 'ema5', 'rsi5', 'bollinger5', 'atr5', 'macd', 'vwap'];
  const prices = array(double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 120 });
  const columnsFrom = (values: readonly number[]): BarColumns => {
    const close = Float64Array.from(values);
    return {
      startAt: close,
      open: close,
      high: close.map((price) => price * 1.01),
      low: close.map((price) => price * 0.99),
      close,
      volume: close,
    };
  };
  const linesOf = (name: string, columns: BarColumns) => {
    const indicator = parseIndicator(name);
    if (indicator === null) throw new Error(name);
    return calculateIndicator(indicator, columns);
  };

  test.each(names)('%s is as long as its input and never looks ahead', (name) => {
    assert(
      property(prices, integer({ min: 0, max: 119 }), (values, cut) => {
        const whole = linesOf(name, columnsFrom(values));
        const part = linesOf(name, columnsFrom(values.slice(0, cut + 1)));
        whole.forEach((line, index) => {
          expect(line.values).toHaveLength(values.length);
          expect(part[index]?.values).toEqual(line.values.slice(0, cut + 1));
        });
      }),
    );
  });

  test('averages lie between the extremes of what they average, strength between 0 and 100', () => {
    assert(
      property(prices, (values) => {
        const columns = columnsFrom(values);
        const [low, high] = [Math.min(...values) - 1e-9, Math.max(...values) + 1e-9];
        const inside = (line: Float64Array, least: number, most: number) =>
          line.every((value) => Number.isNaN(value) || (value >= least && value <= most));
        expect(inside(simpleMovingAverage(columns.close, 7), low, high)).toBe(true);
        expect(inside(exponentialMovingAverage(columns.close, 7), low, high)).toBe(true);
        expect(inside(relativeStrengthIndex(columns.close, 7), 0, 100)).toBe(true);
      }),
    );
  });

  test.each(['sma', 'sma0', 'sma501', 'sma05', 'SMA20', 'ema-5', 'macd9', 'foo20', ''])('%j is no indicator', (name) => {
    expect(parseIndicator(name)).toBeNull();
  });

  test('several columns are named', () => {
    expect(linesOf('bollinger5', columnsOf([])).map(({ name }) => name)).toEqual([
      'bollinger5.middle',
      'bollinger5.upper',
      'bollinger5.lower',
    ]);
    expect(linesOf('macd', columnsOf([])).map(({ name }) => name)).toEqual(['macd.macd', 'macd.signal', 'macd.histogram']);
  });
});
