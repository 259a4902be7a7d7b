import type { DailyValues } from './daily-values.ts';

/** Gain of a period and the two returns that relate it to money, none of them annualised. */
export interface CapitalReturn {
  /** `closing - opening - inflows + outflows`. */
  readonly gain: number;
  readonly inflow: number;
  readonly outflow: number;
  /** Gain over everything that was put in: the opening value and all inflows. Null when that is nothing. */
  readonly simple: number | null;
  /** Mean of the money that was at work on each day: opening value and inflows so far, less outflows of earlier days. */
  readonly averageCapital: number;
  /** Return on average invested capital: gain over that mean. Null when it is not positive. */
  readonly roai: number | null;
}

/** Days on which nothing was invested do not count in the mean, so that waiting before the first deposit does not raise the return. */
export function capitalReturn(daily: DailyValues): CapitalReturn {
  let inflow = 0;
  let outflow = 0;
  let atWork = 0;
  let daysAtWork = 0;
  for (let index = 0; index < daily.values.length; index += 1) {
    inflow += daily.inflows[index] ?? 0;
    const capital = daily.opening + inflow - outflow;
    if (capital > 0) {
      atWork += capital;
      daysAtWork += 1;
    }
    outflow += daily.outflows[index] ?? 0;
  }
  const gain = (daily.values.at(-1) ?? daily.opening) - daily.opening - inflow + outflow;
  const putIn = daily.opening + inflow;
  const averageCapital = daysAtWork === 0 ? 0 : atWork / daysAtWork;
  return {
    gain,
    inflow,
    outflow,
    simple: putIn > 0 ? gain / putIn : null,
    averageCapital,
    roai: averageCapital > 0 ? gain / averageCapital : null,
  };
}

/** What was put in net so far on each day, beginning with the opening value: the line a value chart is compared with. */
export function investedSeries({ opening, inflows, outflows }: DailyValues): Float64Array {
  let invested = opening;
  return inflows.map((inflow, index) => (invested += inflow - (outflows[index] ?? 0)));
}
