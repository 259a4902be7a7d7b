import { add, decimal, divide, formatDecimal, isZero, roundTo, subtract, toNumber, ZERO, type Decimal } from '@holdfast/engine/money';
import type { AllocationSlice, Performance, PortfolioSummary } from '@holdfast/sdk';

/** Units of each currency for one unit of the currency that is added up in; null while they are on their way. */
export type Rates = Readonly<Record<string, string>>;

const PLACES = 8;

/** An exact amount in the currency of the sum; null where no rate is known. */
function convert(amount: string, currency: string, rates: Rates): Decimal | null {
  const rate = rates[currency];
  return rate === undefined ? null : roundTo(divide(decimal(amount), decimal(rate)), PLACES);
}

export interface Total {
  readonly totalValue: string;
  readonly dayChange: string;
  readonly dayChangePercent: number | null;
  readonly netGain: string;
  readonly invested: string;
  /** Currencies without a rate: their portfolios are left out, and that is said. */
  readonly missing: readonly string[];
}

/** Summaries of several portfolios, added up to the last digit. The day's percentage is of what was there before it. */
export function addUp(summaries: readonly PortfolioSummary[], rates: Rates): Total {
  const missing = new Set<string>();
  const sums = { totalValue: ZERO, dayChange: ZERO, netGain: ZERO, investedCapital: ZERO };
  for (const summary of summaries) {
    for (const name of ['totalValue', 'dayChange', 'netGain', 'investedCapital'] as const) {
      const amount = convert(summary[name], summary.currency, rates);
      if (amount === null) missing.add(summary.currency);
      else sums[name] = add(sums[name], amount);
    }
  }
  const before = subtract(sums.totalValue, sums.dayChange);
  return {
    totalValue: formatDecimal(sums.totalValue),
    dayChange: formatDecimal(sums.dayChange),
    dayChangePercent: isZero(before) ? null : toNumber(divide(sums.dayChange, before)) * 100,
    netGain: formatDecimal(sums.netGain),
    invested: formatDecimal(sums.investedCapital),
    missing: [...missing],
  };
}

export interface Point {
  readonly day: string;
  readonly value: number;
  readonly invested: number;
}

/** Lines of several portfolios as one, at the latest rates: each holds its last value until its next point. Statistics, so numbers. */
export function joinLines(performances: readonly Performance[], rates: Rates): Point[] {
  const days = [...new Set(performances.flatMap(({ series }) => series.map(({ day }) => day)))].toSorted();
  const sums = days.map((day) => ({ day, value: 0, invested: 0 }));
  for (const { series, currency } of performances) {
    const rate = rates[currency];
    if (rate === undefined) continue;
    const perUnit = 1 / toNumber(decimal(rate));
    let next = 0;
    let last = { value: 0, invested: 0 };
    for (const sum of sums) {
      for (let point = series[next]; point !== undefined && point.day <= sum.day; point = series[next]) {
        last = point;
        next += 1;
      }
      sum.value += last.value * perUnit;
      sum.invested += last.invested * perUnit;
    }
  }
  return sums;
}

/** Parts of several portfolios as one, with their share of the sum. */
export function joinAllocations(
  allocations: readonly { readonly currency: string; readonly slices: readonly AllocationSlice[] }[],
  rates: Rates,
): { readonly key: string; readonly weight: number }[] {
  const parts = new Map<string, Decimal>();
  let whole = ZERO;
  for (const { currency, slices } of allocations) {
    for (const { key, value } of slices) {
      const amount = convert(value, currency, rates);
      if (amount === null) continue;
      parts.set(key, add(parts.get(key) ?? ZERO, amount));
      whole = add(whole, amount);
    }
  }
  if (isZero(whole)) return [];
  return [...parts].map(([key, value]) => ({ key, weight: toNumber(divide(value, whole)) }));
}
